"""The peers of the routing bar, in an environment of their own: rustworkx and pyraptor on the same network folder.

Reads ``{"folder", "window": [minute, minute], "queries": [[from, to, minute], …], "lines": bool}`` from stdin
and writes CPU seconds per query, with what was found, to stdout. Imports nothing of this project.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
from bisect import bisect_left
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

HORIZON = 60 * 24 * 60


def minute(text: str) -> int:
    """Minutes since 1970 of a UTC time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) // 60


def read(folder: str, window: list[int]) -> tuple[dict[str, list[tuple[Any, ...]]], dict[str, list[tuple[str, int]]]]:
    """Runs (service and run: rows) that leave within the window, and truck legs by origin."""
    runs: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    with (Path(folder) / "departures.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            depart = minute(row["depart"])
            if window[0] <= depart < window[1]:
                ends = row["from"], row["to"], depart, minute(row["arrive"])
                runs[row["run"]].append((*ends, int(float(row["cutoff_h"]) * 60), float(row["cost_per_teu"])))
    roads: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with (Path(folder) / "road.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            roads[row["from"]].append((row["to"], round(float(row["hours"]) * 60)))
    return {run: sorted(rows, key=lambda row: row[2]) for run, rows in runs.items()}, roads


class Expanded:
    """The time-expanded graph: at each place a chain of boarding deadlines; riding, waiting and trucks as edges."""

    def __init__(self, runs: dict[str, list[tuple[Any, ...]]], roads: dict[str, list[tuple[str, int]]]) -> None:
        import rustworkx

        self.rx, self.roads = rustworkx, roads
        self.graph = rustworkx.PyDiGraph()
        self.times: dict[str, list[int]] = {}
        self.nodes: dict[str, list[int]] = {}
        rows = [row for run in runs.values() for row in run]
        deadlines: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            deadlines[row[0]].add(row[2] - row[4])
        for place, times in deadlines.items():
            self.times[place] = sorted(times)
            self.nodes[place] = list(self.graph.add_nodes_from(self.times[place]))
            pairs = zip(
                self.nodes[place], self.nodes[place][1:], self.times[place], self.times[place][1:], strict=False
            )
            self.graph.add_edges_from([(one, other, float(late - early)) for one, other, early, late in pairs])
        self.arrivals: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for run in runs.values():
            self._ride(run)

    def _ride(self, run: list[tuple[Any, ...]]) -> None:
        before = None
        for origin, destination, depart, arrive, cutoff, _ in run:
            end = self.graph.add_node(arrive)
            self.graph.add_edge(self._at(origin, depart - cutoff), end, float(arrive - depart + cutoff))
            if before is not None:
                self.graph.add_edge(before[0], end, float(arrive - before[1]))
            before = end, arrive
            self.arrivals[destination].append((end, arrive))
            for place, wait in [(destination, 0), *self.roads[destination]]:
                node = self._at(place, arrive + wait)
                if node is not None:
                    self.graph.add_edge(end, node, float(self.graph[node] - arrive))

    def _at(self, place: str, time: int) -> int | None:
        times = self.times.get(place, [])
        slot = bisect_left(times, time)
        return self.nodes[place][slot] if slot < len(times) else None

    def earliest(self, origin: str, destination: str, ready: int, *, stop: bool) -> tuple[float, int | None]:
        """CPU seconds of one Dijkstra run, to all places or up to the goal, and the earliest arrival within 60 days."""
        start, goal = self.graph.add_node(ready), self.graph.add_node(0)
        for place, wait in [(origin, 0), *self.roads[origin]]:
            node = self._at(place, ready + wait)
            if node is not None:
                self.graph.add_edge(start, node, float(self.graph[node] - ready))
            if place == destination:
                self.graph.add_edge(start, goal, float(wait))
        for tail, legs in self.roads.items():
            for length in (length for head, length in legs if head == destination):
                self.graph.add_edges_from([(end, goal, float(length)) for end, _ in self.arrivals[tail]])
        self.graph.add_edges_from([(end, goal, 0.0) for end, _ in self.arrivals[destination]])
        begun = process_time()
        lengths = self.rx.dijkstra_shortest_path_lengths(self.graph, start, float, goal if stop else None)
        spent = process_time() - begun
        self.graph.remove_nodes_from([start, goal])
        late = goal not in lengths or lengths[goal] > HORIZON
        return spent, None if late else ready + int(lengths[goal])


def raptor(runs: dict[str, list[tuple[Any, ...]]], queries: list[list[Any]], rounds: int) -> list[tuple[float, int]]:
    """CPU seconds of pyraptor's McRAPTOR on the lines alone, and the size of the set at the destination."""
    from loguru import logger
    from pyraptor.model import structures as model
    from pyraptor.model.mcraptor import McRaptorAlgorithm, best_legs_to_destination_station

    logger.remove()
    stations, stops, trips = model.Stations(), model.Stops(), model.Trips()
    times, routes = model.TripStopTimes(), model.Routes()
    for rows in runs.values():
        for place in (rows[0][0], *(row[1] for row in rows)):
            station = stations.add(model.Station(place, place))
            stop = stops.add(model.Stop(place, place, station, "1"))
            if stop not in station.stops:
                station.add_stop(stop)
        trip = model.Trip()
        calls = [(rows[0][0], rows[0][2], rows[0][2], rows[0][5])]
        calls += [(row[1], row[3], after[2], after[5]) for row, after in itertools.pairwise(rows)]
        for index, call in enumerate([*calls, (rows[-1][1], rows[-1][3], rows[-1][3], 0.0)]):
            time = model.TripStopTime(trip, index, stops.get(call[0]), *call[1:])
            trip.add_stop_time(time)
        trips.add(trip)
        for time in trip.stop_times:
            times.add(time)
        routes.add(trip)
    table = model.Timetable(stations, stops, trips, times, routes, model.Transfers())
    results = []
    for origin, destination, ready in queries:
        begun = process_time()
        bags, _ = McRaptorAlgorithm(table).run([stops.get(origin)], ready, rounds)
        found = best_legs_to_destination_station([stops.get(destination)], bags[rounds])
        results.append((process_time() - begun, len(found)))
    return results


def main() -> None:
    """Answer one request."""
    ask = json.load(sys.stdin)
    runs, roads = read(ask["folder"], ask["window"])
    if ask["lines"]:
        whole = {
            run: rows for run, rows in runs.items() if len({row[1] for row in rows} | {rows[0][0]}) == len(rows) + 1
        }
        answers: Any = {str(rounds): raptor(whole, ask["queries"], rounds) for rounds in (3, 5)}
    else:
        graph = Expanded(runs, roads)
        answers = {
            name: [graph.earliest(*query, stop=name == "goal") for query in ask["queries"]] for name in ("all", "goal")
        }
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
