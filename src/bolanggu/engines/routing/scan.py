"""Scan (扫描): the exact search, one pass over the timetable in order of departure.

Each node keeps two sets of labels, those that came by service (or start there) and those that came by
truck, because a truck must not follow a truck. A run on its way carries the (cost, CO2e) pairs on board,
kept relative to its running sums, so that riding on costs nothing. A label is dropped when another one at
its node is nowhere worse, or when even its bound is no better than a journey found already. All durations
are positive, so no label comes too late for a row that it could board.

Literature: Dibbelt, Pajor, Strasser, Wagner, "Connection Scan Algorithm", 2013; the schedule-based bounds
and the needless-run rule (`Rows.since`) are our own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bolanggu.engines.routing.bounds import Bounds
from bolanggu.engines.routing.jit import FAR, kernel
from bolanggu.engines.routing.network import Ints
from bolanggu.engines.routing.timetable import Rows, Timetable, Trucks

#: Columns of a label in the pool.
ARRIVE, COST, CO2E, PARENT, BOARDED, ALIGHTED, ROAD = range(7)
#: Kinds of a label: at its node by service (or as the start), or by truck.
SERVICE, TRUCK = 0, 1
#: What `scan` returns when a part of the workspace is too small.
POOL_FULL, SHELF_FULL, RIDERS_FULL, FRONT_FULL = -1, -2, -3, -4


class Workspace(NamedTuple):
    """Memory of one search, used again by the next; nothing in it outlives a search.

    ``pool[i]`` is a label (columns above). ``shelf[kind, node, :, j]`` holds arrive, cost, CO2e and pool index of the
    labels that stand at a node, ``filled[kind, node]`` their number and ``newest`` the
    latest arrival that ever stood there. ``riders[k]`` is cost and CO2e relative to
    the part's sums, pool index, row boarded, and the next rider of the part; ``first_rider[part]`` its first.
    ``front`` holds arrive, cost, CO2e and pool index of the journeys found, by arrival.
    """

    pool: Ints
    shelf: Ints
    filled: Ints
    newest: Ints
    riders: Ints
    first_rider: Ints
    front: Ints
    counts: Ints


def workspace(nodes: int, parts: int, sizes: tuple[int, int, int, int]) -> Workspace:
    """Fresh memory; ``sizes`` are the rooms for labels, labels at a node, riders, and journeys."""
    pool, shelf, riders, front = sizes
    return Workspace(
        np.empty((pool, 7), dtype=np.int64),
        np.empty((2, nodes, shelf, 4), dtype=np.int64),
        np.zeros((2, nodes), dtype=np.int64),
        np.empty((2, nodes), dtype=np.int64),
        np.empty((riders, 5), dtype=np.int64),
        np.full(parts, -1, dtype=np.int64),
        np.empty((front, 4), dtype=np.int64),
        np.zeros(3, dtype=np.int64),
    )


class Query(NamedTuple):
    """One question: node indices, minutes since 1970, the last minute of arrival, and ε in millionths."""

    origin: int
    destination: int
    ready: int
    latest: int
    slack: int


@kernel
def scan(table: Timetable, bounds: Bounds, query: Query, work: Workspace) -> int:
    """Run one query; the number of journeys in ``work.front``, or a negative code when a part is too small."""
    work.counts[:] = 0
    work.filled[:] = 0
    work.newest[:] = -FAR
    work.first_rider[:] = -1
    rows = table.rows
    depart, origin, part, since = rows.depart, rows.origin, rows.part, rows.since
    ride, alight = bounds.ride, bounds.alight
    newest, first_rider, latest = work.newest, work.first_rider, query.latest
    code = _settle(table.trucks, bounds, query, work, query.origin, (query.ready, 0, 0), (-1, -1, -1))
    for row in range(np.searchsorted(depart, query.ready), len(depart)):
        if code < 0 or depart[row] >= latest:
            break
        if ride[row, 0] > latest:
            continue
        node = origin[row]
        for kind in range(2):
            if newest[kind, node] > since[row] and code >= 0:
                code = _board(rows, bounds, query, work, kind, row)
        if first_rider[part[row]] >= 0 and alight[row, 0] <= latest and code >= 0:
            code = _alight(table, bounds, query, work, row)
    return int(code if code < 0 else work.counts[2])


@kernel
def _board(rows: Rows, bounds: Bounds, query: Query, work: Workspace, kind: int, row: int) -> int:
    """Take on board what is ready, could not take an earlier run as good, and may still lead to a new journey."""
    node, part, shelf, riders = rows.origin[row], rows.part[row], work.shelf, work.riders
    before_cost, before_co2e = rows.cost_sum[row] - rows.cost[row], rows.co2e_sum[row] - rows.co2e[row]
    rest_time, rest_cost, rest_co2e = bounds.ride[row, 0], bounds.ride[row, 1], bounds.ride[row, 2]
    earliest, deadline = rows.since[row], rows.deadline[row]
    for place in range(work.filled[kind, node]):
        ready = shelf[kind, node, place, 0]
        if ready > deadline or ready <= earliest:
            continue
        cost, co2e = shelf[kind, node, place, 1], shelf[kind, node, place, 2]
        if _covered(query, work.front, work.counts[2], rest_time, cost + rest_cost, co2e + rest_co2e):
            continue
        if not _join(riders, work.first_rider, part, cost - before_cost, co2e - before_co2e):
            continue
        rider = work.counts[1]
        if rider >= len(riders):
            return RIDERS_FULL
        riders[rider, 0] = cost - before_cost
        riders[rider, 1] = co2e - before_co2e
        riders[rider, 2] = shelf[kind, node, place, 3]
        riders[rider, 3] = row
        riders[rider, 4] = work.first_rider[part]
        work.first_rider[part] = rider
        work.counts[1] = rider + 1
    return 0


@kernel
def _join(riders: Ints, first_rider: Ints, part: int, cost: int, co2e: int) -> bool:
    """False if a rider on board is nowhere dearer; else let off those that the new one beats."""
    rider, last = first_rider[part], -1
    while rider >= 0:
        other_cost, other_co2e = riders[rider, 0], riders[rider, 1]
        after = riders[rider, 4]
        if other_cost <= cost and other_co2e <= co2e:
            return False
        if other_cost >= cost and other_co2e >= co2e:
            if last < 0:
                first_rider[part] = after
            else:
                riders[last, 4] = after
        else:
            last = rider
        rider = after
    return True


@kernel
def _alight(table: Timetable, bounds: Bounds, query: Query, work: Workspace, row: int) -> int:
    """Let a copy of everyone on board off behind ``row``."""
    rows, riders = table.rows, work.riders
    node, arrive, rider = rows.destination[row], rows.arrive[row], work.first_rider[rows.part[row]]
    sum_cost, sum_co2e = rows.cost_sum[row], rows.co2e_sum[row]
    rest_time, rest_cost, rest_co2e = bounds.alight[row, 0], bounds.alight[row, 1], bounds.alight[row, 2]
    code = 0
    while rider >= 0 and code >= 0:
        cost, co2e = riders[rider, 0] + sum_cost, riders[rider, 1] + sum_co2e
        if not _covered(query, work.front, work.counts[2], rest_time, cost + rest_cost, co2e + rest_co2e):
            origin = (riders[rider, 2], riders[rider, 3], row)
            code = _settle(table.trucks, bounds, query, work, node, (arrive, cost, co2e), origin)
        rider = riders[rider, 4]
    return code


@kernel
def _settle(
    trucks: Trucks,
    bounds: Bounds,
    query: Query,
    work: Workspace,
    node: int,
    figures: tuple[int, int, int],
    origin: tuple[int, int, int],
) -> int:
    """Put a label that came by service (or starts) at its node, and the truck labels that follow from it."""
    if node == bounds.destination:
        return _finish(query, work, figures, (origin[0], origin[1], origin[2], -1))
    if _beaten(work.shelf[SERVICE, node], work.filled[SERVICE, node], figures):
        return 0
    label = _store(work, figures, (origin[0], origin[1], origin[2], -1))
    if label < 0:
        return label
    code = _stand(work, SERVICE, node, figures, label)
    last = bounds.last
    for edge in range(last.start[node], last.start[node + 1]):
        end = (figures[0] + last.duration[edge], figures[1] + last.cost[edge], figures[2] + last.co2e[edge])
        if code >= 0 and end[0] <= query.latest:
            code = _finish(query, work, end, (label, -1, -1, last.source[edge]))
    heads, durations, costs, masses, rest = trucks.head, trucks.duration, trucks.cost, trucks.co2e, bounds.node
    for edge in range(trucks.start[node], trucks.start[node + 1]):
        head = heads[edge]
        end = (figures[0] + durations[edge], figures[1] + costs[edge], figures[2] + masses[edge])
        least = (end[0] + rest[head, 0], end[1] + rest[head, 1], end[2] + rest[head, 2])
        if head == bounds.destination or least[0] > query.latest or code < 0:
            continue
        if not _covered(query, work.front, work.counts[2], least[0], least[1], least[2]):
            code = _truck(work, head, end, (label, -1, -1, trucks.source[edge]))
    return code


@kernel
def _truck(work: Workspace, node: int, figures: tuple[int, int, int], origin: tuple[int, int, int, int]) -> int:
    """Put a label that came by truck at its node."""
    if _beaten(work.shelf[SERVICE, node], work.filled[SERVICE, node], figures):
        return 0
    if _beaten(work.shelf[TRUCK, node], work.filled[TRUCK, node], figures):
        return 0
    label = _store(work, figures, origin)
    return label if label < 0 else _stand(work, TRUCK, node, figures, label)


@kernel
def _store(work: Workspace, figures: tuple[int, int, int], origin: tuple[int, int, int, int]) -> int:
    """Write a label into the pool; its index, or POOL_FULL."""
    label = int(work.counts[0])
    if label >= len(work.pool):
        return POOL_FULL
    for column in range(3):
        work.pool[label, column] = figures[column]
    for column in range(4):
        work.pool[label, PARENT + column] = origin[column]
    work.counts[0] = label + 1
    return label


@kernel
def _beaten(shelf: Ints, filled: int, figures: tuple[int, int, int]) -> bool:
    """True if a label stands on this shelf that is nowhere worse."""
    arrive, cost, co2e = figures
    for place in range(filled):
        if shelf[place, 0] <= arrive and shelf[place, 1] <= cost and shelf[place, 2] <= co2e:
            return True
    return False


@kernel
def _clear(shelf: Ints, filled: int, figures: tuple[int, int, int]) -> int:
    """Take the labels off a shelf that are nowhere better than ``figures``; how many are left."""
    arrive, cost, co2e = figures
    place = 0
    while place < filled:
        if shelf[place, 0] >= arrive and shelf[place, 1] >= cost and shelf[place, 2] >= co2e:
            filled -= 1
            for column in range(4):
                shelf[place, column] = shelf[filled, column]
        else:
            place += 1
    return filled


@kernel
def _stand(work: Workspace, kind: int, node: int, figures: tuple[int, int, int], label: int) -> int:
    """Put a label on its node's shelf; take off those it beats; one by service beats those by truck too."""
    for beaten in range(kind, 2):
        work.filled[beaten, node] = _clear(work.shelf[beaten, node], work.filled[beaten, node], figures)
    place = work.filled[kind, node]
    if place >= work.shelf.shape[2]:
        return SHELF_FULL
    for column in range(3):
        work.shelf[kind, node, place, column] = figures[column]
    work.shelf[kind, node, place, 3] = label
    work.filled[kind, node] = place + 1
    work.newest[kind, node] = max(work.newest[kind, node], figures[0])
    return 0


