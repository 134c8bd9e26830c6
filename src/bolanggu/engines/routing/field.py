"""Field (搜索域): timetable and bounds of one destination side by side, row by row, as the scan reads them.

Few wide arrays instead of many narrow ones: what a step needs of a row lies together in memory, and calls
between kernels hand over little.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bolanggu.engines.routing.bounds import Bounds
from bolanggu.engines.routing.network import Ints
from bolanggu.engines.routing.timetable import Rows, Timetable, Trucks

#: Columns of ``rows``; the figures before the row, and behind it, are sums from the start of its part.
ORIGIN, DESTINATION, DEPART, ARRIVE, DEADLINE, SINCE, PART = range(7)
COST_BEFORE, CO2E_BEFORE, COST_BEHIND, CO2E_BEHIND = range(7, 11)
#: Columns of ``rest``: time, cost and CO2e of the rest of the way from riding the row, and from alighting behind it.
RIDE, ALIGHT = 0, 3
#: Columns of road legs.
HEAD, DURATION, COST, CO2E, ROAD = range(5)


class Field(NamedTuple):
    """What one scan reads. ``node_rest`` is `Bounds.node`; starts delimit the road legs of each node."""

    rows: Ints
    rest: Ints
    node_rest: Ints
    truck_start: Ints
    trucks: Ints
    last_start: Ints
    last: Ints


def pack_rows(rows: Rows) -> Ints:
    """Lay the columns of the timetable side by side."""
    before = rows.cost_sum - rows.cost, rows.co2e_sum - rows.co2e
    times = rows.depart, rows.arrive, rows.deadline, rows.since, rows.part
    return np.column_stack((rows.origin, rows.destination, *times, *before, rows.cost_sum, rows.co2e_sum))


def pack(table: Timetable, rows: Ints, bounds: Bounds) -> Field:
    """Join the packed rows with the bounds of one destination."""
    rest = np.hstack((bounds.ride, bounds.alight))
    starts = table.trucks.start, bounds.last.start
    return Field(rows, rest, bounds.node, starts[0], _legs(table.trucks), starts[1], _legs(bounds.last))


def _legs(trucks: Trucks) -> Ints:
    return np.column_stack((trucks.head, trucks.duration, trucks.cost, trucks.co2e, trucks.source))
