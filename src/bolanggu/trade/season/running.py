"""Running a season (推演): day by day, each day's deeds in one order, each deed once; a killed run goes on.

On each day lists come in, incidents happen, goods are received, agents decide at noon, and shipments go on as far as
that day has come. What a day did is told by marks in the database, so the same season run again does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import Shipment
from bolanggu.market.inquiries.purchase_list import read_purchase_list
from bolanggu.platform.parties.services import register
from bolanggu.trade.models import Trade
from bolanggu.trade.opening import open_trade
from bolanggu.trade.process import GATHERING, OBSERVING, SHIPPING, walk
from bolanggu.trade.request import TradeRequest
from bolanggu.trade.season.clearing import clear
from bolanggu.trade.season.deciding import decide
from bolanggu.trade.season.incidents import happen
from bolanggu.trade.season.script import Listed, Script
from bolanggu.trade.shipping import is_complete
from bolanggu.trade.stages import ShippingStage, Stage, stage_of, trade_stage
from bolanggu.trade.steps.receive import delivered_at
from bolanggu.trade.world.cast import WORLD

DAY = timedelta(days=1)
#: Days after the last decision within which everything has arrived; longer than any journey that is planned.
LONGEST_JOURNEY = timedelta(days=150)

Say = Callable[[str], None]


@dataclass(slots=True)
class Season:
    """A season on its way: its script, and what is open."""

    script: Script
    say: Say
    trades: dict[str, Stage] = field(default_factory=dict)
    shipments: dict[str, ShippingStage] = field(default_factory=dict)

    @property
    def open_trades(self) -> Iterator[Stage]:
        """Trades that have not come through their own steps."""
        return (stage for stage in list(self.trades.values()) if "observe" not in stage.facts)

    @property
    def open_shipments(self) -> Iterator[ShippingStage]:
        """Shipments that have not arrived."""
        return (stage for stage in list(self.shipments.values()) if "follow" not in stage.facts)


def run_season(script: Script, *, until: date | None, say: Say) -> Season:
    """Play a season up to the end of a day, or to its end.

    Parameters
    ----------
    until
        The last day that is played; what is due later stays undone, for people or for the next run.
    say
        Told a line for each day on which something came to pass.
    """
    season = Season(script, say)
    for agent in script.agents:
        at = datetime.combine(script.opens, time(), UTC)
        register(by=WORLD, at=at, kind="agent", country="CN", **agent)
    last = max([script.last_decision, *(incident.day for incident in script.incidents)])
    day, end = script.opens, script.last_decision + LONGEST_JOURNEY
    while day <= (until or end):
        _play(season, day)
        if day >= last and not any(season.open_trades) and not any(season.open_shipments):
            break
        day += DAY
    return season


def _play(season: Season, day: date) -> None:
    end = datetime.combine(day + DAY, time(), UTC)
    told = [
        *(_come_in(season, listed) for listed in season.script.lists if listed.day == day),
        *_incidents(season, day),
        *(_receive(stage) for stage in season.open_trades if _due(stage, end)),
    ]
    if at := season.script.decision_on(day):
        told += _decide(season, at)
    for shipping in season.open_shipments:
        told += _go_on(season, shipping, end)
    for stage in season.open_trades:
        told += _observe(season, stage, end)
    for line in told:
        season.say(f"{day} {line}") if line else None


def _come_in(season: Season, listed: Listed) -> str:
    at = datetime.combine(listed.day, time(1), UTC)
    client = listed.client
    request = TradeRequest(
        purchase_list=read_purchase_list(listed.file),
        destination=client.to,
        depart_on=None,
        currency=client.currency,
        key=season.script.key("list", listed.file.name),
        wish=client.wish,
        buyer=client.buyer,
    )
    fresh = not Trade.objects.filter(key=request.key).exists()
    stage = trade_stage(open_trade(request, at=at), request)
    walk(stage, GATHERING, until="deposit")
    season.trades[stage.trade.number] = stage
    orders = stage.facts["order"]["orders"]
    return f"list {listed.file.name}: {orders} orders, trade {stage.trade.number}" if fresh else ""


def _incidents(season: Season, day: date) -> list[str]:
    """Let the day's incidents happen; what they changed is read again."""
    told = [happen(incident, season.script) for incident in season.script.incidents if incident.day == day]
    if any(told):
        stages: list[Stage | ShippingStage] = [*season.trades.values(), *season.shipments.values()]
        for stage in stages:
            marks = [mark for name in stage.facts if (mark := stage.mark(name)) is not None]
            stage.facts = {mark.name: mark.facts for mark in marks}
            stage.clock = max([stage.clock, *(mark.at for mark in marks)])
    return told


