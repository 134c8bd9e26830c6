"""Named journeys (点名方案): "why not that way" — a journey a user names, checked rule by rule and against the set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bolanggu.engines.routing.cells import stamp
from bolanggu.engines.routing.journeys import Journey, Leg
from bolanggu.engines.routing.network import Network
from bolanggu.engines.routing.search import HORIZON, Router


@dataclass(frozen=True, slots=True)
class NamedLeg:
    """A leg as named: places by code; a road leg has no ``service``.

    Of a service's runs ``run`` (its name) or ``depart`` (minutes since 1970) picks one; without them the first that can
    still be boarded is meant. Of several roads the fastest, then cheapest, or the one with this ``cost`` in
    hundredths and ``co2e`` in grams.
    """

    origin: str
    destination: str
    service: str | None = None
    run: str = ""
    depart: int | None = None
    cost: int | None = None
    co2e: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a journey is in the set or not.

    ``kept``: it is one of the set. ``equal``: another journey with the same figures stands for it. ``beaten``: each
    journey of ``by`` is nowhere worse and somewhere better. ``impossible``: it breaks a rule, told in ``why``.
    """

    verdict: Literal["kept", "equal", "beaten", "impossible"]
    why: str
    journey: Journey | None = None
    by: tuple[Journey, ...] = ()


class Impossible(ValueError):
    """A leg cannot follow as named; the message tells the rule and by how much it is missed."""

    code = "impossible"


def why_not(
    router: Router, origin: str, destination: str, ready: int, legs: Sequence[NamedLeg], *, horizon: int = HORIZON
) -> Answer:
    """Say why a named journey is, or is not, among the answers of `Router.search`.

    Parameters
    ----------
    origin, destination, ready, horizon
        As for `Router.search`.
    legs
        The journey in order of travel.

    Examples
    --------
    >>> from bolanggu.engines.routing.sample import two_ports
    >>> answer = why_not(Router(two_ports()), "NGB", "RTM", 600, [NamedLeg("NGB", "RTM", "AIR", depart=1000)])
    >>> answer.why
    'leg 1: AIR from NGB closes 1970-01-01T08:40Z, the cargo is there 1970-01-01T10:00Z, 80 minutes late'
    """
    try:
        journey = follow(router.network, origin, destination, ready, legs, teu=router.teu)
    except Impossible as error:
        return Answer("impossible", str(error))
    if journey.arrive > ready + horizon:
        late = f"it arrives {stamp(journey.arrive)}, after {stamp(ready + horizon)}, the last minute that counts"
        return Answer("impossible", late, journey)
    return place(journey, router.search(origin, destination, ready, horizon=horizon))


def place(journey: Journey, found: Sequence[Journey]) -> Answer:
    """Compare a possible journey with the set."""
    if any(other.legs == journey.legs for other in found):
        return Answer("kept", "it is in the set", journey)
    same = tuple(other for other in found if _figures(other) == _figures(journey))
    if same:
        return Answer("equal", "a journey with the same figures stands for it", journey, same)
    by = tuple(other for other in found if all(a <= b for a, b in zip(_figures(other), _figures(journey), strict=True)))
    told = "; ".join(_better(other, journey) for other in by)
    return Answer("beaten", f"nowhere worse and better: {told}", journey, by)


def follow(
    network: Network, origin: str, destination: str, ready: int, named: Sequence[NamedLeg], *, teu: float = 1.0
) -> Journey:
    """The journey with its times and figures.

    Raises
    ------
    Impossible
        The first rule that a leg breaks.
    """
    at, time = origin, ready
    legs: list[Leg] = []
    for number, wanted in enumerate(named, 1):
        if wanted.origin != at:
            raise Impossible(f"leg {number} starts at {wanted.origin}, the cargo is at {at}")
        if wanted.service is None and legs and legs[-1].kind == "road":
            raise Impossible(f"leg {number}: a road leg never follows a road leg")
        try:
            leg = _drive(network, wanted, time) if wanted.service is None else _ride(network, wanted, time, teu)
        except Impossible as error:
            raise Impossible(f"leg {number}: {error}") from None
        legs.append(leg)
        at, time = wanted.destination, leg.arrive
    if at != destination:
        raise Impossible(f"the journey ends at {at}, not at {destination}")
    return Journey(time, sum(leg.cost for leg in legs), sum(leg.co2e for leg in legs), tuple(legs))


