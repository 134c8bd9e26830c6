"""Spans (出发时段): the sets for every ready time of a window, each with the time until which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bolanggu.engines.routing.journeys import Journey
from bolanggu.engines.routing.search import HORIZON, Router


@dataclass(frozen=True, slots=True)
class Span:
    """The set of cargo that is ready at ``since``; all its journeys can be made by cargo ready until ``until``."""

    since: int
    until: int
    journeys: tuple[Journey, ...]


def latest_start(journey: Journey) -> int | None:
    """The last minute to be ready and still make the journey; None if it is by road alone and can start at any time."""
    driven = 0
    for leg in journey.legs:
        if leg.kind == "service":
            return leg.cutoff - driven
        driven += leg.arrive - leg.depart
    return None


def search_window(
    router: Router, origin: str, destination: str, first: int, last: int, *, horizon: int = HORIZON
) -> Iterator[Span]:
    """Sets from ``first`` to ``last`` (minutes since 1970): one span after the other, without gaps.

    A later start takes journeys away and adds none, but for what the horizon lets in and drives that shift with the
    start; each set is exact for its ``since``. One search a span, with the bounds of the destination kept.

    Examples
    --------
    >>> from bolanggu.engines.routing.sample import two_ports
    >>> spans = search_window(Router(two_ports()), "NGB", "RTM", 0, 600)
    >>> [(span.since, span.until, len(span.journeys)) for span in spans]
    [(0, 120, 2), (121, 520, 1), (521, 600, 0)]
    """
    since = first
    while since <= last:
        journeys = tuple(router.search(origin, destination, since, horizon=horizon))
        ends = [end for journey in journeys if (end := latest_start(journey)) is not None]
        until = min([last, *ends])
        yield Span(since, until, journeys)
        since = until + 1
