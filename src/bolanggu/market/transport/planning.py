"""Planning (运输规划): the Pareto set of journeys from Yiwu to a destination, by arrival, cost and CO2e."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zlib import crc32

import numpy as np

from bolanggu.engines.routing import journeys as found
from bolanggu.engines.routing.carbon import Line, Sheet, emit
from bolanggu.engines.routing.cells import EPOCH, MINUTE, moment
from bolanggu.engines.routing.network import Departures, Network, Node, Roads, Service, ints
from bolanggu.engines.routing.search import Router
from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.connections import Connection, origin
from bolanggu.market.transport.gateways import connect
from bolanggu.market.transport.itinerary import Journey, Leg, Stage
from bolanggu.market.transport.places import SEA_SCENARIOS, Place, find
from bolanggu.market.transport.registry import factors, version
from bolanggu.market.transport.sea_lanes import way
from bolanggu.values.fault import Fault
from bolanggu.values.money import Money

SCENARIOS = SEA_SCENARIOS
WEEK = 7 * 1440


def plan(
    to: str,
    ready_at: datetime,
    *,
    scenario: str = "suez",
    closed: frozenset[str] = frozenset(),
    teu: float = 1.0,
    left: Mapping[tuple[str, datetime], float] | None = None,
) -> tuple[Journey, ...]:
    """Find all non-dominated journeys from Yiwu, over departures generated from stated or assumed frequencies.

    Parameters
    ----------
    to
        UN/LOCODE of a seaport or rail terminal, IATA code of an airport, or country + IATA code.
    ready_at
        When the cargo is ready at Yiwu, with a time zone.
    scenario
        ``suez``; ``cape``, ``horn`` or ``capes`` when the Suez Canal, the Panama Canal or both are closed.
    closed
        Border crossings and services that are shut, such as ``ALASHANKOU`` or ``YXO-MAD``.
    teu
        Space that every departure must have.
    left
        TEU left on departures, by service and time, where they are known; the others have the assumed space.

    Returns
    -------
    tuple of Journey
        By arrival; empty where nothing leads there within the assumed horizon. Yiwu itself is one journey without legs.

    Raises
    ------
    UnknownPlace
        No such code; the nearest are named.
    Fault
        An unknown scenario, or a time without a zone.
    """
    if scenario not in SCENARIOS:
        raise Fault("--scenario", f'"{scenario}" is not known; write one of {", ".join(SCENARIOS)}')
    if ready_at.tzinfo is None:
        raise Fault("ready_at", f"{ready_at.isoformat()} has no time zone; give one, such as +00:00")
    place = find(to)
    ready = -((EPOCH - ready_at) // MINUTE)
    network, table = _network(place, scenario, closed, ready // WEEK, version())
    router = Router(_with_space(network, left or {}), teu)
    horizon = assumed("horizon_days") * 1440
    answers = router.search(origin().code, place.code, ready, horizon=horizon)
    return tuple(_journey(place, ready_at, scenario, table, network, answer) for answer in answers)


def _with_space(network: Network, left: Mapping[tuple[str, datetime], float]) -> Network:
    """The network with the space that is left where it is known."""
    if not left:
        return network
    rows, names = network.departures, [service.id for service in network.services]
    known = {(service, (when - EPOCH) // MINUTE): teu for (service, when), teu in left.items()}
    runs = zip(rows.service.tolist(), rows.depart.tolist(), rows.capacity.tolist(), strict=True)
    capacity = np.array([known.get((names[service], depart), space) for service, depart, space in runs])
    return replace(network, departures=replace(rows, capacity=capacity))


Lines = dict[tuple[str, int, int], Connection]


@lru_cache(maxsize=64)
def _network(
    place: Place,
    scenario: str,
    closed: frozenset[str],
    week: int,
    changed: int,  # noqa: ARG001 -- other factors
) -> tuple[Network, Lines]:
    """The small network of one destination, and its connections by service id (or road) and ends."""
    linked = connect(place, scenario, closed)
    stages = {stop.code: stop for one in linked for stop in (one.origin, one.destination)}
    stages |= {origin().code: origin(), place.code: stages.get(place.code, _here(place))}
    nodes = tuple(Node(stop.code, stop.name, stop.position.lat, stop.position.lon) for stop in stages.values())
    index = {node.code: number for number, node in enumerate(nodes)}
    scheduled, roads = [one for one in linked if one.per_week], [one for one in linked if not one.per_week]
    table = {(one.id, index[one.origin.code], index[one.destination.code]): one for one in linked}
    services = tuple(Service(one.id, one.mode) for one in scheduled)
    return Network(nodes, services, _departures(scheduled, index, week), _roads(roads, index), index), table


def _here(place: Place) -> Stage:
    return Stage(place.code, place.name, place.position)


def _departures(scheduled: list[Connection], index: dict[str, int], week: int) -> Departures:
    """Spread each line's departures evenly over the week, from a start of its own that depends on its id alone."""
    weeks = assumed("horizon_days") // 7 + 2
    rows: list[tuple[int, int]] = []
    for service, line in enumerate(scheduled):
        first = crc32(line.id.encode()) % (WEEK // 60) * 60
        base = week * WEEK + first
        rows += [(service, base + number * WEEK // line.per_week) for number in range(weeks * line.per_week)]
    columns = [(scheduled[service], depart) for service, depart in rows]
    return Departures(
        service=ints([service for service, _ in rows]),
        origin=ints([index[line.origin.code] for line, _ in columns]),
        destination=ints([index[line.destination.code] for line, _ in columns]),
        depart=ints([depart for _, depart in columns]),
        arrive=ints([depart + line.minutes for line, depart in columns]),
        cutoff=ints([line.cutoff for line, _ in columns]),
        cost=ints([line.cost for line, _ in columns]),
        co2e=ints([line.carbon.grams or 0 for line, _ in columns]),
        capacity=np.array([assumed("space")[line.mode]["value"] for line, _ in columns], dtype=np.float64),
        run=np.arange(len(rows), dtype=np.int64),
        run_names=("",) * len(rows),
    )


def _roads(roads: list[Connection], index: dict[str, int]) -> Roads:
    return Roads(
        ints([index[road.origin.code] for road in roads]),
        ints([index[road.destination.code] for road in roads]),
        ints([road.minutes for road in roads]),
        ints([road.cost for road in roads]),
        ints([road.carbon.grams or 0 for road in roads]),
    )


def _journey(
    place: Place, ready: datetime, scenario: str, table: Lines, network: Network, answer: found.Journey
) -> Journey:
    pairs = [(leg, table[_service(network, leg), leg.origin, leg.destination]) for leg in answer.legs]
    currency = assumed("currency")
    legs = tuple(
        Leg(
            line.mode,
            line.origin,
            line.destination,
            moment(leg.depart),
            moment(leg.cutoff),
            moment(leg.arrive),
            line.km,
            line.id if leg.service is not None else "",
            Money(currency, leg.cost),
            leg.co2e,
            line.basis,
            way(line.origin.code, line.destination.code, scenario) if line.mode == "sea" else (),
        )
        for leg, line in pairs
    )
    sheet = Sheet((*(line.carbon for _, line in pairs), *(_hub(line.destination) for _, line in pairs[:-1])))
    arrive = max(ready, moment(answer.arrive))
    return Journey(place.code, ready, arrive, Money(currency, answer.cost), answer.co2e, legs, scenario, sheet)


def _hub(at: Stage) -> Line:
    """A transhipment: its CO2e belongs to the chain, and no factor for it is known."""
    tonnes = Decimal(assumed("tonnes_per_teu"))
    return emit(f"hub {at.code}", factors()["hub"], teu=Decimal(1), tonnes=tonnes, km=Decimal(0))


def _service(network: Network, leg: found.Leg) -> str:
    return "road" if leg.service is None else network.services[leg.service].id
