"""Timetable (时刻表): a network made ready for searching at one number of TEU.

Rows that have too little room are gone, and runs are cut where such a row was. Everything here depends on
the network and the TEU alone, so it is kept between searches.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bolanggu.engines.routing.jit import FAR, kernel
from bolanggu.engines.routing.network import Departures, Ints, Network, ints

#: How many earlier runs of a line are asked whether they make a later one needless.
LOOK_BACK = 64


class Rows(NamedTuple):
    """Usable rows in order of departure.

    ``source`` is the row's index in the network; ``part`` numbers the unbroken pieces of runs; ``next`` is the
    index of the row that rides on, or -1; ``cost_sum`` and ``co2e_sum`` are sums from the start of the part
    through the row. A label that was at the origin by ``since`` could board an earlier run of the line that
    is nowhere later or dearer, so it need not board this one.
    """

    source: Ints
    origin: Ints
    destination: Ints
    depart: Ints
    arrive: Ints
    deadline: Ints
    cost: Ints
    co2e: Ints
    part: Ints
    next: Ints
    cost_sum: Ints
    co2e_sum: Ints
    since: Ints


class Boarding(NamedTuple):
    """For each node the rows that leave it, by boarding deadline.

    Node n owns the slots ``start[n]`` to ``start[n + 1] - 1``; ``deadline`` ascends within a node, and the last
    slot of each is a sentinel behind all times. ``slot`` is the place of each row; ``after`` the first slot at
    the row's destination that can still be boarded when the row arrives.
    """

    start: Ints
    deadline: Ints
    slot: Ints
    after: Ints


class Trucks(NamedTuple):
    """Road legs grouped by origin: node n owns ``start[n]`` to ``start[n + 1] - 1``; ``source`` is the row in Roads."""

    start: Ints
    head: Ints
    duration: Ints
    cost: Ints
    co2e: Ints
    source: Ints


class Timetable(NamedTuple):
    """Rows, boarding slots, and the road legs to nodes from which something departs."""

    rows: Rows
    boarding: Boarding
    trucks: Trucks


def prepare(network: Network, teu: float = 1.0) -> Timetable:
    """Make a network ready for searches that ask for ``teu`` free TEU on every row."""
    rows = _rows(network.departures, teu)
    count = len(network.nodes)
    served = np.zeros(count, dtype=bool)
    served[rows.origin] = True
    roads = network.roads
    return Timetable(rows, _boarding(rows, count), group_trucks(network, np.flatnonzero(served[roads.destination])))


def group_trucks(network: Network, chosen: Ints) -> Trucks:
    """The ``chosen`` rows of the network's roads, grouped by origin."""
    roads = network.roads
    order = chosen[np.argsort(roads.origin[chosen], kind="stable")]
    start = np.searchsorted(roads.origin[order], np.arange(len(network.nodes) + 1)).astype(np.int64)
    return Trucks(start, roads.destination[order], roads.duration[order], roads.cost[order], roads.co2e[order], order)


def _rows(departures: Departures, teu: float) -> Rows:
    usable = np.flatnonzero(departures.capacity >= teu)
    run = departures.run[usable]
    broken = np.ones(len(usable), dtype=bool)
    broken[1:] = (run[1:] != run[:-1]) | (np.diff(usable) != 1)
    first = np.flatnonzero(broken)
    part = np.cumsum(broken) - 1
    deadline = departures.depart[usable] - departures.cutoff[usable]
    taken = [column[usable] for column in (departures.origin, departures.destination)]
    taken += [column[usable] for column in (departures.depart, departures.arrive)]
    taken += [deadline, departures.cost[usable], departures.co2e[usable]]
    since = np.full(len(usable), -FAR, dtype=np.int64)
    order, group = _lines(departures.service[usable], taken[0], taken[1], taken[2], first)
    bounds = np.r_[first, len(usable)].astype(np.int64)
    spare_runs(order, group, bounds, taken[3], deadline, taken[5], taken[6], since)
    sums = [np.cumsum(column) for column in taken[5:]]
    sums = [total - (total - column)[first][part] for total, column in zip(sums, taken[5:], strict=True)]
    by_time = np.argsort(taken[2], kind="stable")
    place = np.empty(len(usable), dtype=np.int64)
    place[by_time] = np.arange(len(usable))
    following = np.full(len(usable), -1, dtype=np.int64)
    inner = np.flatnonzero(~broken)
    following[inner - 1] = place[inner]
    columns = (usable, *taken, part, following, *sums, since)
    return Rows(*(np.ascontiguousarray(column[by_time], dtype=np.int64) for column in columns))


def _lines(service: Ints, origin: Ints, destination: Ints, depart: Ints, first: Ints) -> tuple[Ints, Ints]:
    """Order the parts by line (same service, same stops) and departure; the line of each in that order."""
    last = np.r_[first, len(service)][1:]
    known: dict[tuple[int, bytes, bytes], int] = {}
    line = ints([0] * len(first))
    for number, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        key = (int(service[low]), origin[low:high].tobytes(), destination[low:high].tobytes())
        line[number] = known.setdefault(key, len(known))
    order = np.lexsort((depart[first], line)).astype(np.int64) if len(first) else ints([])
    return order, line[order]


@kernel
def spare_runs(
    order: Ints, line: Ints, bounds: Ints, arrive: Ints, deadline: Ints, cost: Ints, co2e: Ints, since: Ints
) -> None:
    """Fill ``since``: for each row the latest deadline of an earlier run that is as good from there to the end."""
    for rank in range(len(order)):
        low, high = bounds[order[rank]], bounds[order[rank] + 1]
        for back in range(rank - 1, max(-1, rank - 1 - LOOK_BACK), -1):
            if line[back] != line[rank]:
                break
            shift = bounds[order[back]] - low
            row = high - 1
            while row >= low:
                other = row + shift
                if arrive[other] > arrive[row] or cost[other] > cost[row] or co2e[other] > co2e[row]:
                    break
                since[row] = max(since[row], deadline[other])
                row -= 1
            if row < low:
                break


def _boarding(rows: Rows, nodes: int) -> Boarding:
    count = len(rows.origin)
    origin = np.r_[rows.origin, np.arange(nodes)]
    order = np.lexsort((np.r_[rows.deadline, np.full(nodes, FAR)], origin))
    deadline = np.r_[rows.deadline, np.full(nodes, FAR)][order].astype(np.int64)
    start = np.searchsorted(origin[order], np.arange(nodes + 1)).astype(np.int64)
    slot = np.empty(len(order), dtype=np.int64)
    slot[order] = np.arange(len(order))
    after = np.empty(count, dtype=np.int64)
    first_slots(start, deadline, rows.destination, rows.arrive, after)
    return Boarding(start, deadline, slot[:count].copy(), after)


@kernel
def first_slot(start: Ints, deadline: Ints, node: int, ready: int) -> int:
    """The first slot of ``node`` whose deadline is not before ``ready``; its sentinel if there is none."""
    low, high = start[node], start[node + 1] - 1
    while low < high:
        middle = (low + high) >> 1
        if deadline[middle] < ready:
            low = middle + 1
        else:
            high = middle
    return int(low)


@kernel
def first_slots(start: Ints, deadline: Ints, node: Ints, ready: Ints, out: Ints) -> None:
    """`first_slot` for each row."""
    for row in range(len(node)):
        out[row] = first_slot(start, deadline, node[row], ready[row])
