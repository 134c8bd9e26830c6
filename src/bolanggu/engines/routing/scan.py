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

import numpy as np

from bolanggu.engines.routing import field as f
from bolanggu.engines.routing.field import Field
from bolanggu.engines.routing.jit import FAR, kernel
from bolanggu.engines.routing.network import Ints
from bolanggu.engines.routing.workspace import (
    FRONT_FULL,
    NEWEST,
    POOL_FULL,
    RIDERS_FULL,
    SERVICE,
    SHELF_FULL,
    STANDING,
    TRUCK,
    Query,
    Workspace,
)

Figures = tuple[int, int, int]
Origin = tuple[int, int, int, int]


@kernel
def scan(field: Field, query: Query, work: Workspace) -> int:
    """Run one query; the number of journeys in ``work.front``, or a negative code when a part is too small."""
    work.counts[:] = 0
    work.state[:, :, STANDING] = 0
    work.state[:, :, NEWEST] = -FAR
    work.first_rider[:] = -1
    rows, rest, state, first_rider, latest = field.rows, field.rest, work.state, work.first_rider, query.latest
    code = _settle(field, query, work, query.origin, (query.ready, 0, 0), (-1, -1, -1, -1))
    for row in range(_first(rows, query.ready), len(rows)):
        if code < 0 or rows[row, f.DEPART] >= latest:
            break
        if rest[row, f.RIDE] > latest:
            continue
        node, since = rows[row, f.ORIGIN], rows[row, f.SINCE]
        for kind in range(2):
            if state[kind, node, NEWEST] > since and code >= 0:
                code = _board(rows, rest, query, work, kind, row)
        if first_rider[rows[row, f.PART]] >= 0 and rest[row, f.ALIGHT] <= latest and code >= 0:
            code = _alight(field, query, work, row)
    return int(code if code < 0 else work.counts[2])


