"""Following a shipment (出运跟踪): where its boxes are, when they arrive, what goes wrong, which orders it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolanggu.engines.following.delays import Arrival, Finished, History
from bolanggu.engines.following.exceptions import Exceptional, PlannedLeg, Seen, find
from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import ShipmentTrade
from bolanggu.market.orders import selectors as orders
from bolanggu.market.tracking import selectors as tracking
from bolanggu.market.transport import selectors as transport


@dataclass(frozen=True, slots=True)
class Trouble:
    """An exception of one box, with the orders that it touches."""

    box: str
    exception: Exceptional
    orders: tuple[str, ...]


def troubles(shipment: str, now: datetime) -> list[Trouble]:
    """Exceptions of the boxes of a shipment as known at ``now``: late, missed cut-off, dwell, off route."""
    booking = transport.booking(shipment)
    if booking is None:
        return []
    plan = planned_legs(booking["legs"])
    found: list[Trouble] = []
    for box in consolidation.boxes_of_shipment(shipment):
        touched = tuple(sorted({order for share in box["shares"] for order in _orders_of(share["trade"])}))
        names = [box["number"], *([box["equipment"]["number"]] if box["equipment"] else [])]
        seen = seen_of(shipment, names, now)
        found += [Trouble(box["number"], exception, touched) for exception in find(plan, seen, now)]
    return found


def planned_legs(legs: Sequence[dict[str, Any]]) -> list[PlannedLeg]:
    """The legs of a booking as planned."""
    return [
        PlannedLeg(
            leg["from"],
            leg["to"],
            datetime.fromisoformat(leg["cutoff"]),
            datetime.fromisoformat(leg["depart"]["PLN"]),
            datetime.fromisoformat(leg["arrive"]["PLN"]),
        )
        for leg in legs
    ]


def seen_of(shipment: str, names: Sequence[str], now: datetime) -> list[Seen]:
    """What actually happened to a box, or to the whole shipment, until ``now``."""
    return [
        Seen(event["milestone"], event["place"], event["happens_at"])
        for event in tracking.milestones(shipment)
        if event["tense"] == "ACT" and event["happens_at"] <= now and event["thing"] in {*names, shipment}
    ]


def finished_legs() -> list[Finished]:
    """Legs that arrived, with hours against their plan: what arrivals are learnt from."""
    return [
        Finished(leg["service"], leg["mode"], (leg["actual"] - leg["planned"]).total_seconds() / 3600)
        for leg in transport.arrived_legs()
    ]


def arrival(shipment: str, history: History) -> Arrival | None:
    """When the shipment arrives, P50 and P90; None where nothing is booked or it is there."""
    booking = transport.booking(shipment)
    if booking is None or not booking["legs"]:
        return None
    last = booking["legs"][-1]
    if "ACT" in last["arrive"]:
        return None
    planned = datetime.fromisoformat(last["arrive"]["PLN"])
    left = last["depart"].get("ACT")
    late = (datetime.fromisoformat(left) - datetime.fromisoformat(last["depart"]["PLN"])) if left else None
    hours = max(0.0, late.total_seconds() / 3600) if late else 0.0
    return history.arrival(last["service"], last["mode"], planned, now_late_h=hours)


def trades_of(shipment: str) -> list[str]:
    """Trades that have a part in a shipment."""
    rows = ShipmentTrade.objects.filter(shipment__number=shipment).order_by("trade")
    return list(rows.values_list("trade", flat=True))


def _orders_of(trade: str) -> list[str]:
    return [order["number"] for order in orders.orders(trade)]
