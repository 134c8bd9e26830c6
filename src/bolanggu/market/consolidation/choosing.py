"""Choosing what ships now (配货): which waiting lines fill the next boxes, which wait, and why. Pure.

The rule, in its order:

1. A line waits while its buyer asked for a later departure.
2. The pool fills as many whole boxes as it holds, where the last one counts from ``least_fill`` of its room on. The
   lines that waited longest go first; what finds no room waits.
3. A line that would wait longer than ``longest_wait_days`` goes all the same, apart from the full boxes: as groupage,
   or in a small box where that costs less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PoolLine:
    """The waiting cartons of one line: volume in mm³, mass in g, since when, and not before which departure."""

    trade: str
    line: str
    cartons: int
    cubic_mm: int
    grams: int
    since: date
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Room of one box in mm³ and g that a plan may count on, and how long and for how much a line waits."""

    cubic_mm: int
    grams: int
    least_fill: float
    longest_wait_days: int


@dataclass(frozen=True, slots=True)
class Decided:
    """Lines for ``boxes`` full boxes, lines that go apart, lines that wait; each with its reason."""

    boxes: int
    full: tuple[tuple[PoolLine, str], ...]
    apart: tuple[tuple[PoolLine, str], ...]
    wait: tuple[tuple[PoolLine, str], ...]


def choose(lines: Sequence[PoolLine], policy: Policy, *, leaves: date, next_leaves: date) -> Decided:
    """Decide what leaves on ``leaves``; ``next_leaves`` is the departure after it.

    Examples
    --------
    >>> policy = Policy(100, 100, 0.8, 14)
    >>> day = date(2026, 3, 2)
    >>> line = PoolLine("T1", "L1", 3, 90, 10, day)
    >>> made = choose([line], policy, leaves=date(2026, 3, 9), next_leaves=date(2026, 3, 16))
    >>> made.boxes, made.full[0][1]
    (1, 'waits since 2026-03-02; fills 1 box')
    """
    able = [line for line in lines if line.not_before is None or line.not_before <= leaves]
    wait = [(line, _later(line)) for line in lines if line.not_before is not None and line.not_before > leaves]
    able.sort(key=lambda line: (line.since, line.trade, line.line))
    demand = max(sum(line.cubic_mm for line in able) / policy.cubic_mm, sum(line.grams for line in able) / policy.grams)
    boxes = int(demand + 1 - policy.least_fill)
    full, rest = _fill(able, boxes, policy) if boxes else ([], able)
    word = f"fills {boxes} box{'es' if boxes > 1 else ''}"
    apart = []
    for line in rest:
        days = (next_leaves - line.since).days
        if days > policy.longest_wait_days:
            apart.append(
                (line, f"waits since {line.since}, {days} days by the next departure; goes without a full box")
            )
        else:
            wait.append((line, _no_box(boxes, demand, next_leaves)))
    return Decided(
        boxes, tuple((line, f"waits since {line.since}; {word}") for line in full), tuple(apart), tuple(wait)
    )


def _later(line: PoolLine) -> str:
    return f"the buyer asked for no departure before {line.not_before}"


def _no_box(boxes: int, demand: float, next_leaves: date) -> str:
    if boxes:
        return f"{boxes} full box{'es leave' if boxes > 1 else ' leaves'} without it; next departure {next_leaves}"
    return f"the pool holds {demand:.0%} of a box; waits for more until {next_leaves}"


def _fill(lines: Sequence[PoolLine], boxes: int, policy: Policy) -> tuple[list[PoolLine], list[PoolLine]]:
    """Take lines in their order while they fit by volume and mass, and the others."""
    room, mass = boxes * policy.cubic_mm, boxes * policy.grams
    taken, rest = [], []
    for line in lines:
        if line.cubic_mm <= room and line.grams <= mass:
            room, mass = room - line.cubic_mm, mass - line.grams
            taken.append(line)
        else:
            rest.append(line)
    return taken, rest
