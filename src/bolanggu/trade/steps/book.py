"""Step 7, estimate and book (估箱订舱): boxes planned, ways priced as groupage or full containers, one booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bolanggu.market.consolidation.services import PlannedBox, Reasoned, Waiting
from bolanggu.market.consolidation.services import plan as plan_boxes
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.planning import plan as plan_ways
from bolanggu.market.transport.services import book, confirm
from bolanggu.market.transport.sketch import leg_data
from bolanggu.trade.cargo import Row, as_waiting, cartons_of, measure
from bolanggu.trade.freight import Price, box_costs, choose, exit_of, price, teu_by_measure, teu_of, vessel_of
from bolanggu.trade.stages import ShippingStage
from bolanggu.trade.stowing import Stowage, stow
from bolanggu.trade.world.assumptions import world
from bolanggu.values.fault import Fault
from bolanggu.values.money import Money, split


@dataclass(frozen=True, slots=True)
class Choice:
    """Cartons, boxes, and the ways to the buyer by arrival, priced for what is in the boxes; which way to take."""

    cartons: list[Waiting]
    rows: list[dict[str, Any]]
    stowage: Stowage
    ways: list[Journey]
    prices: list[Price]
    chosen: int


def prepare(stage: ShippingStage) -> Choice | None:
    """Stow what the shipment took, search the ways, and price each; None where there is nothing to carry."""
    rows = cartons_of(stage.number, stage.trades)
    if not rows:
        return None
    stowage = stow(rows, service="FCL", rules=rules_of(stage), most_boxes=stage.shipment.most_boxes)
    if not stowage.boxes:
        return Choice(as_waiting(rows), rows, stowage, [], [], 0)
    cargo = measure([row for row in rows if row["sscc"] in stowage.placed])
    teu = teu_of(stowage.types)
    left = transport.space_left(stage.clock)
    ways = [way for way in plan_ways(stage.shipment.destination, _ready(stage), teu=teu, left=left) if way.legs]
    if not ways:
        raise Fault(
            "--to",
            f"no departure from Yiwu to {stage.shipment.destination} has space for {teu:.1f} TEU in the coming months;"
            " split the list or choose another destination",
        )
    prices = [price(way, cargo, stowage.types) for way in ways]
    chosen = choose(ways, prices, stage.shipment.wish)
    if prices[chosen].service != "FCL" and not _is_groupage(stowage):
        stowage = stow(rows, service="LCL", rules=rules_of(stage), groupage=True)
    return Choice(as_waiting(rows), rows, stowage, ways, prices, chosen)


def act(stage: ShippingStage, choice: Choice | None) -> tuple[datetime, dict[str, Any]]:
    """Plan the boxes; book the chosen way, which the carrier confirms."""
    if choice is None:
        return stage.clock, {"service": "", "priced": [], "legs": [], "freight": {"currency": "USD", "minor": 0}}
    boxes = _priced(choice) if choice.ways else []
    plan_boxes(
        by=stage.cast.world,
        at=stage.clock,
        shipment=stage.number,
        boxes=boxes,
        cartons=choice.cartons,
        left=choice.stowage.left,
        back=choice.stowage.no_room,
        choices=_waits(choice),
    )
    if not boxes:
        return stage.clock, {"service": "", "priced": [], "legs": [], "freight": {"currency": "USD", "minor": 0}}
    return stage.clock, _booked(stage, choice, boxes)


def _booked(stage: ShippingStage, choice: Choice, boxes: Sequence[PlannedBox]) -> dict[str, Any]:
    by, way, of = stage.cast.world, choice.ways[choice.chosen], choice.prices[choice.chosen]
    cargo = measure([row for row in choice.rows if row["sscc"] in choice.stowage.placed])
    teu = teu_of([box.type for box in boxes]) if of.service == "FCL" else teu_by_measure(cargo)
    booking = book(
        by=by,
        at=stage.clock,
        shipment=stage.number,
        journeys=choice.ways,
        chosen=choice.chosen,
        service=of.service,
        teu=max(1, round(100 * teu)),
        freight=of.freight,
        boxes=Counter(box.type for box in boxes),
    )
    confirm(by=by, at=stage.clock, number=booking.number)
    return {
        "booking": booking.number,
        "service": "FCL" if of.service == "FCL" else "LCL",
        "offers": sorted(box_costs(way).items()),
        "freight": {"currency": of.freight.currency, "minor": of.freight.minor},
        "vessel": vessel_of(way),
        "exit_place": exit_of(way),
        "legs": [leg_data(leg) for leg in way.legs],
        "priced": [each.as_dict() for each in choice.prices],
        "cubic_mm": cargo.cubic_mm,
        "grams": cargo.grams,
        "boxes": len(boxes),
    }


def _priced(choice: Choice) -> list[PlannedBox]:
    """Boxes with their freight: each its own, or a part of the groupage freight by what lies in it."""
    of, way = choice.prices[choice.chosen], choice.ways[choice.chosen]
    return with_costs(choice.stowage.boxes, of.service, of.freight, box_costs(way))


def with_costs(boxes: Sequence[PlannedBox], service: str, freight: Money, costs: dict[str, int]) -> list[PlannedBox]:
    """Boxes with their freight: a full container its own, groupage its part by volume; together the freight."""
    if not boxes:
        return []
    kind = "FCL" if service == "FCL" else "LCL"
    parts = (
        [costs[box.type] for box in boxes]
        if service == "FCL"
        else split(freight.minor, [sum(p[4] * p[5] * p[6] for p in box.placements) for box in boxes])
    )
    return [
        replace(box, service=kind, cost_minor=minor, currency=freight.currency)
        for box, minor in zip(boxes, parts, strict=True)
    ]


def _waits(choice: Choice) -> list[Reasoned]:
    """Why cartons that found no room wait on, line by line."""
    counted: Counter[tuple[str, str]] = Counter()
    found_none = set(choice.stowage.no_room)
    of: dict[str, Row] = {row["sscc"]: row for row in choice.rows}
    for sscc in sorted(found_none):
        counted[of[sscc]["trade"], of[sscc]["contents"][0]["line"]] += 1
    reason = "the boxes of this shipment are full; waits for the next departure"
    return [Reasoned(trade, line, cartons, False, reason) for (trade, line), cartons in counted.items()]


def _is_groupage(stowage: Stowage) -> bool:
    return all(kind == "40HC" for kind in stowage.types)


def rules_of(stage: ShippingStage) -> str:
    """The loading profile: rail where the buyer wishes it, else the strictest that most boxes meet."""
    return "rail" if stage.shipment.wish == "rail" else str(world("loading_profile"))


def _ready(stage: ShippingStage) -> datetime:
    """The boxes can be handed over once loaded, declared and at the gate, and not before the day that was asked for."""
    hours = world("loading_hours") + world("declare_hours") + world("gate_hours")
    ready = stage.clock + timedelta(hours=hours)
    if stage.shipment.not_before is None:
        return ready
    return max(ready, datetime.combine(stage.shipment.not_before, time(), UTC))
