"""Reading (读入) of a network folder: nodes.csv, services.csv, departures.csv, road.csv."""

from __future__ import annotations

from functools import partial
from math import isnan
from pathlib import Path

import numpy as np

from bolanggu.engines.routing import cells, runs
from bolanggu.engines.routing.clock import column_of_minutes
from bolanggu.engines.routing.network import Departures, Ints, Network, Node, Roads, Service, ints
from bolanggu.engines.routing.table import Table
from bolanggu.values.fault import Fault

_DEPARTURES = ("service_id", "seq", "from", "to", "depart", "arrive", "cutoff_h", "cost_per_teu", "co2e_g_per_teu")
_ROADS = ("from", "to", "hours", "cost_per_teu", "co2e_g_per_teu")


def read(folder: Path) -> Network:
    """Read and check a whole network.

    Raises
    ------
    Fault
        The first thing that is wrong, with file, line (the header is line 1) and column.
    """
    if not folder.is_dir():
        raise Fault(str(folder), "is not a folder; give one with nodes.csv, services.csv, departures.csv, road.csv")
    nodes = _nodes(Table(folder / "nodes.csv", ("code", "name", "lat", "lon", "kind")))
    services = _services(Table(folder / "services.csv", ("id", "mode", "carrier")))
    index = {node.code: number for number, node in enumerate(nodes)}
    lines = {service.id: number for number, service in enumerate(services)}
    departures = _departures(Table(folder / "departures.csv", _DEPARTURES), index, lines)
    roads = _roads(Table(folder / "road.csv", _ROADS), index)
    return Network(nodes, services, departures, roads, index)


def _nodes(table: Table) -> tuple[Node, ...]:
    codes = table.unique("code")
    lats = table.read("lat", partial(cells.degrees, limit=90))
    lons = table.read("lon", partial(cells.degrees, limit=180))
    for row, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
        if isnan(lat) != isnan(lon):
            raise table.fault(
                row, "lat" if isnan(lat) else "lon", "is empty while the other is given; give both or none"
            )
    return tuple(
        Node(code, name, None if isnan(lat) else lat, None if isnan(lon) else lon, kind)
        for code, name, lat, lon, kind in zip(
            codes, table.column("name"), lats, lons, table.column("kind"), strict=True
        )
    )


def _services(table: Table) -> tuple[Service, ...]:
    columns = (table.unique("id"), table.column("mode"), table.column("carrier"))
    return tuple(Service(*row) for row in zip(*columns, strict=True))


def _departures(table: Table, index: dict[str, int], lines: dict[str, int]) -> Departures:
    service = ints(table.look_up("service_id", lines, "service of services.csv"))
    seq = ints(table.read("seq", cells.position))
    ends = tuple(ints(table.look_up(name, index, "node of nodes.csv")) for name in ("from", "to"))
    times = tuple(_times(table, name) for name in ("depart", "arrive"))
    cutoff = ints(table.read("cutoff_h", cells.waiting))
    cost = ints(table.read("cost_per_teu", cells.hundredths))
    co2e = ints(table.read("co2e_g_per_teu", cells.grams))
    free = table.read("capacity_teu", cells.capacity) if table.has("capacity_teu") else [float("inf")] * len(table)
    order, run, names = runs.join(table, service, seq)
    runs.check_chain(table, order, run, (ends[0], ends[1]), (times[0], times[1]))
    return Departures(
        service=service[order],
        origin=ends[0][order],
        destination=ends[1][order],
        depart=times[0][order],
        arrive=times[1][order],
        cutoff=cutoff[order],
        cost=cost[order],
        co2e=co2e[order],
        capacity=np.array(free, dtype=np.float64)[order],
        run=run,
        run_names=names,
    )


def _times(table: Table, name: str) -> Ints:
    """A column of times: at once in the common form, else cell by cell."""
    times = column_of_minutes(table.column(name))
    return ints(table.read(name, cells.minutes)) if times is None else times


def _roads(table: Table, index: dict[str, int]) -> Roads:
    ends = [ints(table.look_up(name, index, "node of nodes.csv")) for name in ("from", "to")]
    duration = ints(table.read("hours", cells.driving))
    cost = ints(table.read("cost_per_teu", cells.hundredths))
    return Roads(ends[0], ends[1], duration, cost, ints(table.read("co2e_g_per_teu", cells.grams)))