def _due(stage: Stage, end: datetime) -> bool:
    return "receive" not in stage.facts and delivered_at(stage) < end


def _receive(stage: Stage) -> str:
    fresh = stage.mark("receive") is None
    walk(stage, ("receive",))
    return f"trade {stage.trade.number}: {stage.facts['receive']['cartons']} cartons received" if fresh else ""


def _decide(season: Season, at: datetime) -> list[str]:
    """Agents decide, pool by pool; shipments that people opened are taken along."""
    last = at.date() == season.script.last_decision
    before = set(season.shipments)
    for pool in consolidation.pools_since(sorted(season.trades)):
        names = (pool.destination, pool.agent, pool.terms, pool.wish)
        decide(pool, at=at, key=season.script.key("pool", *names, at.date()), last=last)
    for shipment in Shipment.objects.filter(trades__trade__in=list(season.trades)).distinct().order_by("pk"):
        season.shipments.setdefault(shipment.number, stage_of(shipment))
    return [
        f"shipment {number} of {len(season.shipments[number].trades)} trades to"
        f" {season.shipments[number].shipment.destination}"
        for number in season.shipments
        if number not in before and season.shipments[number].mark("book") is None
    ]


def _go_on(season: Season, stage: ShippingStage, end: datetime) -> list[str]:
    """Take a shipment as far as the day has come."""
    told = []
    for name in SHIPPING:
        if name in stage.facts:
            continue
        if _starts(stage, name) >= end:
            break
        if name == "depart":
            clear(stage, season.script)
        fresh = stage.mark(name) is None
        walk(stage, (name,))
        if fresh:
            told.append(f"shipment {stage.number}: {name}{_told(stage, name)}")
    return told


def _starts(stage: ShippingStage, name: str) -> datetime:
    """When a step takes place in the story, as far as it is known before it is done."""
    legs = stage.facts.get("book", {}).get("legs") or []
    if name == "depart" and legs:
        return max(stage.clock, datetime.fromisoformat(legs[0]["depart"]))
    if name == "follow" and legs and not stage.facts["depart"]["held"]:
        return max(stage.clock, datetime.fromisoformat(legs[-1]["arrive"]))
    return stage.clock


def _told(stage: ShippingStage, name: str) -> str:
    facts = stage.facts[name]
    if name == "book" and facts.get("booking"):
        return f"ed {facts['service']}, {facts['boxes']} boxes, {facts['vessel']}"
    if name == "declare":
        return f"d, {len(facts.get('released', []))} released, {len(facts.get('with_the_broker', []))} with the broker"
    if name == "depart" and facts["held"]:
        return f"ure held back by {', '.join(facts['held'])}"
    return {"load": "ed", "depart": "ed", "follow": "ed to its end"}.get(name, "")


def _observe(season: Season, stage: Stage, end: datetime) -> list[str]:
    """A trade ends when all its cartons have left and arrived, or when it has none."""
    if "receive" not in stage.facts or stage.clock >= end:
        return []
    own = [season.shipments[number] for number in consolidation.shipments_of(stage.trade.number)]
    if any("follow" not in shipping.facts for shipping in own) or not is_complete(stage.trade.number):
        return []
    stage.clock = max([stage.clock, *(shipping.clock for shipping in own)])
    walk(stage, OBSERVING)
    return []
