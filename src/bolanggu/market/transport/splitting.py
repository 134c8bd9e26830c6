"""Splitting (拆分订舱): cargo larger than any departure has, spread over several, by the cheapest ways or the earliest.

Each part is a journey with the space it takes. Parts are taken one after the other: what is left on the departures
of one part is known when the next is planned, so no space is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.planning import plan

#: A part is no smaller than this, in TEU, unless nothing more is left.
LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the cargo: its journey and TEU."""

    journey: Journey
    teu: float


class NotEnoughSpace(ValueError):
    """All departures of the coming months together have too little space."""

    code = "not_enough_space"


def by_cost(journey: Journey) -> Any:
    """The cheapest first; by air only where nothing else leads."""
    return journey.by_air, journey.cost.minor, journey.arrive


def by_arrival(journey: Journey) -> Any:
    """The earliest first."""
    return journey.arrive, journey.cost.minor


def split_over(
    to: str,
    ready_at: datetime,
    teu: float,
    *,
    left: Mapping[tuple[str, datetime], float] | None = None,
    rank: Callable[[Journey], Any] = by_cost,
    most: int = 200,
    **options: Any,
) -> tuple[Part, ...]:
    """Spread cargo over departures; one part where one departure has room for all of it.

    Parameters
    ----------
    to, ready_at, left
        As for `planning.plan`; ``options`` are its scenario and closures.
    teu
        The whole cargo.
    rank
        Which journey is taken first, such as `by_cost` or `by_arrival`.
    most
        Parts at most.

    Raises
    ------
    NotEnoughSpace
        What is left finds no departure; the message tells how much was placed.
    """
    known, parts, rest = dict(left or {}), list[Part](), teu
    while rest > 1e-9 and len(parts) < most:
        journeys = _ways(to, ready_at, rest, known, options) or _ways(to, ready_at, min(LEAST, rest), known, options)
        if not journeys:
            break
        journey = min(journeys, key=rank)
        taken = min([rest, *(_room(leg.service, leg.depart, leg.mode, known) for leg in journey.legs if leg.service)])
        parts.append(Part(journey, taken))
        rest -= taken
        for leg in journey.legs:
            if leg.service:
                known[leg.service, leg.depart] = _room(leg.service, leg.depart, leg.mode, known) - taken
    if rest > 1e-9:
        raise NotEnoughSpace(
            f"{teu - rest:g} of {teu:g} TEU find departures to {to} in the coming months, {rest:g} do not; "
            "send less at once or later"
        )
    return merged(parts)


def merged(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts of one and the same journey as one, in order of arrival."""
    teu: dict[Journey, float] = {}
    for part in parts:
        teu[part.journey] = teu.get(part.journey, 0.0) + part.teu
    return tuple(Part(journey, amount) for journey, amount in sorted(teu.items(), key=lambda pair: pair[0].arrive))


def _ways(
    to: str, ready_at: datetime, teu: float, known: Mapping[tuple[str, datetime], float], options: Mapping[str, Any]
) -> list[Journey]:
    return [way for way in plan(to, ready_at, teu=teu, left=known, **options) if way.legs]


def _room(service: str, depart: datetime, mode: str, known: Mapping[tuple[str, datetime], float]) -> float:
    return known.get((service, depart), float(assumed("space")[mode]["value"]))
