"""The large test network of the routing bar: 5,000 places, 50,000 runs of one year, in the `--network` format.

Made from stated parameters and a seed; it stands for no real network.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import cos, radians, sqrt
from pathlib import Path

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
NODES, CLUSTERS, SPREAD = 5000, 70, 3.0
MONTHLY = (1.0, 1.0, 1.0, 0.9, 1.1, 1.25)


@dataclass(frozen=True, slots=True)
class Mode:
    """How services of one mode run; costs per km and TEU, CO2e in g per km and TEU."""

    name: str
    share: float
    km_h: float
    cost: float
    grams: float
    dwell: int
    cutoff: int
    per_week: tuple[int, ...]
    leg_km: tuple[int, int]
    detour: float
    stops: tuple[int, int]


MODES = (
    Mode("sea", 0.30, 33, 0.09, 80, 1440, 48, (1, 1, 1, 2, 3), (200, 4500), 1.35, (4, 10)),
    Mode("rail", 0.22, 38, 0.42, 170, 480, 12, (1, 2, 3, 5, 7), (150, 2600), 1.25, (3, 8)),
    Mode("air", 0.18, 650, 3.2, 6900, 120, 8, (2, 4, 7, 14), (900, 9500), 1.05, (2, 3)),
    Mode("road", 0.22, 55, 0.95, 780, 60, 1, (3, 5, 7, 14), (100, 1300), 1.3, (2, 5)),
    Mode("barge", 0.08, 14, 0.12, 210, 300, 12, (2, 3, 5, 7), (60, 700), 1.4, (3, 6)),
)


@dataclass(slots=True)
class Grid:
    """Places by position, and which of them are hubs."""

    random: random.Random
    places: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Scatter the places over clusters; the first places are the hubs, one a cluster."""
        draw = self.random
        centres = [(draw.uniform(-25, 58), draw.uniform(-10, 125)) for _ in range(CLUSTERS)]
        self.places = list(centres)
        for number in range(NODES - CLUSTERS):
            lat, lon = centres[number % CLUSTERS]
            self.places.append((lat + draw.gauss(0, SPREAD / 2), lon + draw.gauss(0, SPREAD / 2)))

    def km(self, one: int, other: int) -> float:
        """Distance on a flat map, good enough for a synthetic one."""
        (a, b), (c, d) = self.places[one], self.places[other]
        return 111.2 * sqrt((a - c) ** 2 + ((b - d) * cos(radians((a + c) / 2))) ** 2)

    def next_stop(self, node: int, mode: Mode) -> int | None:
        """A hub with probability 0.62, else one of 60 random places, within the mode's leg length."""
        draw = self.random
        pool: Sequence[int] = range(CLUSTERS) if draw.random() < 0.62 else draw.sample(range(NODES), 60)
        fit = [stop for stop in pool if mode.leg_km[0] <= self.km(node, stop) <= mode.leg_km[1]]
        return draw.choice(fit) if fit else None


def write(folder: Path, seed: int = 1, runs: int = 50_000) -> None:
    """Write the network into ``folder``; about ``runs`` departures of one year."""
    grid = Grid(random.Random(seed))
    folder.mkdir(parents=True, exist_ok=True)
    services: list[tuple[str, str, str]] = []
    rows: list[tuple[object, ...]] = []
    served: set[int] = set()
    made = 0
    while made < runs:
        mode = grid.random.choices(MODES, [mode.share for mode in MODES])[0]
        stops = _route(grid, mode)
        if len(stops) < 2:
            continue
        name = f"{mode.name[0].upper()}{len(services):03d}"
        services.append((name, mode.name, f"carrier {len(services) % 9}"))
        served.update(stops)
        made += _runs(grid, mode, name, stops, rows)
    grid.random.shuffle(rows)
    rows.sort(key=lambda row: str(row[4]))
    _csv(folder / "nodes.csv", "code name lat lon kind", _node_rows(grid))
    _csv(folder / "services.csv", "id mode carrier", services)
    columns = "service_id seq from to depart arrive cutoff_h cost_per_teu co2e_g_per_teu run"
    _csv(folder / "departures.csv", columns, rows)
    _csv(folder / "road.csv", "from to hours cost_per_teu co2e_g_per_teu", _road_rows(grid, sorted(served)))


def code(node: int) -> str:
    """The code of a place, such as P0042."""
    return f"P{node:04d}"


def _route(grid: Grid, mode: Mode) -> list[int]:
    stops = [grid.random.randrange(CLUSTERS)]
    for _ in range(grid.random.randint(*mode.stops) - 1):
        stop = grid.next_stop(stops[-1], mode)
        if stop is not None:
            stops.append(stop)
    return stops


def _runs(grid: Grid, mode: Mode, name: str, stops: list[int], rows: list[tuple[object, ...]]) -> int:
    draw = grid.random
    speed, per_week = mode.km_h * draw.uniform(0.85, 1.25), draw.choice(mode.per_week)
    legs = []
    for one, other in pairwise(stops):
        km = grid.km(one, other) * mode.detour
        legs.append(
            (one, other, int(km / speed * 60) + 60, km * mode.cost * draw.uniform(0.8, 1.3), int(km * mode.grams))
        )
    monthly = [draw.choice(MONTHLY) for _ in range(13)]
    step, at, count = 7 * 1440 // per_week, draw.randrange(7 * 1440), 0
    while at < 365 * 1440:
        minute = at
        for seq, (one, other, length, cost, grams) in enumerate(legs, 1):
            depart, arrive = YEAR + timedelta(minutes=minute), YEAR + timedelta(minutes=minute + length)
            price = f"{cost * monthly[depart.month - 1]:.2f}"
            times = f"{depart:%Y-%m-%dT%H:%MZ}", f"{arrive:%Y-%m-%dT%H:%MZ}"
            rows.append((name, seq, code(one), code(other), *times, mode.cutoff, price, grams, f"{name}-{count}"))
            minute += length + mode.dwell
        at, count = at + step, count + 1
    return count


def _node_rows(grid: Grid) -> Iterable[tuple[object, ...]]:
    for node, (lat, lon) in enumerate(grid.places):
        yield code(node), f"place {node}", f"{lat:.4f}", f"{lon:.4f}", "hub" if node < CLUSTERS else "place"


def _road_rows(grid: Grid, served: list[int]) -> Iterable[tuple[object, ...]]:
    for node in range(NODES):
        near = sorted((grid.km(node, other), other) for other in served if other != node)[:3]
        for km, other in near:
            figures = int((km * 1.3 / 50 + 2) * 4) / 4, f"{1.1 * km + 60:.2f}", int(850 * km)
            yield code(node), code(other), *figures
            yield code(other), code(node), *figures


def _csv(file: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header.split())
        writer.writerows(rows)