def _drive(network: Network, wanted: NamedLeg, time: int) -> Leg:
    roads, ends = network.roads, _ends(network, wanted)
    rows = np.flatnonzero((roads.origin == ends[0]) & (roads.destination == ends[1])).tolist()
    rows = [row for row in rows if wanted.cost in {None, int(roads.cost[row])}]
    rows = [row for row in rows if wanted.co2e in {None, int(roads.co2e[row])}]
    if not rows:
        raise Impossible(f"no road leads from {wanted.origin} to {wanted.destination}")
    row = min(rows, key=lambda row: (roads.duration[row], roads.cost[row], roads.co2e[row]))
    arrive = time + int(roads.duration[row])
    return Leg("road", *ends, time, arrive, int(roads.cost[row]), int(roads.co2e[row]), time)


def _ride(network: Network, wanted: NamedLeg, time: int, teu: float) -> Leg:
    rows, ends = network.departures, _ends(network, wanted)
    service = next((i for i, each in enumerate(network.services) if each.id == wanted.service), None)
    if service is None:
        raise Impossible(f"no service {wanted.service}")
    starts = np.flatnonzero((rows.service == service) & (rows.origin == ends[0])).tolist()
    starts = [row for row in starts if _picked(network, wanted, row)]
    rides = [(row, end) for row in starts if (end := _end(network, row, ends[1])) is not None]
    if not rides:
        which = wanted.run or (stamp(wanted.depart) if wanted.depart is not None else "")
        line = f"{wanted.service} goes from {wanted.origin} to {wanted.destination}"
        raise Impossible(f"no run{which and ' '}{which} of {line}")
    rides.sort(key=lambda ride: int(rows.depart[ride[0]] - rows.cutoff[ride[0]]))
    timely = [ride for ride in rides if time <= rows.depart[ride[0]] - rows.cutoff[ride[0]]]
    start, end = timely[0] if timely else rides[-1]
    closes = int(rows.depart[start] - rows.cutoff[start])
    if time > closes:
        late = f"{stamp(closes)}, the cargo is there {stamp(time)}, {time - closes} minutes late"
        raise Impossible(f"{wanted.service} from {wanted.origin} closes {late}")
    for row in range(start, end + 1):
        if rows.capacity[row] < teu:
            full = f"{network.nodes[rows.origin[row]].code} has {rows.capacity[row]:g} TEU free"
            raise Impossible(f"{wanted.service} from {full}, {teu:g} are asked for")
    ride = slice(start, end + 1)
    sums = int(rows.cost[ride].sum()), int(rows.co2e[ride].sum())
    times = int(rows.depart[start]), int(rows.arrive[end])
    return Leg("service", *ends, *times, *sums, closes, service, rows.run_names[int(rows.run[start])])


def _picked(network: Network, wanted: NamedLeg, row: int) -> bool:
    rows = network.departures
    by_name = not wanted.run or rows.run_names[int(rows.run[row])] == wanted.run
    return by_name and (wanted.depart is None or int(rows.depart[row]) == wanted.depart)


def _end(network: Network, row: int, destination: int) -> int | None:
    """The first row of the run, from ``row`` on, that ends at the destination."""
    rows, run = network.departures, int(network.departures.run[row])
    while row < len(rows.run) and rows.run[row] == run:
        if rows.destination[row] == destination:
            return row
        row += 1
    return None


def _ends(network: Network, wanted: NamedLeg) -> tuple[int, int]:
    for code in (wanted.origin, wanted.destination):
        if code not in network.index:
            raise Impossible(f"{code} is no place of the network")
    return network.index[wanted.origin], network.index[wanted.destination]


def _figures(journey: Journey) -> tuple[int, int, int]:
    return journey.arrive, journey.cost, journey.co2e


def _better(other: Journey, journey: Journey) -> str:
    less = (journey.arrive - other.arrive, journey.cost - other.cost, journey.co2e - other.co2e)
    told = (f"{less[0]} minutes earlier", f"{less[1] / 100:.2f} cheaper", f"{less[2]} g CO2e less")
    gains = ", ".join(text for text, much in zip(told, less, strict=True) if much)
    return f"the one of {stamp(other.arrive)}, {gains}"
