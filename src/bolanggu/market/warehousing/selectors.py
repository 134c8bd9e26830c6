"""Reads of receipts and cartons."""

from __future__ import annotations

from typing import Any

from bolanggu.market.warehousing.models import Carton, CartonContent

_FIELDS = (
    "sscc",
    "trade",
    "order",
    "warehouse",
    "destination",
    "mark",
    "article",
    "position",
    "of",
    "l_mm",
    "w_mm",
    "h_mm",
    "gross_g",
    "net_g",
    "this_side_up",
    "fragile",
    "apart",
    "state",
)


def cartons(trade: str) -> list[dict[str, Any]]:
    """Cartons of a trade in the order of their labels, each with its contents ``[{line, pieces, net_g}]``."""
    rows = list(Carton.objects.filter(trade=trade).order_by("sscc").values(*_FIELDS))
    inside: dict[str, list[dict[str, Any]]] = {row["sscc"]: [] for row in rows}
    contents = CartonContent.objects.filter(carton__trade=trade).order_by("carton__sscc", "line")
    for content in contents.values("carton__sscc", "line", "pieces", "net_g"):
        inside[content.pop("carton__sscc")].append(content)
    return [{**row, "contents": inside[row["sscc"]]} for row in rows]


def cartons_by_line(trade: str) -> dict[str, list[str]]:
    """SSCCs of the cartons that hold pieces of each line."""
    found: dict[str, list[str]] = {}
    rows = CartonContent.objects.filter(carton__trade=trade).order_by("carton__sscc")
    for line, sscc in rows.values_list("line", "carton__sscc"):
        found.setdefault(line, []).append(sscc)
    return found
