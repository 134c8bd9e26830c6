"""Pace (时间过半、任务过半): the share of a target that is done against the share of its time that is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bolanggu.blueprint.time_periods import elapsed, last_day, span

#: natures that are read as they are: nothing adds up towards the target
_READ_AS_THEY_ARE = frozenset({"rate", "share", "rank"})


class State(StrEnum):
    """How a target stands. What has no number is never anything but not assessable."""

    NOT_ASSESSABLE = "not assessable"
    MET = "met"
    ON_PACE = "on pace"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as numbers: value at the end of ``by``, from ``base_value`` at the end of ``base_period``.

    ``nature`` is the indicator's (flow, stock, rate, share, rank), None where no indicator is named; ``direction`` +1
    if more is better. ``value`` None: a direction without a number.
    """

    by: str
    value: float | None = None
    nature: str | None = None
    direction: int = 1
    base_value: float | None = None
    base_period: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An observed value: its period and bound (exact, lower, upper, approx)."""

    period: str
    value: float
    bound: str = "exact"


@dataclass(frozen=True, slots=True)
class Pace:
    """The standing of a target.

    ``done`` and ``gone`` are shares (1 is all), ``expected`` the share that the straight path (for a stock that grows,
    the geometric one) asks for at the day of the observation; ``at_least`` says that the observation is a lower bound.
    """

    state: State
    done: float | None = None
    gone: float | None = None
    expected: float | None = None
    at_least: bool = False
    value: float | None = None
    period: str = ""
    why: str = ""


def pace(aim: Aim, seen: list[Seen]) -> Pace:
    """Judge a target by the latest usable observation.

    >>> half = pace(Aim("2025", 250.0, "flow"), [Seen("2025-H1", 126.1)])
    >>> half.state.value, round(half.done, 3), round(half.gone, 3)
    ('on pace', 0.504, 0.496)
    >>> pace(Aim("2027"), []).state.value
    'not assessable'
    """
    if aim.value is None:
        return Pace(State.NOT_ASSESSABLE, why="the target has no number")
    if aim.nature is None:
        return Pace(State.NOT_ASSESSABLE, why="no indicator is named for the target")
    if aim.nature == "flow" and (not aim.base_period or _same_year(aim)):
        return _within_a_year(aim, aim.value, seen)
    latest = _latest(aim, seen)
    if latest is None:
        return Pace(State.NOT_ASSESSABLE, why="no value has been observed since the base")
    if aim.nature in _READ_AS_THEY_ARE:
        return _as_it_is(aim, aim.value, latest)
    return _along_the_path(aim, aim.value, latest)


def _same_year(aim: Aim) -> bool:
    return span(aim.base_period).start.year == span(aim.by).start.year


def _latest(aim: Aim, seen: list[Seen]) -> Seen | None:
    """The observation that ends last, within the target's time; a flow counts only with a whole year."""
    due = last_day(aim.by)
    since = last_day(aim.base_period) if aim.base_period else date.min
    usable = [one for one in seen if one.period and since < last_day(one.period) <= due]
    if aim.nature == "flow":
        usable = [one for one in usable if len(one.period) == len("2025")]
    return max(usable, key=lambda one: last_day(one.period), default=None)


def _within_a_year(aim: Aim, value: float, seen: list[Seen]) -> Pace:
    """A flow adds up from the first day of the target's period: half the time gone, half the task done."""
    due = span(aim.by)
    so_far = [
        one
        for one in seen
        if one.period and span(one.period).start == due.start and last_day(one.period) <= last_day(aim.by)
    ]
    if not so_far:
        return Pace(State.NOT_ASSESSABLE, why=f"nothing has been observed from the start of {aim.by}")
    if value == 0:
        return Pace(State.NOT_ASSESSABLE, why="the target is zero; no share of it can be done")
    latest = max(so_far, key=lambda one: last_day(one.period))
    gone = elapsed(due.start - timedelta(days=1), last_day(aim.by), last_day(latest.period))
    return _judged(aim, value, latest, latest.value / value, gone, gone)


def _along_the_path(aim: Aim, value: float, latest: Seen) -> Pace:
    if aim.base_value is None:
        met = _reached(aim, value, latest)
        why = "" if met else "the target has no base value to measure progress from"
        return Pace(State.MET if met else State.NOT_ASSESSABLE, value=latest.value, period=latest.period, why=why)
    if value == aim.base_value:
        return _as_it_is(aim, value, latest)
    done = (latest.value - aim.base_value) / (value - aim.base_value)
    gone = elapsed(last_day(aim.base_period), last_day(aim.by), last_day(latest.period))
    expected = gone
    if aim.base_value > 0 and value > 0:
        here = aim.base_value * (value / aim.base_value) ** gone
        expected = (here - aim.base_value) / (value - aim.base_value)
    return _judged(aim, value, latest, done, gone, expected)


def _judged(aim: Aim, value: float, latest: Seen, done: float, gone: float, expected: float) -> Pace:
    state = State.MET if _reached(aim, value, latest) else State.ON_PACE if done >= expected else State.BEHIND
    at_least = latest.bound == "lower"
    if state is State.BEHIND and at_least:
        return Pace(
            State.NOT_ASSESSABLE,
            done,
            gone,
            expected,
            at_least,
            latest.value,
            latest.period,
            "only a lower bound is known",
        )
    return Pace(state, done, gone, expected, at_least, latest.value, latest.period)


def _as_it_is(aim: Aim, value: float, latest: Seen) -> Pace:
    """A rate, share or rank does not add up: it is at the target or it is not."""
    state = State.MET if _reached(aim, value, latest) else State.BEHIND
    if state is State.BEHIND and latest.bound == "lower" and aim.direction > 0:
        why = "only a lower bound is known"
        return Pace(State.NOT_ASSESSABLE, at_least=True, value=latest.value, period=latest.period, why=why)
    return Pace(state, at_least=latest.bound == "lower", value=latest.value, period=latest.period)


def _reached(aim: Aim, value: float, latest: Seen) -> bool:
    """True if the value is at or beyond the target; a bound on the wrong side proves nothing."""
    if latest.bound == ("upper" if aim.direction > 0 else "lower"):
        return False
    return latest.value >= value if aim.direction > 0 else latest.value <= value
