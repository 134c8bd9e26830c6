"""The workflow (流程): which state follows which, who moves it on, and the clock that runs until then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.market.customs.planning import BEIJING


class WrongState(ValueError):
    """A declaration is not in the state that the act needs."""

    code = "wrong_state"


class TimeRunsBackwards(ValueError):
    """A step is dated before the one that it follows."""

    code = "time_runs_backwards"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time allowed from one step to the next, with the text that sets it.

    ``hours`` run from the step itself; ``months`` end with the month that comes so many months after ``since``.
    """

    hours: int | None
    months: int | None
    since: str | None
    source: str
    article: str
    status: str


@dataclass(frozen=True, slots=True)
class State:
    """One state: what may follow it, the role that moves it on, the modes that pass it, and its clock if any."""

    name: str
    zh: str
    next: tuple[str, ...]
    by: str | None
    modes: tuple[str, ...]
    clock: Clock | None
    why_no_clock: str


@cache
def states() -> dict[str, State]:
    """Read the states in their order."""
    table = read_yaml("rules/declaration_workflow.yaml")["states"]
    return {name: _state(name, row) for name, row in table.items()}


def _state(name: str, row: dict[str, Any]) -> State:
    stated = row["clock"]
    clock = stated and Clock(
        stated.get("hours"),
        stated.get("month_end_after"),
        stated.get("since"),
        stated["source"],
        stated["article"],
        stated["status"],
    )
    modes = tuple(row.get("modes", ()))
    return State(name, row["zh"], tuple(row["next"]), row["by"], modes, clock, row.get("why_no_clock", ""))


def must_follow(number: str, state: str, following: str, *, mode: str = "1039") -> None:
    """Refuse a step that skips or reverses the order, or that a declaration's mode does not pass.

    Raises
    ------
    WrongState
        ``following`` may not come after ``state``.
    """
    allowed = [name for name in states()[state].next if not states()[name].modes or mode in states()[name].modes]
    if following not in allowed:
        raise WrongState(f"declaration {number} ({mode}) is {state}; next may come {' or '.join(allowed) or 'nothing'}")


def must_not_run_back(number: str, last: datetime | None, at: datetime) -> None:
    """Refuse a step that is dated before the last one.

    Raises
    ------
    TimeRunsBackwards
        ``at`` lies before ``last``.
    """
    if last is not None and at < last:
        raise TimeRunsBackwards(f"declaration {number} entered its state {last:%Y-%m-%d %H:%M}; {at} is earlier")


def due_at(state: str, at: datetime, *, since: datetime | None = None) -> datetime | None:
    """Tell when the step after ``state`` is due; None where no clock runs.

    Parameters
    ----------
    state
        The state entered.
    at
        When it was entered.
    since
        When the state was entered from which the clock counts, where that is another one.
    """
    clock = states()[state].clock
    if clock is None:
        return None
    start = since if clock.since and since else at
    return start + timedelta(hours=clock.hours) if clock.hours else _month_end(start, clock.months or 0)


def _month_end(at: datetime, months: int) -> datetime:
    local = at.astimezone(BEIJING)
    index = local.year * 12 + local.month - 1 + months + 1
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=BEIJING)


def disorder(steps: Sequence[tuple[str, datetime]]) -> tuple[int, int]:
    """Count steps that skip the order, and times that run backwards, in a walk of (state, time).

    A corrected version begins at ``loaded``; the walk of one version begins at ``filed`` or there.

    >>> from datetime import UTC
    >>> day = [datetime(2026, 5, n, tzinfo=UTC) for n in (1, 2, 3)]
    >>> disorder([("filed", day[0]), ("loaded", day[2]), ("declared", day[1])])
    (1, 1)
    """
    skipped = sum(after not in states()[before].next for (before, _), (after, _) in pairwise(steps))
    return skipped, sum(late < early for (_, early), (_, late) in pairwise(steps))
