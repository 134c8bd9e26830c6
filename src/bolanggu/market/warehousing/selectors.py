"""Reads of receipts and cartons."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bolanggu.market.warehousing.models import Carton, CartonContent, Receipt

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
    "promised_l_mm",
    "promised_w_mm",
    "promised_h_mm",
    "promised_gross_g",
    "measured_at",
    "version",
)
#: cartons that were packed and unpacked again are kept, and shown to nobody who asks for cartons
_GONE = Carton.State.WITHDRAWN


def cartons(trade: str) -> list[dict[str, Any]]:
    """Cartons of a trade in the order of their labels, each with its contents ``[{line, pieces, net_g}]``."""
    rows = list(Carton.objects.filter(trade=trade).exclude(state=_GONE).order_by("sscc").values(*_FIELDS))
    inside: dict[str, list[dict[str, Any]]] = {row["sscc"]: [] for row in rows}
    contents = CartonContent.objects.filter(carton__trade=trade).exclude(carton__state=_GONE)
    for content in contents.order_by("carton__sscc", "line").values("carton__sscc", "line", "pieces", "net_g"):
        inside[content.pop("carton__sscc")].append(content)
    return [{**row, "contents": inside[row["sscc"]]} for row in rows]


def cartons_by_line(trade: str) -> dict[str, list[str]]:
    """SSCCs of the cartons that hold pieces of each line."""
    found: dict[str, list[str]] = {}
    rows = CartonContent.objects.filter(carton__trade=trade).exclude(carton__state=_GONE).order_by("carton__sscc")
    for line, sscc in rows.values_list("line", "carton__sscc"):
        found.setdefault(line, []).append(sscc)
    return found


def receipts(lines: Collection[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """What was counted of lines, by line and order."""
    wanted, found = sorted(set(lines)), {}
    names = ("line", "order", "expected", "received", "accepted", "rejected", "rest_on", "reason", "version")
    for start in range(0, len(wanted), 500):
        for row in (
            Receipt.objects.filter(line__in=wanted[start : start + 500]).order_by("line", "order").values(*names)
        ):
            found[row["line"], row["order"]] = row
    return found
