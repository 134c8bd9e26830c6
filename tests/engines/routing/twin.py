"""The slow plain twin: reads the four files with the standard library and tries every ride from every label."""

from __future__ import annotations

import csv
import heapq
from collections import defaultdict
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

HORIZON = 60 * 24 * 60
Point = tuple[int, int, int]


def minute(text: str) -> int:
    time = datetime.fromisoformat(text)
    return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()) // 60


def rounded(hours: str) -> int:
    return int((Decimal(hours) * 60).to_integral_value(ROUND_HALF_UP))


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


class Twin:
    def __init__(self, folder: Path, teu: float = 1.0) -> None:
        self.roads = defaultdict(list)
        for row in rows(folder / "road.csv"):
            figures = rounded(row["hours"]), int(Decimal(row["cost_per_teu"]) * 100), int(row["co2e_g_per_teu"])
            self.roads[row["from"]].append((row["to"], *figures))
        self.rides = defaultdict(list)
        for run in self.runs(rows(folder / "departures.csv")):
            for start in range(len(run)):
                self.ride(run[start:], teu)

    @staticmethod
    def runs(table: list[dict[str, str]]) -> list[list[dict[str, str]]]:
        named, unnamed, current = defaultdict(list), [], {}
        for row in table:
            if row.get("run"):
                named[row["service_id"], row["run"]].append(row)
            elif row["seq"] == "1":
                current[row["service_id"]] = [row]
                unnamed.append(current[row["service_id"]])
            else:
                current[row["service_id"]].append(row)
        return unnamed + [sorted(run, key=lambda row: int(row["seq"])) for run in named.values()]

    def ride(self, run: list[dict[str, str]], teu: float) -> None:
        cost = co2e = 0
        deadline = minute(run[0]["depart"]) - rounded(run[0]["cutoff_h"])
        for row in run:
            if row.get("capacity_teu") and float(row["capacity_teu"]) < teu:
                return
            cost += int(Decimal(row["cost_per_teu"]) * 100)
            co2e += int(row["co2e_g_per_teu"])
            self.rides[run[0]["from"]].append((deadline, row["to"], minute(row["arrive"]), cost, co2e))

    def search(self, origin: str, destination: str, depart: str) -> list[Point]:
        ready = minute(depart)
        if origin == destination:
            return [(ready, 0, 0)]
        kept: dict[tuple[str, bool], list[Point]] = defaultdict(list)
        queue = [(ready, 0, 0, origin, False)]
        while queue:
            arrive, cost, co2e, node, trucked = heapq.heappop(queue)
            if arrive > ready + HORIZON or beaten((arrive, cost, co2e), kept[node, trucked]):
                continue
            kept[node, trucked].append((arrive, cost, co2e))
            for deadline, to, end, more_cost, more_co2e in self.rides[node]:
                if arrive <= deadline:
                    heapq.heappush(queue, (end, cost + more_cost, co2e + more_co2e, to, False))
            for to, length, more_cost, more_co2e in [] if trucked else self.roads[node]:
                heapq.heappush(queue, (arrive + length, cost + more_cost, co2e + more_co2e, to, True))
        points = sorted({*kept[destination, False], *kept[destination, True]})
        return [point for point in points if not beaten(point, [other for other in points if other != point])]


def beaten(point: Point, others: list[Point]) -> bool:
    return any(all(a <= b for a, b in zip(other, point, strict=True)) for other in others)


def check_legs(journey: dict, origin: str, destination: str, depart: str, folder: Path) -> None:
    """Every leg stands in the files, joins the one before, and the figures add up."""
    legs = journey["legs"]
    ends = [origin, *(leg["to"] for leg in legs)]
    assert ends[-1] == destination
    assert [leg["from"] for leg in legs] == ends[:-1]
    assert sum(round(leg["cost"] * 100) for leg in legs) == round(journey["cost"] * 100)
    assert sum(leg["co2e_g"] for leg in legs) == journey["co2e_g"]
    twin = Twin(folder)
    ready = minute(depart)
    for leg in legs:
        figures = round(leg["cost"] * 100), leg["co2e_g"]
        if leg["kind"] == "road":
            assert minute(leg["depart"]) == ready
            assert (leg["to"], minute(leg["arrive"]) - ready, *figures) in twin.roads[leg["from"]]
        else:
            rides = [ride for ride in twin.rides[leg["from"]] if ride[0] >= ready]
            assert (leg["to"], minute(leg["arrive"]), *figures) in [ride[1:] for ride in rides]
        ready = minute(leg["arrive"])
    assert not any(a["kind"] == b["kind"] == "road" for a, b in pairwise(legs))
    assert minute(journey["arrive"]) == ready
