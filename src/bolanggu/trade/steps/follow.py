"""Step 11, follow (跟踪): milestones from the warehouse to the buyer, planned and simulated actual apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.tracking.services import Happening, capture
from bolanggu.trade.process import Stage
from bolanggu.values.evidence import Tense


def prepare(stage: Stage) -> list[Happening]:
    """What happened to the boxes so far, and what is planned on the chosen way."""
    boxes = [box["plan__number"] for box in consolidation.boxes(stage.trade.number)]
    if not boxes:
        return []
    number = stage.trade.number
    behind = [
        Happening(number, "trade", number, Tense.ACTUAL, milestone, "CNYIW", datetime.fromisoformat(at))
        for milestone, at in stage.facts["depart"]["past"]
    ]
    ahead = [
        Happening(number, "container", box, tense, milestone, leg[place], datetime.fromisoformat(leg[time]), {"leg": n})
        for box in boxes
        for n, leg in enumerate(stage.facts["book"]["legs"], 1)
        if not stage.facts["depart"]["held"]
        for milestone, place, time in (("departed", "from", "depart"), ("arrived", "to", "arrive"))
        for tense in (Tense.PLANNED, Tense.ACTUAL)
    ]
    return behind + ahead


def act(stage: Stage, happenings: list[Happening]) -> tuple[datetime, dict[str, Any]]:
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
