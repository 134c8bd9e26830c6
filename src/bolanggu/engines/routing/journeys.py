"""Journeys (行程): what a search answers, as legs that add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bolanggu.engines.routing.network import Ints, Network
from bolanggu.engines.routing.timetable import Timetable
from bolanggu.engines.routing.workspace import ALIGHTED, ARRIVE, BOARDED, CO2E, COST, PARENT, ROAD


@dataclass(frozen=True, slots=True)
class Leg:
    """One ride or one drive: times in minutes since 1970-01-01T00:00Z, cost in hundredths and CO2e in grams per TEU.

    ``service`` is the index of the service and ``run`` the run's name; a road leg has neither. ``cutoff`` is the last
    minute at which the cargo must be there.
    """

    kind: Literal["service", "road"]
    origin: int
    destination: int
    depart: int
    arrive: int
    cost: int
    co2e: int
    cutoff: int
    service: int | None = None
    run: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """One point of the answer: arrival in minutes, cost in hundredths, CO2e in grams per TEU, and its legs."""

    arrive: int
    cost: int
    co2e: int
    legs: tuple[Leg, ...]


def trace(network: Network, table: Timetable, pool: Ints, label: int) -> Journey:
    """Follow the parents of a label back to the start."""
    end = pool[label]
    legs: list[Leg] = []
    while pool[label, PARENT] >= 0:
        parent = int(pool[label, PARENT])
        if pool[label, ROAD] >= 0:
            legs.append(_drive(network, int(pool[label, ROAD]), int(pool[parent, ARRIVE])))
        else:
            legs.append(_ride(network, table, int(pool[label, BOARDED]), int(pool[label, ALIGHTED])))
        label = parent
    return Journey(int(end[ARRIVE]), int(end[COST]), int(end[CO2E]), tuple(reversed(legs)))


def _drive(network: Network, road: int, depart: int) -> Leg:
    roads = network.roads
    ends = int(roads.origin[road]), int(roads.destination[road])
    arrive = depart + int(roads.duration[road])
    return Leg("road", *ends, depart, arrive, int(roads.cost[road]), int(roads.co2e[road]), depart)


def _ride(network: Network, table: Timetable, boarded: int, alighted: int) -> Leg:
    rows, departures = table.rows, network.departures
    source = int(rows.source[boarded])
    return Leg(
        "service",
        int(rows.origin[boarded]),
        int(rows.destination[alighted]),
        int(rows.depart[boarded]),
        int(rows.arrive[alighted]),
        int(rows.cost_sum[alighted] - rows.cost_sum[boarded] + rows.cost[boarded]),
        int(rows.co2e_sum[alighted] - rows.co2e_sum[boarded] + rows.co2e[boarded]),
        int(rows.deadline[boarded]),
        int(departures.service[source]),
        departures.run_names[int(departures.run[source])],
    )
