"""The merchants confirm placed orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.orders.errors import OrderNotOpen
from bolanggu.market.orders.models import Order
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


def _merchants(call: Mapping[str, Any]) -> list[str]:
    """Parties whose orders a call confirms."""
    found = Order.objects.filter(number__in=call["numbers"])
    return list(found.order_by().values_list("merchant__number", flat=True).distinct())


@requires("order", "confirm", of=_merchants)
@transaction.atomic
def confirm(*, by: Actor, at: datetime, numbers: Sequence[str]) -> list[Order]:
    """The merchants confirm placed orders; confirmed ones stay so.

    Raises
    ------
    OrderNotOpen
        An order is neither placed nor confirmed.
    """
    orders = list(Order.objects.select_for_update().filter(number__in=numbers).order_by("number"))
    fresh = [order for order in orders if order.state == Order.State.PLACED]
    for order in orders:
        if order.state not in {Order.State.PLACED, Order.State.CONFIRMED}:
            raise OrderNotOpen(f"order {order.number} is {order.state}; only a placed order can be confirmed")
    Order.objects.filter(pk__in=[o.pk for o in fresh]).update(state=Order.State.CONFIRMED, confirmed_at=at)
    outbox.write_many([outbox.Notice("order.confirmed", order.number) for order in fresh], at=at, by=by)
    return orders
