"""Offers (另一商户): who else has goods for a line, from the candidates that were found for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bolanggu.market.goods.models import Product
from bolanggu.market.goods.shop_pricing import ShopTerms, Wanted, sell_at_shop
from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.inquiries.services import QuotedLine
from bolanggu.market.orders.models import OrderLine

_MOST = 3


def offers_for(trade: str, lines: Collection[str]) -> list[dict[str, Any]]:
    """Goods at other merchants for lines that lost theirs: ``{line, product, merchant, unit_minor, currency, sold}``.

    Only goods that were found for the line are offered; those of merchants whose order of it was closed are not.
    """
    asked = {row["number"]: row for row in inquiries.lines(trade) if row["number"] in set(lines)}
    refused = _refused(asked)
    codes = {one["code"] for row in asked.values() for one in row["candidates"]}
    goods = {row.code: row for row in Product.objects.filter(code__in=sorted(codes)).select_related("shop__merchant")}
    found = []
    for line, row in sorted(asked.items()):
        others = [goods[one["code"]] for one in row["candidates"] if one["code"] in goods]
        fit = [product for product in others if product.shop.merchant_id not in refused[line]]
        found += [_offer(line, product, row["quantity"]) for product in fit[:_MOST]]
    return found


def _refused(lines: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {line: set() for line in lines}
    rows = OrderLine.objects.filter(line__in=list(lines), open=False)
    for line, merchant in rows.values_list("line", "order__merchant_id"):
        found[line].add(merchant)
    return found


def quoted_at(line: str, product: Product, pieces: int) -> QuotedLine:
    """What the product's merchant asks for that many pieces, by its ladder, least order and packs."""
    sale = sell_at_shop([Wanted(pieces, product.tiers, product.moq, product.order_multiple)], ShopTerms())[0]
    return QuotedLine(
        merchant=product.shop.merchant_id,
        currency=product.currency,
        line=line,
        product=product.code,
        asked=sale.asked,
        sold=sale.sold,
        rung=product.tiers[sale.rung][0],
        unit_minor=sale.unit_minor,
        remarks="; ".join(sale.remarks),
    )


def _offer(line: str, product: Product, pieces: int) -> dict[str, Any]:
    of = quoted_at(line, product, pieces)
    return {
        "line": line,
        "product": product.code,
        "merchant": product.shop.merchant.number,
        "unit_minor": of.unit_minor,
        "currency": of.currency,
        "sold": of.sold,
    }
