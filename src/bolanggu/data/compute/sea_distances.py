"""Sea distances (海上里程) from Ningbo-Zhoushan to every port: ``python -m bolanggu.data.compute.sea_distances``.

Writes ``data/ports.csv`` and ``data/sea_lanes.csv`` from the sea lanes and ports of the Python package searoute
(Apache-2.0), which is needed for this script alone. Each scenario takes closed passages out of the graph before
the search: the Northwest Passage always, so that no route strays into the Arctic; Suez in ``cape``, Panama in ``horn``,
both in ``capes``.
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
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np

from bolanggu.data import path, read_yaml
from bolanggu.values.place import Position

ORIGIN = Position(29.93, 121.85)  # Ningbo Beilun (宁波北仑)
APPROACH_KM = 100.0
ISLAND_KM = 350.0
ALWAYS_CLOSED = frozenset({"northwest"})
SCENARIOS = {
    "suez": ALWAYS_CLOSED,
    "cape": ALWAYS_CLOSED | {"suez"},
    "horn": ALWAYS_CLOSED | {"panama"},
    "capes": ALWAYS_CLOSED | {"suez", "panama"},
}
KM = tuple(f"km_{name}" for name in SCENARIOS)
COLUMNS = ("unlocode", "name", "lat", "lon", "terminal", "approach_km", *KM, "hub", "hub_km", "lane")

Point = tuple[float, float]
Lanes = dict[Point, list[tuple[Point, float]]]
Tree = dict[Point, tuple[float, Point | None]]


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
    km: dict[str, float] = field(default_factory=dict)
    hub: str = ""
    hub_km: float = inf

    def row(self, numbers: dict[Point, int]) -> list[object]:
        """Give the cells in the order of ``COLUMNS``; ``numbers`` are those of the lane points."""
        lat, lon = (f"{degrees:.4f}" for degrees in (self.position.lat, self.position.lon))
        km = [
            "" if value is None or value == inf else f"{value:.0f}"
            for value in (*map(self.km.get, SCENARIOS), self.hub_km)
        ]
        figures = [f"{self.approach:.0f}", *km[:-1], self.hub, km[-1], numbers.get(self.lane, "")]
        return [self.code, self.name, lat, lon, int(self.terminal), *figures]


def main() -> None:
    """Compute and write the file."""
    from searoute.searoute import get_graphs

    marnet, known = get_graphs(None, None, "networkx")
    lanes = {name: open_lanes(marnet.edges(data=True), closed) for name, closed in SCENARIOS.items()}
    ports = _ports(known.nodes(data=True), list(lanes["cape"]))
    trees: dict[str, Tree] = {}
    for name, graph in lanes.items():
        start, approach = nearest(ORIGIN, list(graph))
        trees[name] = distances(graph, start)
        for port in ports:
            port.km[name] = _to_port(trees[name], port) + approach
    _add_hubs(ports, ports, lanes["capes"])
    _add_hubs([port for port in ports if not port.hub], ports, lanes["cape"])  # ports within the Panama Canal
    numbers = _number(ports, trees)
    _write("ports.csv", COLUMNS, (port.row(numbers) for port in ports))
    _write("sea_lanes.csv", ("lat", "lon", *trees), _lane_rows(numbers, trees))
    sys.stderr.write(
        f"{len(ports)} ports, {sum(port.km['suez'] < inf for port in ports)} by sea; {len(numbers)} lane points\n"
    )


def _write(name: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path(name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _number(ports: list[Port], trees: dict[str, Tree]) -> dict[Point, int]:
    """Number the lane points that lie on the way to some port."""
    used: dict[Point, int] = {}
    for tree in trees.values():
        seen: set[Point] = set()
        for port in ports:
            point: Point | None = port.lane if _to_port(tree, port) < inf else None
            while point is not None and point not in seen:
                seen.add(point)
                used.setdefault(point, len(used))
                point = tree[point][1]
    return used


def _lane_rows(numbers: dict[Point, int], trees: dict[str, Tree]) -> Iterable[list[object]]:
    for point in numbers:
        parents = [tree.get(point, (inf, None))[1] for tree in trees.values()]
        yield [f"{point[1]:.3f}", f"{point[0]:.3f}", *(numbers.get(up, "") for up in parents)]


def open_lanes(edges: Iterable[tuple[Point, Point, dict[str, Any]]], closed: frozenset[str]) -> Lanes:
    """Build the graph of sea lanes without the closed passages; lengths are great circles in km."""
    graph: Lanes = defaultdict(list)
    for one, other, facts in edges:
        if facts.get("passage") not in closed:
            km = Position(one[1], one[0]).distance_km(Position(other[1], other[0]))
            graph[one].append((other, km))
            graph[other].append((one, km))
    return graph


def distances(graph: Lanes, start: Point) -> Tree:
    """Compute the shortest distances in km from one lane point to all others, each with the point before (Dijkstra)."""
    best: Tree = {}
    queue: list[tuple[float, Point, Point | None]] = [(0.0, start, None)]
    while queue:
        km, point, before = heapq.heappop(queue)
        if point in best:
            continue
        best[point] = km, before
        for other, more in graph[point]:
            if other not in best:
                heapq.heappush(queue, (km + more, other, point))
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


def _to_port(tree: Tree, port: Port) -> float:
    return tree.get(port.lane, (inf, None))[0] + port.approach if port.approach <= port.limit else inf


def _add_hubs(wanted: list[Port], ports: list[Port], graph: Lanes) -> None:
    """Name the nearest direct port of each other port; feeders pass no canal, so that all scenarios share them."""
    for hub in (port for port in ports if port.direct):
        tree = distances(graph, hub.lane)
        for port in wanted:
            km = _to_port(tree, port)
            if not port.direct and km + hub.approach < port.hub_km:
                port.hub, port.hub_km = hub.code, km + hub.approach


if __name__ == "__main__":
    main()
