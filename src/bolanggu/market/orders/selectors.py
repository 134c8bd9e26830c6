"""Reads of orders as plain rows."""

from __future__ import annotations

from typing import Any

from bolanggu.market.orders.models import Order, OrderGroup, OrderLine


def group(number: str) -> dict[str, Any]:
    """A group with its terms and engagement."""
    roles = ("principal", "agent", "buyer_of_record", "operator_1039", "consignee", "notify_party", "payee", "funder")
    return OrderGroup.objects.values(
        "number",
        "inquiry",
        "currency",
        "rates",
        "buyer__number",
        "terms__incoterm",
        "terms__place",
        "terms__tax_included",
        "terms__deposit_bp",
        "terms__balance_trigger",
        "terms__credit_days",
        "terms__freight",
        "terms__charge_payers",
        "terms__bill_of_lading",
        "terms__direction",
        "engagement__commission_buyer_bp",
        "engagement__commission_merchant_bp",
        *(f"engagement__{role}__number" for role in roles),
    ).get(number=number)


def orders(group: str) -> list[dict[str, Any]]:
    """Orders of a group that stand; cancelled ones are left out."""
    return list(
        Order.objects.filter(group__number=group)
        .exclude(state=Order.State.CANCELLED)
        .order_by("number")
        .values(
            "number",
            "quote",
            "currency",
            "amount_minor",
            "state",
            "placed_at",
            "ready_on",
            "version",
            "merchant_id",
            "merchant__number",
            "merchant__name_zh",
            "merchant__name_en",
        )
    )


def lines(group: str) -> list[dict[str, Any]]:
    """Open order lines of a group, with order and merchant."""
    return list(
        OrderLine.objects.filter(order__group__number=group, open=True)
        .order_by("line")
        .values(
            "line",
            "product",
            "asked",
            "quantity",
            "unit_minor",
            "amount_minor",
            "remarks",
            "reason",
            "version",
            "order__number",
            "order__currency",
            "order__merchant__number",
            "order__ready_on",
        )
    )


def closed(group: str) -> dict[str, str]:
    """Lines of a group that are in no open order, with the reason of the last closing."""
    rows = OrderLine.objects.filter(order__group__number=group).order_by("line", "order__number")
    found: dict[str, str] = {}
    standing = set()
    for line, open_, reason in rows.values_list("line", "open", "reason"):
        if open_:
            standing.add(line)
        else:
            found[line] = reason
    return {line: reason for line, reason in found.items() if line not in standing}


def merchants_of(group: str, *, order: str = "", line: str = "") -> set[str]:
    """Numbers of the merchants of one order, or of the open order of a line; without either of nobody."""
    of = OrderLine.objects.filter(order__group__number=group)
    if order:
        rows = of.filter(order__number=order)
    elif line:
        rows = of.filter(line=line, open=True)
    else:
        return set()
    return set(rows.values_list("order__merchant__number", flat=True))
