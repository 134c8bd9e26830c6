"""Bounds (下界): for one destination, what the rest of the way takes at least, from every row of the timetable.

One scan against time, for the three criteria side by side, each exact for its criterion alone. Unlike bounds
from a static graph they include the wait for the next sailing. They hold for every origin and departure time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bolanggu.engines.routing.jit import FAR, kernel
from bolanggu.engines.routing.network import Ints, Network
from bolanggu.engines.routing.timetable import Boarding, Rows, Timetable, Trucks, first_slot, group_trucks

#: Columns of the criteria.
TIME, COST, CO2E = range(3)


class Bounds(NamedTuple):
    """The least of each criterion (last axis: time, cost, CO2e) on the rest of the way.

    ``ride[row]`` counts from boarding a row, its own figures included; ``alight[row]`` from alighting behind it.
    Time is the minute of arrival at the destination, cost and CO2e are amounts to add. ``node[n]`` is the least at any
    time from a node where a service must be boarded, its time in minutes to add. FAR means no way. ``last`` holds
    the road legs that end at the destination.
    """

    destination: int
    ride: Ints
    alight: Ints
    node: Ints
    last: Trucks


def bound(network: Network, table: Timetable, destination: int) -> Bounds:
    """Compute the bounds of one destination; the work grows with rows × road legs per node."""
    last = group_trucks(network, np.flatnonzero(network.roads.destination == destination))
    sizes = (len(table.rows.origin), len(table.rows.origin), len(network.nodes), len(table.boarding.deadline))
    ride, alight, node, best = (np.full((size, 3), FAR, dtype=np.int64) for size in sizes)
    bounds = Bounds(destination, ride, alight, node, last)
    scan_back(table.rows, table.boarding, table.trucks, bounds, best)
    least_from_nodes(table.rows, bounds)
    return bounds


@kernel
def scan_back(rows: Rows, boarding: Boarding, trucks: Trucks, bounds: Bounds, best: Ints) -> None:
    """Fill ``ride`` and ``alight``, rows in falling order of departure.

    ``best[s]`` is the least ``ride`` of all rows in the slots from s to the end of its node.
    """
    ride, alight = bounds.ride, bounds.alight
    lowest = boarding.start[1:] - 1
    for row in range(len(rows.origin) - 1, -1, -1):
        _after(rows, boarding, trucks, bounds, best, row)
        following = rows.next[row]
        for column in range(3):
            least = alight[row, column]
            if following >= 0:
                least = min(least, ride[following, column])
            ride[row, column] = least
        if ride[row, TIME] < FAR:
            ride[row, COST] += rows.cost[row]
            ride[row, CO2E] += rows.co2e[row]
        _enter(boarding.slot[row], row, rows.origin[row], lowest, ride, best)


@kernel
def _after(rows: Rows, boarding: Boarding, trucks: Trucks, bounds: Bounds, best: Ints, row: int) -> None:
    """Fill ``alight[row]``: end here, drive to the end, board another service here, or drive to one."""
    node, arrive, last = rows.destination[row], rows.arrive[row], bounds.last
    slot = boarding.after[row]
    time, cost, co2e = best[slot, TIME], best[slot, COST], best[slot, CO2E]
    if node == bounds.destination:
        time, cost, co2e = arrive, 0, 0
    for edge in range(last.start[node], last.start[node + 1]):
        time = min(time, arrive + last.duration[edge])
        cost, co2e = min(cost, last.cost[edge]), min(co2e, last.co2e[edge])
    for edge in range(trucks.start[node], trucks.start[node + 1]):
        slot = first_slot(boarding.start, boarding.deadline, trucks.head[edge], arrive + trucks.duration[edge])
        if best[slot, TIME] < FAR:
            time = min(time, best[slot, TIME])
            cost = min(cost, best[slot, COST] + trucks.cost[edge])
            co2e = min(co2e, best[slot, CO2E] + trucks.co2e[edge])
    bounds.alight[row, TIME], bounds.alight[row, COST], bounds.alight[row, CO2E] = time, cost, co2e


@kernel
def _enter(slot: int, row: int, node: int, lowest: Ints, ride: Ints, best: Ints) -> None:
    """Put the ``ride`` of a row into its slot and hand it down to the node's earlier slots."""
    for between in range(slot, lowest[node]):
        best[between] = best[lowest[node]]
    lowest[node] = min(lowest[node], slot)
    for column in range(3):
        place = slot
        while place >= lowest[node] and best[place, column] > ride[row, column]:
            best[place, column] = ride[row, column]
            place -= 1


@kernel
def least_from_nodes(rows: Rows, bounds: Bounds) -> None:
    """Fill ``node``."""
    for row in range(len(rows.origin)):
        node = rows.origin[row]
        if bounds.ride[row, TIME] < FAR:
            bounds.node[node, TIME] = min(bounds.node[node, TIME], bounds.ride[row, TIME] - rows.deadline[row])
            for column in range(1, 3):
                bounds.node[node, column] = min(bounds.node[node, column], bounds.ride[row, column])