@kernel
def _covered(query: Query, front: Ints, found: int, arrive: int, cost: int, co2e: int) -> bool:
    """True if a journey found already is nowhere worse (within ε) than these figures."""
    if query.slack:
        arrive += (arrive - query.ready) * query.slack // 1_000_000
        cost += cost * query.slack // 1_000_000
        co2e += co2e * query.slack // 1_000_000
    for place in range(found):
        if front[place, 0] > arrive:
            return False
        if front[place, 1] <= cost and front[place, 2] <= co2e:
            return True
    return False


@kernel
def _finish(query: Query, work: Workspace, figures: tuple[int, int, int], origin: tuple[int, int, int, int]) -> int:
    """Enter a journey into the front, kept by arrival, and take out those it beats."""
    arrive, cost, co2e = figures
    if _covered(query, work.front, work.counts[2], arrive, cost, co2e):
        return 0
    label = _store(work, figures, origin)
    if label < 0:
        return label
    front, kept = work.front, 0
    for place in range(work.counts[2]):
        if front[place, 0] < arrive or front[place, 1] < cost or front[place, 2] < co2e:
            front[kept] = front[place]
            kept += 1
    if kept >= len(front):
        return FRONT_FULL
    place = kept
    while place > 0 and front[place - 1, 0] > arrive:
        front[place] = front[place - 1]
        place -= 1
    front[place, 0], front[place, 1], front[place, 2], front[place, 3] = arrive, cost, co2e, label
    work.counts[2] = kept + 1
    return 0
