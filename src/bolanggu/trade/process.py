"""The process: twelve steps, each done once, each in one transaction with its mark.

A trade reads, matches, quotes, orders, pays and receives by itself. Its cartons then wait in the pool, and a shipment
books, loads, declares, departs and follows for all trades that have cartons in it. `run` takes one trade through all
of them with a shipment of its own.

A step first prepares (reads and computes, holding no lock), then acts. A process that dies anywhere leaves whole
steps behind; the same command goes on with the first step that has no mark.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from types import ModuleType

from django.db import transaction

from bolanggu.market.consolidation.services import NotWaiting
from bolanggu.market.transport.services.errors import CutoffMissed, DepartureFull
from bolanggu.platform import outbox
from bolanggu.platform.again import again
from bolanggu.trade.models import Mark, Trade
from bolanggu.trade.opening import open_trade
from bolanggu.trade.request import TradeRequest
from bolanggu.trade.shipping import ship_alone
from bolanggu.trade.stages import ShippingStage, Stage, stage_of, trade_stage
from bolanggu.trade.world.cast import WORLD
from bolanggu.values.fault import Fault

GATHERING = ("read", "match", "quote", "order", "deposit", "receive")
SHIPPING = ("book", "load", "declare", "depart", "follow")
OBSERVING = ("observe",)
#: The steps in order; each is a module of `bolanggu.trade.steps` with ``prepare`` and ``act``.
STEPS = GATHERING + SHIPPING + OBSERVING

#: what may have changed between preparing and acting, so that both are done again
_OVERTAKEN = (DepartureFull, CutoffMissed, NotWaiting)
_TRIES = 3

Progress = Callable[[str, float], None]


def run(request: TradeRequest, *, at: datetime, until: str | None = None, progress: Progress | None = None) -> Trade:
    """Take a trade through its steps, up to and with ``until``; what is done already is not done again.

    Parameters
    ----------
    at
        The moment the trade opens, if it is not open yet.
    progress
        Called with the name of each step and the seconds it took; 0.0 for one that was done before.

    Raises
    ------
    KeyInUse
        The key belongs to a trade of another list or with other wishes.
    Fault
        No way leads to the destination, or departures filled up again and again.
    """
    trade = open_trade(request, at=at)
    stage = trade_stage(trade, request)
    if not walk(stage, GATHERING, until=until, progress=progress):
        return trade
    shipping = stage_of(ship_alone(trade, at=stage.clock))
    if not walk(shipping, SHIPPING, until=until, progress=progress):
        return trade
    stage.clock = max(stage.clock, shipping.clock)
    walk(stage, OBSERVING, until=until, progress=progress)
    return trade


def walk(
    stage: Stage | ShippingStage,
    names: Sequence[str],
    *,
    until: str | None = None,
    progress: Progress | None = None,
) -> bool:
    """Do the named steps that are not done; False where ``until`` ended the walk.

    The stage gathers the facts of each step, and its clock goes along.
    """
    for name in names:
        done: Mark | None = stage.mark(name)
        seconds = 0.0
        if done is None:
            done, seconds = _do(name, stage)
        stage.facts[name], stage.clock = done.facts, done.at
        if progress:
            progress(name, seconds)
        if name == until:
            return False
    return True


def _do(name: str, stage: Stage | ShippingStage) -> tuple[Mark, float]:
    started = time.perf_counter()
    for left in reversed(range(_TRIES)):
        try:
            return _once(name, stage, started), time.perf_counter() - started
        except _OVERTAKEN as overtaken:
            if not left:
                raise Fault(" ".join(stage.subject), f"step {name}: {overtaken}") from overtaken
    raise AssertionError("unreachable")


def _once(name: str, stage: Stage | ShippingStage, started: float) -> Mark:
    step: ModuleType = import_module(f"bolanggu.trade.steps.{name}")
    prepared = step.prepare(stage)
    kind, number = stage.subject

    @transaction.atomic
    def act() -> Mark:
        stage.hold()
        done: Mark | None = stage.mark(name)
        if done is not None:
            return done
        with outbox.gathered():
            at, facts = step.act(stage, prepared)
            outbox.write(kind=f"{kind}.{name}", subject=number, at=at, by=WORLD)
        return stage.write(
            name=name,
            at=at,
            facts={**facts, "at": at.isoformat()},
            milliseconds=(time.perf_counter() - started) * 1000,
        )

    return again(act)
