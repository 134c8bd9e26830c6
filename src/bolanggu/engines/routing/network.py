"""Network (路网): places, services, dated departures and road legs as flat arrays of exact integers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """A place. ``lat`` and ``lon`` are WGS 84 degrees, or None where the position is not known."""

    code: str
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A line that somebody runs: ``mode`` is sea, rail, air, barge, road or another word."""

    id: str
    mode: str
    carrier: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """Rows of the timetable, one array a column, ordered by run and within a run by travel.

    ``origin``, ``destination`` and ``service`` are indices; ``depart`` and ``arrive`` minutes since
    1970-01-01T00:00Z; ``cutoff`` minutes before departure; ``cost`` hundredths per TEU; ``co2e`` grams
    per TEU; ``capacity`` free TEU; ``run`` numbers the runs 0, 1, 2 …
    """

    service: Ints
    origin: Ints
    destination: Ints
    depart: Ints
    arrive: Ints
    cutoff: Ints
    cost: Ints
    co2e: Ints
    capacity: Floats
    run: Ints
    run_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Directed road legs, open at any minute: ``duration`` in minutes, cost and co2e as in `Departures`."""

    origin: Ints
    destination: Ints
    duration: Ints
    cost: Ints
    co2e: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Everything a search needs."""

    nodes: tuple[Node, ...]
    services: tuple[Service, ...]
    departures: Departures
    roads: Roads
    index: dict[str, int]


def ints(values: list[int]) -> Ints:
    """A list of whole numbers as a 64-bit array."""
    return np.array(values, dtype=np.int64)
