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
    """Orders of a group."""
    return list(
        Order.objects.filter(group__number=group)
        .order_by("number")
        .values(
            "number",
            "quote",
            "currency",
            "amount_minor",
            "state",
            "placed_at",
            "merchant_id",
            "merchant__number",
            "merchant__name_zh",
            "merchant__name_en",
        )
    )


def lines(group: str) -> list[dict[str, Any]]:
    """Order lines of a group, with order and merchant."""
    return list(
        OrderLine.objects.filter(order__group__number=group)
        .order_by("line")
        .values(
            "line",
            "product",
            "asked",
            "quantity",
            "unit_minor",
            "amount_minor",
            "remarks",
            "order__number",
            "order__currency",
            "order__merchant__number",
        )
    )
