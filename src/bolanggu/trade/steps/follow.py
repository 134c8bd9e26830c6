"""Step 11, follow (跟踪): milestones from the warehouse to the buyer, planned and simulated actual apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.tracking.services import Happening, capture
from bolanggu.trade.models import StepDone
from bolanggu.trade.stages import ShippingStage
from bolanggu.values.evidence import Tense


def prepare(stage: ShippingStage) -> list[Happening]:
    """What happened to the trades and boxes so far, and what is planned on the chosen way."""
    boxes = [box["number"] for box in consolidation.boxes_of_shipment(stage.number)]
    return _behind(stage) + _ahead(stage, boxes) if boxes else []


def _behind(stage: ShippingStage) -> list[Happening]:
    received = StepDone.objects.filter(trade__number__in=list(stage.trades), name="receive")
    past = [(trade, "received", at) for trade, at in received.values_list("trade__number", "at")]
    loaded = datetime.fromisoformat(stage.facts["load"]["at"])
    past += [(trade, "loaded", loaded) for trade in stage.trades]
    return [
        Happening(trade, "trade", trade, Tense.ACTUAL, milestone, "CNYIW", at) for trade, milestone, at in sorted(past)
    ]


def _ahead(stage: ShippingStage, boxes: list[str]) -> list[Happening]:
    """Of each box, under the shipment's number; none while a declaration holds the boxes back."""
    if stage.facts["depart"]["held"]:
        return []
    return [
        Happening(
            stage.number,
            "container",
            box,
            tense,
            milestone,
            leg[place],
            datetime.fromisoformat(leg[time]),
            {"leg": n},
        )
        for box in boxes
        for n, leg in enumerate(stage.facts["book"]["legs"], 1)
        for milestone, place, time in (("departed", "from", "depart"), ("arrived", "to", "arrive"))
        for tense in (Tense.PLANNED, Tense.ACTUAL)
    ]


def act(stage: ShippingStage, happenings: list[Happening]) -> tuple[datetime, dict[str, Any]]:
    """Capture the events; in the simulated world everything arrives as planned."""
    if not happenings:
        return stage.clock, {"events": 0}
    arrived = max(happening.happens_at for happening in happenings)
    planned = [each for each in happenings if each.tense is Tense.PLANNED]
    booked = datetime.fromisoformat(stage.facts["book"]["at"])
    count = capture(by=stage.cast.world, at=booked, happenings=planned)
    count += capture(
        by=stage.cast.world, at=arrived, happenings=[each for each in happenings if each.tense is not Tense.PLANNED]
    )
    return max(arrived, stage.clock), {"events": count}
