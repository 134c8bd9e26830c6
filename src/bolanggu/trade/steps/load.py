"""Step 8, load (装柜): the planned boxes become sealed equipment; a stale plan is made anew first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bolanggu.engines.loading import container, container_names
from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.services import PlannedBox, Waiting, load
from bolanggu.market.consolidation.services import plan as plan_boxes
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.services import restate
from bolanggu.market.warehousing.services import load_out
from bolanggu.trade.cargo import as_waiting, cartons_of, measure
from bolanggu.trade.freight import Price, box_costs, price, teu_by_measure, teu_of
from bolanggu.trade.stages import ShippingStage
from bolanggu.trade.steps.book import rules_of, with_costs
from bolanggu.trade.stowing import Stowage, stow
from bolanggu.trade.world.assumptions import world


@dataclass(frozen=True, slots=True)
class Replanned:
    """Boxes planned anew for cartons that changed, priced on the booked way, and every kept way priced again."""

    stowage: Stowage
    boxes: list[PlannedBox]
    prices: list[Price]
    chosen: int
    teu: int


@dataclass(frozen=True, slots=True)
class Loading:
    """Cartons that go into the boxes, and the new plan where the old one is stale."""

    cartons: list[Waiting]
    anew: Replanned | None


def prepare(stage: ShippingStage) -> Loading:
    """Read the cartons; plan again where a plan is stale."""
    rows = cartons_of(stage.number, stage.trades)
    planned = consolidation.boxes_of_shipment(stage.number)
    stale = any(box["stale"] for box in planned)
    return Loading(as_waiting(rows), _replanned(stage, rows) if stale else None)


def act(stage: ShippingStage, loading: Loading) -> tuple[datetime, dict[str, Any]]:
    """Load and seal the boxes."""
    by, at = stage.cast.world, stage.clock
    if loading.anew:
        _plan_anew(stage, loading, loading.anew)
    loaded_at = at + timedelta(hours=world("loading_hours"))
    masses = {name: (container(name).tare_g, container(name).payload_g) for name in container_names()}
    load(
        by=by,
        at=loaded_at,
        shipment=stage.number,
        cartons=loading.cartons,
        masses=masses,
        owner="carrier",
        free_days=world("free_days"),
    )
    boxes = consolidation.boxes_of_shipment(stage.number)
    load_out(by=by, at=loaded_at, ssccs=[placed[0] for box in boxes for placed in box["placements"]])
    freight = {
        "currency": stage.facts["book"]["freight"]["currency"],
        "minor": sum(box["cost_minor"] for box in boxes),
    }
    priced = [each.as_dict() for each in loading.anew.prices] if loading.anew else stage.facts["book"]["priced"]
    return loaded_at, {"boxes": len(boxes), "freight": freight, "priced": priced}


def _replanned(stage: ShippingStage, rows: list[dict[str, Any]]) -> Replanned:
    """The boxes for the cartons as they are now, on the way that is booked."""
    service = stage.facts["book"]["service"]
    stowage = stow(
        rows,
        service=service,
        rules=rules_of(stage),
        most_boxes=stage.shipment.most_boxes,
        groupage=service == "LCL",
    )
    cargo = measure([row for row in rows if row["sscc"] in stowage.placed])
    kept = transport.kept_ways(stage.number)
    chosen = next(index for index, (_, taken) in enumerate(kept) if taken)
    prices = [
        price(way, cargo, stowage.types, service=service if index == chosen else "")
        for index, (way, _) in enumerate(kept)
    ]
    boxes = with_costs(stowage.boxes, prices[chosen].service, prices[chosen].freight, box_costs(kept[chosen][0]))
    teu = teu_of(stowage.types) if service == "FCL" else teu_by_measure(cargo)
    return Replanned(stowage, boxes, prices, chosen, max(1, round(100 * teu)))


def _plan_anew(stage: ShippingStage, loading: Loading, anew: Replanned) -> None:
    by, at = stage.cast.world, stage.clock
    plan_boxes(
        by=by,
        at=at,
        shipment=stage.number,
        boxes=anew.boxes,
        cartons=loading.cartons,
        left=anew.stowage.left,
        back=anew.stowage.no_room,
        anew=True,
    )
    restate(
        by=by,
        at=at,
        number=stage.facts["book"]["booking"],
        teu=anew.teu,
        freight=anew.prices[anew.chosen].freight,
        boxes=Counter(box.type for box in anew.boxes),
    )
