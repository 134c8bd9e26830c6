"""Small random networks with few, small figures, so that ties, full rows and exact cut-offs are frequent."""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 2, 1, tzinfo=UTC)
COLUMNS = ["service_id", "seq", "from", "to", "depart", "arrive", "cutoff_h", "cost_per_teu", "co2e_g_per_teu"]
COLUMNS += ["capacity_teu", "run"]


def write_random(folder: Path, seed: int, nodes: int = 8, lines: int = 6) -> None:
    draw = random.Random(seed)
    codes = [f"N{number}" for number in range(nodes)]
    table = []
    for line in range(lines):
        table += _line(draw, f"L{line}", codes)
    if seed % 2:
        draw.shuffle(table)
    columns = COLUMNS if seed % 2 else COLUMNS[:-1]
    save(folder / "nodes.csv", ["code", "name", "lat", "lon", "kind"], [[code, "", "", "", ""] for code in codes])
    save(folder / "services.csv", ["id", "mode", "carrier"], [[f"L{n}", "rail", "c"] for n in range(lines)])
    save(folder / "departures.csv", columns, [[row[column] for column in columns] for row in table])
    roads = [
        [
            *draw.sample(codes, 2),
            draw.choice(["0.5", "1", "2.25", "7"]),
            draw.choice(["0", "1.1", "3"]),
            draw.randrange(4),
        ]
        for _ in range(draw.randrange(nodes * 2))
    ]
    save(folder / "road.csv", ["from", "to", "hours", "cost_per_teu", "co2e_g_per_teu"], roads)


def _line(draw: random.Random, name: str, codes: list[str]) -> list[dict[str, object]]:
    stops = [draw.choice(codes)]
    for _ in range(draw.randint(1, 4)):
        stops.append(draw.choice([code for code in codes if code != stops[-1]]))
    lengths = [draw.randint(1, 30) for _ in stops]
    cutoff = draw.choice(["0", "0.5", "2", "6.25"])
    rows, at = [], draw.randrange(100)
    for run in range(draw.randint(1, 6)):
        hour, tariff = at, draw.choice([1, 1, 1, 2, 0])
        for seq in range(1, len(stops)):
            length = max(1, lengths[seq] + draw.choice([0, 0, 0, -3, 2]))
            times = (START + timedelta(hours=hour), START + timedelta(hours=hour + length))
            row = dict(zip(("depart", "arrive"), (f"{time:%Y-%m-%dT%H:%MZ}" for time in times), strict=True))
            row |= {"service_id": name, "seq": seq, "from": stops[seq - 1], "to": stops[seq], "run": f"r{run}"}
            row |= {"cost_per_teu": f"{tariff * seq + 0.1:.2f}", "co2e_g_per_teu": draw.choice([seq, seq, 0, 5])}
            row |= {"cutoff_h": cutoff, "capacity_teu": draw.choice(["", "", "", "3", "0.5", "0"])}
            rows.append(row)
            hour += length + draw.choice([0, 0, 4])
        at += draw.choice([6, 12, 24, 24, 1400])
    return rows


def save(file: Path, header: list[str], rows: list[list[object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
