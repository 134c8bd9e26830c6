"""Step 7, estimate and book (估箱订舱): ways to the buyer, groupage or full containers, and the booking of the cheapest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.services import book
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.trade.freight import Cargo, Way, ways
from bolanggu.trade.process import Stage
from bolanggu.values.fault import Fault


@dataclass(frozen=True, slots=True)
class Choice:
    """The ways to the buyer as priced for this cargo, cheapest first."""

    cargo: Cargo
    ways: list[Way]


def prepare(stage: Stage) -> Choice | None:
    """Measure what is staged, search the ways, and price each; None where nothing was packed."""
    cartons = warehousing.cartons(stage.trade.number)
    if not cartons:
        return None
    cargo = Cargo(
        cartons=len(cartons),
        cubic_mm=sum(c["l_mm"] * c["w_mm"] * c["h_mm"] for c in cartons),
        grams=sum(c["gross_g"] for c in cartons),
    )
    ready = _ready(stage)
    found = ways(plan(stage.trade.destination, ready), cargo)
    if not found:
        raise Fault("--to", f"nothing leads from Yiwu to {stage.trade.destination} within the planning horizon")
    return Choice(cargo, found)


def act(stage: Stage, choice: Choice | None) -> tuple[datetime, dict[str, Any]]:
    """Book the cheapest way."""
    if choice is None:
        return stage.clock, {"service": "", "journeys": [], "legs": [], "freight": {"currency": "USD", "minor": 0}}
    best = choice.ways[0]
    booking = book(
        by=stage.cast.world,
        at=stage.clock,
        trade=stage.trade.number,
        carrier=stage.cast.carrier.number,
        service=best.service,
        journey=best.journey,
        freight=best.freight,
    )
    by_arrival = sorted(choice.ways, key=lambda way: (way.journey.arrive, way.freight.minor))
    return stage.clock, {
        "booking": booking.number,
        "service": best.service,
        "offers": best.offers,
        "freight": {"currency": best.freight.currency, "minor": best.freight.minor},
        "vessel": best.vessel,
        "exit_place": best.exit_place,
        "legs": best.legs(),
        "journeys": [way.as_dict(chosen=way is best) for way in by_arrival],
        "cubic_mm": choice.cargo.cubic_mm,
        "grams": choice.cargo.grams,
    }


def _ready(stage: Stage) -> datetime:
    """The goods are ready when they are packed, and not before the day that was asked for."""
    if stage.trade.depart_on is None:
        return stage.clock
    return max(stage.clock, datetime.combine(stage.trade.depart_on, time(), UTC))
