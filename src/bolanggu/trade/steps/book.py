"""Step 7, estimate and book (估箱订舱): ways to the buyer, groupage or full containers, the cheapest booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.services import book, confirm
from bolanggu.market.transport.sketch import leg_data
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.trade.freight import Cargo, Way, cheapest, space_needed, ways
from bolanggu.trade.process import Stage
from bolanggu.trade.world.assumptions import world
from bolanggu.values.fault import Fault


@dataclass(frozen=True, slots=True)
class Choice:
    """The ways to the buyer by arrival, priced for this cargo, and the index of the one to take."""

    cargo: Cargo
    ways: list[Way]
    chosen: int


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
    journeys = plan(stage.trade.destination, ready, teu=space_needed(cargo), left=transport.space_left(stage.clock))
    found = ways([journey for journey in journeys if journey.legs], cargo)
    if not found:
        raise Fault(
            "--to",
            f"no departure from Yiwu to {stage.trade.destination} has space for {space_needed(cargo):.1f} TEU in the"
            " coming months; split the list or choose another destination",
        )
    return Choice(cargo, found, cheapest(found))


def act(stage: Stage, choice: Choice | None) -> tuple[datetime, dict[str, Any]]:
    """Book the chosen way; the carrier confirms."""
    if choice is None:
        return stage.clock, {"service": "", "priced": [], "legs": [], "freight": {"currency": "USD", "minor": 0}}
    by, best = stage.cast.world, choice.ways[choice.chosen]
    booking = book(
        by=by,
        at=stage.clock,
        trade=stage.trade.number,
        journeys=[way.journey for way in choice.ways],
        chosen=choice.chosen,
        service=best.service,
        teu=max(1, round(100 * best.teu)),
        freight=best.freight,
    )
    confirm(by=by, at=stage.clock, number=booking.number)
    return stage.clock, {
        "booking": booking.number,
        "service": "FCL" if best.service == "FCL" else "LCL",
        "offers": best.offers,
        "freight": {"currency": best.freight.currency, "minor": best.freight.minor},
        "vessel": best.vessel,
        "exit_place": best.exit_place,
        "legs": [leg_data(leg) for leg in best.journey.legs],
        "priced": [way.priced() for way in choice.ways],
        "cubic_mm": choice.cargo.cubic_mm,
        "grams": choice.cargo.grams,
    }


def _ready(stage: Stage) -> datetime:
    """The boxes can be handed over once loaded, declared and at the gate, and not before the day that was asked for."""
    hours = world("loading_hours") + world("declare_hours") + world("gate_hours")
    ready = stage.clock + timedelta(hours=hours)
    if stage.trade.depart_on is None:
        return ready
    return max(ready, datetime.combine(stage.trade.depart_on, time(), UTC))
