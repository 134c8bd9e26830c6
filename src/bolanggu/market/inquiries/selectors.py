"""Reads of inquiries and quotes as plain rows."""

from __future__ import annotations

from typing import Any

from bolanggu.market.inquiries.models import Inquiry, InquiryLine, QuoteLine


def inquiry(number: str) -> dict[str, Any]:
    """The inquiry's own facts."""
    return Inquiry.objects.values(
        "number", "list_name", "list_sha256", "destination", "currency", "faults", "buyer__number"
    ).get(number=number)


def lines(number: str) -> list[dict[str, Any]]:
    """All lines of an inquiry in the order of the list."""
    fields = ("number", "row", "text", "language", "quantity", "state", "reason", "product", "score", "candidates")
    more = ("target_minor", "target_currency")
    return list(InquiryLine.objects.filter(inquiry__number=number).order_by("row").values(*fields, *more))


def quoted(number: str) -> list[dict[str, Any]]:
    """Lines of the open and accepted quotes of an inquiry, with merchant and currency."""
    return list(
        QuoteLine.objects.filter(quote__inquiry__number=number, quote__state__in=["sent", "accepted"])
        .order_by("quote__number", "line")
        .values(
            "line",
            "product",
            "asked",
            "sold",
            "rung",
            "unit_minor",
            "amount_minor",
            "remarks",
            "quote__number",
            "quote__currency",
            "quote__merchant_id",
            "quote__merchant__number",
        )
    )