@kernel
def _first(rows: Ints, ready: int) -> int:
    """The first row that departs no earlier than ``ready``."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) >> 1
        if rows[middle, f.DEPART] < ready:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def _board(rows: Ints, rest: Ints, query: Query, work: Workspace, kind: int, row: int) -> int:
    """Take on board what is ready, could not take an earlier run as good, and may still lead to a new journey."""
    node, part, riders, counts = rows[row, f.ORIGIN], rows[row, f.PART], work.riders, work.counts
    time, more_cost, more_co2e = rest[row, f.RIDE], rest[row, f.RIDE + 1], rest[row, f.RIDE + 2]
    shelf, standing = work.shelf[kind, node], work.state[kind, node, STANDING]
    for place in range(standing):
        if shelf[place, 0] > rows[row, f.DEADLINE] or shelf[place, 0] <= rows[row, f.SINCE]:
            continue
        cost, co2e = shelf[place, 1], shelf[place, 2]
        if _covered(query, work.front, counts[2], time, cost + more_cost, co2e + more_co2e):
            continue
        cost, co2e = cost - rows[row, f.COST_BEFORE], co2e - rows[row, f.CO2E_BEFORE]
        if not _join(riders, work.first_rider, part, cost, co2e):
            continue
        rider = counts[1]
        if rider >= len(riders):
            return RIDERS_FULL
        riders[rider, 0], riders[rider, 1], riders[rider, 2], riders[rider, 3] = cost, co2e, shelf[place, 3], row
        riders[rider, 4] = work.first_rider[part]
        work.first_rider[part] = rider
        counts[1] = rider + 1
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
def _alight(field: Field, query: Query, work: Workspace, row: int) -> int:
    """Let a copy of everyone on board off behind ``row``."""
    rows, rest, riders = field.rows, field.rest, work.riders
    rider, code = work.first_rider[rows[row, f.PART]], 0
    time, more_cost, more_co2e = rest[row, f.ALIGHT], rest[row, f.ALIGHT + 1], rest[row, f.ALIGHT + 2]
    while rider >= 0 and code >= 0:
        cost = riders[rider, 0] + rows[row, f.COST_BEHIND]
        co2e = riders[rider, 1] + rows[row, f.CO2E_BEHIND]
        if not _covered(query, work.front, work.counts[2], time, cost + more_cost, co2e + more_co2e):
            origin = (riders[rider, 2], riders[rider, 3], row, -1)
            figures = (rows[row, f.ARRIVE], cost, co2e)
            code = _settle(field, query, work, rows[row, f.DESTINATION], figures, origin)
        rider = riders[rider, 4]
    return code


@kernel
def _settle(field: Field, query: Query, work: Workspace, node: int, figures: Figures, origin: Origin) -> int:
    """Put a label that came by service (or starts) at its node, and the truck labels that follow from it."""
    if node == query.destination:
        return _finish(query, work, figures, origin)
    if _beaten(work.shelf[SERVICE, node], work.state[SERVICE, node, STANDING], figures):
        return 0
    label = _store(work.pool, work.counts, figures, origin)
    if label < 0:
        return label
    code, last = _stand(work, SERVICE, node, figures, label), field.last
    for edge in range(field.last_start[node], field.last_start[node + 1]):
        end = (figures[0] + last[edge, f.DURATION], figures[1] + last[edge, f.COST], figures[2] + last[edge, f.CO2E])
        if code >= 0 and end[0] <= query.latest:
            code = _finish(query, work, end, (label, -1, -1, last[edge, f.ROAD]))
    if code >= 0:
        code = _send_trucks(field, query, work, node, figures, label)
    return code


@kernel
def _send_trucks(field: Field, query: Query, work: Workspace, node: int, figures: Figures, label: int) -> int:
    """Put a label at the end of each road leg from ``node`` where a service can still be boarded in time."""
    legs, rest = field.trucks, field.node_rest
    for edge in range(field.truck_start[node], field.truck_start[node + 1]):
        head = legs[edge, f.HEAD]
        end = (figures[0] + legs[edge, f.DURATION], figures[1] + legs[edge, f.COST], figures[2] + legs[edge, f.CO2E])
        least = (end[0] + rest[head, 0], end[1] + rest[head, 1], end[2] + rest[head, 2])
        if head == query.destination or least[0] > query.latest:
            continue
        if _covered(query, work.front, work.counts[2], least[0], least[1], least[2]):
            continue
        if _beaten(work.shelf[SERVICE, head], work.state[SERVICE, head, STANDING], end):
            continue
        if _beaten(work.shelf[TRUCK, head], work.state[TRUCK, head, STANDING], end):
            continue
        code = _store(work.pool, work.counts, end, (label, -1, -1, legs[edge, f.ROAD]))
        if code >= 0:
            code = _stand(work, TRUCK, head, end, code)
        if code < 0:
            return code
    return 0


@kernel
def _store(pool: Ints, counts: Ints, figures: Figures, origin: Origin) -> int:
    """Write a label into the pool; its index, or POOL_FULL."""
    label = int(counts[0])
    if label >= len(pool):
        return POOL_FULL
    pool[label, 0], pool[label, 1], pool[label, 2] = figures
    pool[label, 3], pool[label, 4], pool[label, 5], pool[label, 6] = origin
    counts[0] = label + 1
    return label


@kernel
def _beaten(shelf: Ints, standing: int, figures: Figures) -> bool:
    """True if a label stands on this shelf that is nowhere worse."""
    arrive, cost, co2e = figures
    for place in range(standing):
        if shelf[place, 0] <= arrive and shelf[place, 1] <= cost and shelf[place, 2] <= co2e:
            return True
    return False


@kernel
def _clear(shelf: Ints, standing: int, figures: Figures) -> int:
    """Take the labels off a shelf that are nowhere better than ``figures``; how many are left."""
    arrive, cost, co2e = figures
    place = 0
    while place < standing:
        if shelf[place, 0] >= arrive and shelf[place, 1] >= cost and shelf[place, 2] >= co2e:
            standing -= 1
            for column in range(4):
                shelf[place, column] = shelf[standing, column]
        else:
            place += 1
    return standing


@kernel
def _stand(work: Workspace, kind: int, node: int, figures: Figures, label: int) -> int:
    """Put a label on its node's shelf; take off those it beats; one by service beats those by truck too."""
    for beaten in range(kind, 2):
        standing = work.state[beaten, node, STANDING]
        work.state[beaten, node, STANDING] = _clear(work.shelf[beaten, node], standing, figures)
    shelf, state = work.shelf[kind, node], work.state[kind, node]
    place = state[STANDING]
    if place >= len(shelf):
        return SHELF_FULL
    shelf[place, 0], shelf[place, 1], shelf[place, 2] = figures
    shelf[place, 3] = label
    state[STANDING] = place + 1
    state[NEWEST] = max(state[NEWEST], figures[0])
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
def _finish(query: Query, work: Workspace, figures: Figures, origin: Origin) -> int:
    """Enter a journey into the front, kept by arrival, and take out those it beats."""
    arrive, cost, co2e = figures
    front, counts, kept = work.front, work.counts, 0
    if _covered(query, front, counts[2], arrive, cost, co2e):
        return 0
    label = _store(work.pool, counts, figures, origin)
    if label < 0:
        return label
    for place in range(counts[2]):
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
    counts[2] = kept + 1
    return 0


def points(work: Workspace, found: int) -> list[tuple[int, int, int, int]]:
    """The journeys found, by arrival, cost and CO2e, each with the index of its last label."""
    order = np.lexsort(work.front[:found, 2::-1].T)
    return [tuple(point) for point in work.front[order].tolist()]
