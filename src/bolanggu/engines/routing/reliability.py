"""Reliability (可靠性): how likely a journey keeps to its plan, and when it is there with nine chances in ten.

Lateness of a leg is drawn from what its service did before. It is lost at a boarding that is still made, for a
service leaves on time for its cargo; a boarding that is missed breaks the plan. Road legs hand lateness on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from bolanggu.engines.routing.journeys import Journey, Leg
from bolanggu.engines.routing.network import Floats, Network
from bolanggu.engines.routing.search import HORIZON, Router

#: Width of a class of lateness, minutes; class 0 is on time or early.
STEP = 30
#: Slack at transhipments, minutes, with which the network is searched again: none to four days.
BUFFERS = (0, 1440, 2880, 5760)

Histogram: TypeAlias = Floats


@dataclass(frozen=True, slots=True)
class Reliable:
    """A journey with the chance that all its boardings are made, and its arrival, in minutes, at P50 and P90."""

    journey: Journey
    chance: float
    arrive_p50: int
    arrive_p90: int


@dataclass(frozen=True, slots=True)
class Delays:
    """Histograms of lateness by service id; ``other`` for services not named, ``road`` for road legs."""

    by_service: Mapping[str, Histogram]
    other: Histogram
    road: Histogram

    def of(self, network: Network, leg: Leg) -> Histogram:
        """The histogram of one leg."""
        if leg.service is None:
            return self.road
        return self.by_service.get(network.services[leg.service].id, self.other)


def histogram(minutes: Sequence[float], counts: Sequence[float] | None = None) -> Histogram:
    """Shares of classes of STEP minutes, from delays in minutes (early ones count as on time).

    >>> histogram([-20, 0, 31, 59]).tolist()
    [0.5, 0.0, 0.5]
    """
    classes = np.ceil(np.maximum(np.asarray(minutes, dtype=np.float64), 0) / STEP).astype(np.int64)
    shares = np.bincount(classes, weights=counts).astype(np.float64)
    return np.asarray(shares / shares.sum(), dtype=np.float64)


ON_TIME = histogram([0])


def judge(network: Network, journey: Journey, delays: Delays) -> Reliable:
    """Chance and arrival of one journey."""
    chance, late, ready = 1.0, ON_TIME, journey.legs[0].cutoff if journey.legs else journey.arrive
    for leg in journey.legs:
        if leg.kind == "service":
            spare = (leg.cutoff - ready) // STEP
            chance *= float(late[: spare + 1].sum())
            late = ON_TIME
        late = np.convolve(late, delays.of(network, leg))
        ready = leg.arrive
    return Reliable(journey, min(1.0, chance), *(journey.arrive + _quantile(late, share) for share in (0.5, 0.9)))


class ReliableRouter:
    """Searches with reliability as the fourth criterion.

    Journeys that wait longer at transhipments are beaten in the three criteria and never seen by a plain search; they
    are found by searches in which every arrival is ready only after a buffer. Of all found, those stay that none
    beats in arrival, cost, CO2e and chance. Exact among the journeys of the buffers' sets, not among all.

    Parameters
    ----------
    network, teu
        As for `Router`.
    delays
        What the services did before.
    """

    def __init__(self, network: Network, delays: Delays, teu: float = 1.0) -> None:
        self.network, self.delays = network, delays
        self._routers = [(buffer, Router(_slower(network, buffer), teu)) for buffer in BUFFERS]

    def search(self, origin: str, destination: str, ready: int, *, horizon: int = HORIZON) -> list[Reliable]:
        """Journeys by arrival, cost, CO2e, that are not beaten in four criteria."""
        found: dict[tuple[Leg, ...], Reliable] = {}
        for buffer, router in self._routers:
            for slow in router.search(origin, destination, ready, horizon=horizon + buffer):
                journey = _in_time(slow, buffer)
                if journey.arrive <= ready + horizon:
                    found.setdefault(journey.legs, judge(self.network, journey, self.delays))
        return unbeaten(list(found.values()))


def unbeaten(found: Sequence[Reliable]) -> list[Reliable]:
    """Those that no other is nowhere worse and somewhere better than; of equals one."""
    by_figures = {_figures(each): each for each in reversed(found)}
    points = np.array(list(by_figures), dtype=np.float64).reshape(-1, 4)
    kept = [
        each
        for point, each in zip(points, by_figures.values(), strict=True)
        if not ((points <= point).all(axis=1) & (points < point).any(axis=1)).any()
    ]
    return sorted(kept, key=_figures)


def _figures(each: Reliable) -> tuple[int, int, int, float]:
    return each.journey.arrive, each.journey.cost, each.journey.co2e, -round(each.chance, 6)


def _slower(network: Network, buffer: int) -> Network:
    return replace(network, departures=replace(network.departures, arrive=network.departures.arrive + buffer))


def _in_time(journey: Journey, buffer: int) -> Journey:
    """The journey without the buffer, which every time after the first ride carries."""
    legs: list[Leg] = []
    shift = 0
    for leg in journey.legs:
        if leg.kind == "service":
            shift = buffer
            legs.append(replace(leg, arrive=leg.arrive - shift))
        else:
            legs.append(replace(leg, depart=leg.depart - shift, arrive=leg.arrive - shift, cutoff=leg.cutoff - shift))
    return replace(journey, arrive=journey.arrive - shift, legs=tuple(legs))


def _quantile(late: Histogram, share: float) -> int:
    return int(np.searchsorted(np.cumsum(late), share - 1e-12)) * STEP
