"""The process: twelve steps, each done once, each in one transaction with its mark.

A step first prepares (reads and computes, holding no lock), then acts. A process that dies anywhere leaves whole
steps behind; the same command goes on with the first step that has no mark.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import Any

from django.db import transaction

from bolanggu.platform import outbox
from bolanggu.platform.again import again
from bolanggu.trade.models import StepDone, Trade
from bolanggu.trade.opening import open_trade
from bolanggu.trade.request import TradeRequest
from bolanggu.trade.world.cast import Cast, cast_for

#: The steps in order; each is a module of `bolanggu.trade.steps` with ``prepare`` and ``act``.
STEPS = (
    "read",
    "match",
    "quote",
    "order",
    "deposit",
    "receive",
    "book",
    "load",
    "declare",
    "depart",
    "follow",
    "observe",
)


@dataclass(slots=True)
class Stage:
    """What a step works with: the trade, its people, the request, and the facts of the steps before it."""

    trade: Trade
    cast: Cast
    request: TradeRequest
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    clock: datetime = field(kw_only=True)


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
    """
    trade = open_trade(request, at=at)
    stage = Stage(trade, cast_for(trade), request, clock=trade.stated_at)
    for name in STEPS:
        done = trade.steps.filter(name=name).first()
        seconds = 0.0
        if done is None:
            done, seconds = _do(name, stage)
        stage.facts[name], stage.clock = done.facts, done.at
        if progress:
            progress(name, seconds)
        if name == until:
            break
    return trade


def _do(name: str, stage: Stage) -> tuple[StepDone, float]:
    step: ModuleType = import_module(f"bolanggu.trade.steps.{name}")
    started = time.perf_counter()
    prepared = step.prepare(stage)

    @transaction.atomic
    def act() -> StepDone:
        Trade.objects.select_for_update().get(pk=stage.trade.pk)
        done = stage.trade.steps.filter(name=name).first()
        if done is not None:
            return done
        at, facts = step.act(stage, prepared)
        outbox.write(kind=f"trade.{name}", subject=stage.trade.number, at=at, by=stage.cast.world)
        return StepDone.objects.create(
            trade=stage.trade,
            name=name,
            at=at,
            facts={**facts, "at": at.isoformat()},
            milliseconds=(time.perf_counter() - started) * 1000,
        )

    return again(act), time.perf_counter() - started
