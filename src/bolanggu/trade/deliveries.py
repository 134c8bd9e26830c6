"""Deliveries (到货): when lines are ready by what is promised now, what is counted, and how much of it is packed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import Counted, count, recount
from bolanggu.platform.accounts.grants import Actor

Line = Mapping[str, Any]


def ready_at(lines: Sequence[Line], lead_days: Mapping[str, int], since: datetime) -> dict[str, datetime]:
    """When each line is ready: by its merchant's lead time, or on the day she promised, or when its rest comes."""
    counted = _receipts(lines)
    found = {}
    for line in lines:
        ready = since + timedelta(days=lead_days[line["product"]])
        receipt = counted.get((line["line"], line["order__number"]))
        days = [line["order__ready_on"], receipt["rest_on"] if receipt else None]
        found[line["line"]] = max([ready, *(_noon(day) for day in days if day is not None)])
    return found


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)  # noon in Yiwu


def count_in(lines: Sequence[Line], *, warehouse: str, by: Actor, at: datetime) -> None:
    """Count what came in: lines not counted yet came whole; of those whose rest is due by ``at`` the rest came."""
    counted = _receipts(lines)
    fresh = [line for line in lines if (line["line"], line["order__number"]) not in counted]
    whole = [Counted(o["line"], o["order__number"], o["quantity"], o["quantity"], o["quantity"]) for o in fresh]
    count(by=by, at=at, warehouse=warehouse, counted=whole)
    for line in lines:
        row = counted.get((line["line"], line["order__number"]))
        if row is not None and row["rest_on"] is not None and row["rest_on"] <= at.date():
            back, all_ = row["rejected"], line["quantity"]
            came = Counted(line["line"], line["order__number"], all_, all_ + back, all_, back)
            recount(by=by, at=at, counted=came, reason="the rest was delivered")


def accepted(lines: Sequence[Line]) -> dict[str, int]:
    """Pieces of each line that the warehouse accepted."""
    counted = _receipts(lines)
    return {line["line"]: counted[line["line"], line["order__number"]]["accepted"] for line in lines}


def _receipts(lines: Sequence[Line]) -> dict[tuple[str, str], dict[str, Any]]:
    return warehousing.receipts([line["line"] for line in lines])
