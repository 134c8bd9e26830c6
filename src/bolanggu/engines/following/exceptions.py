"""Exceptions (异常): late, missed cut-off, dwell, off route — found from a plan and what was seen of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong."""

    LATE = "late"
    MISSED_CUTOFF = "missed_cutoff"
    DWELL = "dwell"
    OFF_ROUTE = "off_route"


@dataclass(frozen=True, slots=True)
class PlannedLeg:
    """One leg of the plan: places by code, and times with a zone."""

    origin: str
    destination: str
    cutoff: datetime
    depart: datetime
    arrive: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """An actual event: ``departed`` or ``arrived`` (or another milestone) at a place and time."""

    milestone: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One exception: which leg (from 1; 0 for a place off the route), since when, and by how many hours."""

    kind: Kind
    leg: int
    place: str
    since: datetime
    hours: float
    told: str


def find(
    plan: Sequence[PlannedLeg],
    seen: Sequence[Seen],
    now: datetime,
    *,
    tolerance: timedelta = timedelta(hours=6),
    dwell: timedelta = timedelta(hours=72),
) -> list[Exceptional]:
    """All exceptions of one thing on its way, as known at ``now``, in order of legs.

    Parameters
    ----------
    tolerance
        How late a departure or arrival may be before it counts.
    dwell
        The longest stay between two legs, beyond the planned one, and at the end of the plan it does not count.

    Examples
    --------
    >>> from datetime import UTC
    >>> day = [datetime(2026, 3, number, tzinfo=UTC) for number in range(1, 12)]
    >>> plan = [PlannedLeg("CNNGB", "ESBCN", day[1], day[2], day[8])]
    >>> [(each.kind.value, each.leg) for each in find(plan, [], day[5])]
    [('missed_cutoff', 1)]
    """
    legs = list(enumerate(plan, 1))
    found = [each for number, leg in legs for each in _of_leg(number, leg, seen, now, tolerance)]
    found += [each for number, leg in legs[1:] for each in _dwelling(number, plan[number - 2], leg, seen, now, dwell)]
    known = {place for leg in plan for place in (leg.origin, leg.destination)}
    first = min((leg.depart for leg in plan), default=now)
    strange = {event.place: event for event in reversed(seen) if event.place not in known and event.at >= first}
    found += [
        Exceptional(Kind.OFF_ROUTE, 0, place, event.at, 0.0, f"seen at {place}, which is not on its way")
        for place, event in sorted(strange.items())
    ]
    return sorted(found, key=lambda each: (each.leg or len(plan) + 1, each.since, each.kind))


def _of_leg(
    number: int, leg: PlannedLeg, seen: Sequence[Seen], now: datetime, tolerance: timedelta
) -> list[Exceptional]:
    there = _first(seen, leg.origin, {"arrived", "gate_in", "received", "loaded"})
    departed = _first(seen, leg.origin, {"departed"})
    arrived = _first(seen, leg.destination, {"arrived", "delivered"})
    found = []
    here = there.at if there else now if departed is None else None
    if here is not None and here > leg.cutoff and (departed is None or departed.at > leg.depart):
        hours = _hours(here - leg.cutoff)
        told = f"not at {leg.origin} by its cut-off, {hours:.0f} h over"
        found.append(Exceptional(Kind.MISSED_CUTOFF, number, leg.origin, leg.cutoff, hours, told))
    late = (arrived.at if arrived else now) - leg.arrive
    if late > tolerance and (departed or arrived):
        told = f"{'arrived' if arrived else 'not yet arrived'} at {leg.destination}, {_hours(late):.0f} h late"
        found.append(Exceptional(Kind.LATE, number, leg.destination, leg.arrive, _hours(late), told))
    return found


def _dwelling(
    number: int, before: PlannedLeg, leg: PlannedLeg, seen: Sequence[Seen], now: datetime, dwell: timedelta
) -> list[Exceptional]:
    arrived = _first(seen, before.destination, {"arrived"})
    departed = _first(seen, leg.origin, {"departed"})
    if arrived is None:
        return []
    over = (departed.at if departed else now) - arrived.at - max(dwell, leg.depart - before.arrive)
    if over <= timedelta(0):
        return []
    told = f"{'stayed' if departed else 'stays'} at {leg.origin} {_hours(over):.0f} h longer than planned"
    return [Exceptional(Kind.DWELL, number, leg.origin, arrived.at, _hours(over), told)]


def _first(seen: Sequence[Seen], place: str, milestones: set[str]) -> Seen | None:
    """The earliest of these events at a place."""
    own = [event for event in seen if event.place == place and event.milestone in milestones]
    return min(own, key=lambda event: event.at, default=None)


def _hours(length: timedelta) -> float:
    return length / timedelta(hours=1)
