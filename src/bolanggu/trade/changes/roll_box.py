"""A box is rolled: the carrier leaves it behind, it goes with the next departure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.services import confirm, roll
from bolanggu.market.transport.sketch import leg_data
from bolanggu.trade.cargo import cartons_of, measure
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.results import restate
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.freight import Price, choose, exit_of, price, vessel_of


@act("booking", "roll", title="A box is rolled", zh="甩柜", touches=("sailing",))
def roll_box(stand: Stand, *, reason: str, shipment: str = "", not_before: date | None = None) -> dict[str, Any]:
    """The carrier does not take the boxes with the booked departure; they leave with a later one at the same freight.

    Parameters
    ----------
    reason
        What the carrier says.
    shipment
        Number of the shipment; the trade's only one that has not left, if empty.
    not_before
        No departure before this day.
    """
    number = _booked(stand, shipment)
    booked = dict(stand.shipments[number]["book"])
    main = max(booked["legs"], key=lambda leg: leg["km"])
    missed = max(datetime.fromisoformat(main["depart"]), stand.at) + timedelta(minutes=1)
    ready = max(missed, datetime.combine(not_before, time(), UTC)) if not_before else missed
    rows = cartons_of(number, _trades(number))
    cargo = measure(rows)
    types = [box["type"] for box in consolidation.boxes_of_shipment(number)]
    standing = transport.booking(number)
    if standing is None:
        raise NotPossible(f"shipment {number} has no live booking; book it first")
    ways = [
        way
        for way in plan(standing["destination"], ready, teu=standing["teu"] / 100, left=transport.space_left(stand.at))
        if way.legs
    ]
    if not ways:
        raise NotPossible(
            f"no later departure leads to {standing['destination']}; cancel the booking and ship elsewhere"
        )
    prices = [price(way, cargo, types) for way in ways]
    chosen = _like(ways, prices, booked)
    roll(by=stand.hand, at=stand.at, number=standing["number"], journeys=ways, chosen=chosen, reason=reason)
    confirm(by=stand.hand, at=stand.at, number=standing["number"])
    facts = _facts(ways, prices, chosen, booked)
    restate(stand, number, "book", booked | facts, reason)
    if "load" in stand.shipments[number]:
        restate(stand, number, "load", dict(stand.shipments[number]["load"]) | {"priced": facts["priced"]}, reason)
    return {
        "shipment": number,
        "booking": standing["number"],
        "from": booked["legs"][0]["depart"],
        "to": facts["legs"][0]["depart"],
        "arrive": facts["legs"][-1]["arrive"],
        "vessel": facts["vessel"],
    }


def _booked(stand: Stand, shipment: str) -> str:
    open_ = [number for number in stand.open_shipments() if stand.shipments[number].get("book", {}).get("booking")]
    held = [
        number for number, done in stand.shipments.items() if done.get("depart", {}).get("held") and number not in open_
    ]
    choice = [number for number in [*open_, *held] if shipment in ("", number)]
    if len(choice) != 1:
        known = ", ".join([*open_, *held]) or "none: nothing is booked, or all has left"
        raise NotPossible(f"trade {stand.number}: say which shipment is rolled; those that can be are {known}")
    return choice[0]


def _trades(shipment: str) -> list[str]:
    from bolanggu.market.consolidation.models import ShipmentTrade

    return sorted(ShipmentTrade.objects.filter(shipment__number=shipment).values_list("trade", flat=True))


def _like(ways: list[Journey], prices: list[Price], booked: dict[str, Any]) -> int:
    """The first way that goes as the booked one did; else the one that would be chosen anew."""
    modes = [leg["mode"] for leg in booked["legs"]]
    alike = [index for index, way in enumerate(ways) if [leg.mode for leg in way.legs] == modes]
    return min(alike, key=lambda index: ways[index].arrive) if alike else choose(ways, prices)


def _facts(ways: list[Journey], prices: list[Price], chosen: int, booked: dict[str, Any]) -> dict[str, Any]:
    """Facts of booking on the new way; a rolled booking keeps its freight."""
    way = ways[chosen]
    priced = [each.as_dict() for each in prices]
    priced[chosen] |= {"freight_minor": booked["freight"]["minor"], "service": booked["service"]}
    return {
        "vessel": vessel_of(way),
        "exit_place": exit_of(way),
        "legs": [leg_data(leg) for leg in way.legs],
        "priced": priced,
    }
