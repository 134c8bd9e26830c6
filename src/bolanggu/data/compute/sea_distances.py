"""Sea distances (海上里程) from Ningbo-Zhoushan to every port: ``python -m bolanggu.data.compute.sea_distances``.

Writes ``data/ports.csv`` from the sea lanes and ports of the Python package searoute (Apache-2.0), which
is needed for this script alone. Each scenario takes closed passages out of the graph before the search:
the Northwest Passage always, so that no route strays into the Arctic, and Suez in the scenario ``cape``.
The way from a port to its nearest lane point counts as a great circle; so no route is shorter than one.
A port farther than ``APPROACH_KM`` from all lanes (river and inland ports, wrong positions at the source)
gets no sea distance: it is reached by road. Ports of the list of direct services are known to lie at the sea, and
islands have no road from elsewhere; for both the limit is ``ISLAND_KM``.
"""

from __future__ import annotations

import csv
import heapq
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from bolanggu.data import path, read_yaml
from bolanggu.values.place import Position

ORIGIN = Position(29.93, 121.85)  # Ningbo Beilun (宁波北仑)
APPROACH_KM = 100.0
ISLAND_KM = 350.0
ALWAYS_CLOSED = frozenset({"northwest"})
SCENARIOS = {"suez": ALWAYS_CLOSED, "cape": ALWAYS_CLOSED | {"suez"}}
COLUMNS = ("unlocode", "name", "lat", "lon", "terminal", "approach_km", "km_suez", "km_cape", "hub", "hub_km")

Point = tuple[float, float]
Lanes = dict[Point, list[tuple[Point, float]]]


@dataclass(slots=True)
class Port:
    """One port: its nearest lane point, and the figures to be written. ``inf`` km means no way by sea."""

    code: str
    name: str
    position: Position
    terminal: bool
    lane: Point
    approach: float
    direct: bool
    limit: float
    suez: float = inf
    cape: float = inf
    hub: str = ""
    hub_km: float = inf

    def row(self) -> list[object]:
        """Give the cells in the order of ``COLUMNS``."""
        lat, lon = (f"{degrees:.4f}" for degrees in (self.position.lat, self.position.lon))
        km = ["" if value == inf else f"{value:.0f}" for value in (self.suez, self.cape, self.hub_km)]
        return [self.code, self.name, lat, lon, int(self.terminal), f"{self.approach:.0f}", *km[:2], self.hub, km[2]]


def main() -> None:
    """Compute and write the file."""
    from searoute.searoute import get_graphs

    marnet, known = get_graphs(None, None, "networkx")
    lanes = {name: open_lanes(marnet.edges(data=True), closed) for name, closed in SCENARIOS.items()}
    ports = _ports(known.nodes(data=True), list(lanes["cape"]))
    for name, graph in lanes.items():
        start, approach = nearest(ORIGIN, list(graph))
        for port, km in zip(ports, _to_ports(graph, start, ports), strict=True):
            setattr(port, name, km + approach)
    _add_hubs(ports, lanes["cape"])
    with path("ports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(port.row() for port in ports)
    sys.stderr.write(f"{len(ports)} ports, {sum(port.suez < inf for port in ports)} of them by sea\n")


def open_lanes(edges: Iterable[tuple[Point, Point, dict[str, Any]]], closed: frozenset[str]) -> Lanes:
    """Build the graph of sea lanes without the closed passages; lengths are great circles in km."""
    graph: Lanes = defaultdict(list)
    for one, other, facts in edges:
        if facts.get("passage") not in closed:
            km = Position(one[1], one[0]).distance_km(Position(other[1], other[0]))
            graph[one].append((other, km))
            graph[other].append((one, km))
    return graph


def distances(graph: Lanes, start: Point) -> dict[Point, float]:
    """Compute the shortest distances in km from one point of the lanes to all others (Dijkstra)."""
    best: dict[Point, float] = {}
    queue = [(0.0, start)]
    while queue:
        km, point = heapq.heappop(queue)
        if point in best:
            continue
        best[point] = km
        for other, more in graph[point]:
            if other not in best:
                heapq.heappush(queue, (km + more, other))
    return best


def nearest(position: Position, points: list[Point]) -> tuple[Point, float]:
    """Find the nearest lane point and its distance in km."""
    lon, lat = np.radians(np.array(points)).T
    here = np.radians([position.lat, position.lon])
    half = np.sin((lat - here[0]) / 2) ** 2 + np.cos(lat) * np.cos(here[0]) * np.sin((lon - here[1]) / 2) ** 2
    point = points[int(half.argmin())]
    return point, position.distance_km(Position(point[1], point[0]))


def _ports(nodes: Iterable[tuple[Point, dict[str, Any]]], points: list[Point]) -> list[Port]:
    """Take each code once, the place with a container terminal first."""
    ports: dict[str, Port] = {}
    freight = read_yaml("assumptions/freight.yaml")
    direct, islands = set(freight["sea"]["direct_ports"]), set(freight["landmasses"]["islands"])
    for (lon, lat), facts in sorted(nodes, key=lambda node: (node[1]["port"], not node[1]["t"], node[0])):
        code = facts["port"]
        if len(code) == 5 and code not in ports:
            position = Position(lat, lon)
            limit = ISLAND_KM if code in direct or code[:2] in islands else APPROACH_KM
            lane, approach = nearest(position, points)
            ports[code] = Port(code, facts["name"], position, bool(facts["t"]), lane, approach, code in direct, limit)
    if missing := sorted(direct - ports.keys()):
        raise LookupError(f"not among the ports of searoute: {', '.join(missing)}")
    return list(ports.values())


def _to_ports(graph: Lanes, start: Point, ports: list[Port]) -> list[float]:
    best = distances(graph, start)
    return [best.get(port.lane, inf) + port.approach if port.approach <= port.limit else inf for port in ports]


def _add_hubs(ports: list[Port], graph: Lanes) -> None:
    """Name the nearest direct port of each other port; feeders do not pass Suez, so that both scenarios share them."""
    for hub in (port for port in ports if port.direct):
        for port, km in zip(ports, _to_ports(graph, hub.lane, ports), strict=True):
            if not port.direct and km + hub.approach < port.hub_km:
                port.hub, port.hub_km = hub.code, km + hub.approach


if __name__ == "__main__":
    main()
