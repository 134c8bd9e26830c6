"""django-oscar 4.2.1: baskets to placed orders through its own classes; runs in an environment of its own.

Reads ``{"goods": [[code, title, price], …], "lists": [[[code, pieces], …], …]}`` from stdin, stocks a catalogue
(not timed), places one order a list, and writes ``{"lines", "seconds", "orders"}`` (CPU seconds) to stdout.
No offers, no HTTP, no seller split, no ladder: what the peer does not know is not asked of it.
"""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from time import process_time

import django

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
django.setup()

# ruff: noqa: E402 - models can be imported only now
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from oscar.apps.basket.models import Basket
from oscar.apps.catalogue.models import Product, ProductClass
from oscar.apps.checkout.calculators import OrderTotalCalculator
from oscar.apps.order.utils import OrderCreator, OrderNumberGenerator
from oscar.apps.partner.models import Partner, StockRecord
from oscar.apps.partner.strategy import Default
from oscar.apps.shipping.methods import Free


def stock(goods: list[list[str]]) -> dict[str, Product]:
    """Make a catalogue with one stock record a product."""
    kind = ProductClass.objects.create(name="goods", track_stock=False)
    partner = Partner.objects.create(name="stall")
    made = {}
    with transaction.atomic():
        for code, title, price in goods:
            made[code] = Product.objects.create(product_class=kind, title=title, upc=code)
            StockRecord.objects.create(
                product=made[code], partner=partner, partner_sku=code, price=Decimal(price), num_in_stock=10**9
            )
    return made


def place(user: object, products: dict[str, Product], lines: list[list[object]]) -> int:
    """Fill a basket and place it; how many lines the order has."""
    with transaction.atomic():
        basket = Basket.objects.create(owner=user)
        basket.strategy = Default()
        for code, pieces in lines:
            basket.add_product(products[code], pieces)
        method = Free()
        charge = method.calculate(basket)
        order = OrderCreator().place_order(
            order_number=OrderNumberGenerator().order_number(basket),
            basket=basket,
            total=OrderTotalCalculator().calculate(basket, charge),
            shipping_method=method,
            shipping_charge=charge,
            user=user,
        )
        basket.submit()
    return int(order.lines.count())


def main() -> None:
    """Run the work on stdin."""
    asked = json.load(sys.stdin)
    call_command("migrate", verbosity=0, interactive=False)
    products = stock(asked["goods"])
    user = get_user_model().objects.create_user("buyer", "buyer@example.org", "x")
    lists = [list({code: [code, pieces] for code, pieces in lines}.values()) for lines in asked["lists"]]
    place(user, products, lists[0][:1])
    started = process_time()
    lines = sum(place(user, products, wanted) for wanted in lists)
    json.dump({"lines": lines, "seconds": process_time() - started, "orders": len(lists)}, sys.stdout)


main()
