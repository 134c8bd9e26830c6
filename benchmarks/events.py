"""Events: scans of parcels from CSV lines to disk, the latest status among fifty million, and kill -9 in mid-write.

The peer does the same work with what a small installation has without this project: csv, SQLite in WAL mode, one table
of events with a key over all columns and one of the latest, a transaction for each batch. Times are wall seconds.
"""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bolanggu.engines.parcels import record as r
from bolanggu.engines.parcels.kernel import Ints
from bolanggu.engines.parcels.reading import HEADER
from bolanggu.engines.parcels.store import ScanStore
from bolanggu.engines.parcels.warm import warm

ROOT = Path(__file__).resolve().parent.parent
LINES, PEER_LINES, BATCH = 5_000_000, 300_000, 20_000
MANY, A_PARCEL, LOOK_UPS, KILLS = 50_000_000, 8, 200_000, 20
START = 1_767_225_600_000  # 2026-01-01T00:00Z in ms
PLACES, CARRIERS = ("CNYIW", "CNHGH", "CNSHA", "CNCAN", "CNNGB"), ("YTOE", "ZTOE", "SFEX", "STOE")


def main(arguments: Sequence[str] = ()) -> dict[str, Any]:
    """Run everything; ``arguments`` may give the number of scans in the large store (50,000,000)."""
    many = int(arguments[0]) if arguments else MANY
    warm()
    return {"bars": [rate(), latest_of(many), killed()]}


def rate() -> dict[str, Any]:
    """Scans a second from lines that are shuffled in time and hold each tenth line twice."""
    batches = list(_batches(LINES, seed=1))
    with tempfile.TemporaryDirectory() as folder, ScanStore(Path(folder)) as store:
        begun = time.perf_counter()
        taken = [store.capture(lines) for lines in batches]
        seconds = time.perf_counter() - begun
        if sum(batch.new for batch in taken) != store.scans or not any(batch.known for batch in taken):
            raise AssertionError("the store does not hold what it took")
    ours = sum(batch.new + batch.known for batch in taken) / seconds
    peer = _peer_rate(list(_batches(PEER_LINES, seed=1)))
    name = "scans a second: lines validated, deduplicated, on disk, latest kept; SQLite"
    return {"name": name, "ours": ours, "peer": peer, "ratio": ours / peer, "bar": 100_000, "holds": ours >= 100_000}


def latest_of(many: int) -> dict[str, Any]:
    """Milliseconds of a look-up, 99th percentile, in a store of ``many`` scans."""
    parcels, draw = many // A_PARCEL, random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        with ScanStore(Path(folder)) as store:
            for seed, start in enumerate(range(0, many, 1 << 20)):
                store.take(_records(min(1 << 20, many - start), parcels, seed))
            store.save()
            held = store.scans
        begun = time.perf_counter()
        with ScanStore(Path(folder), read_only=True) as store:
            opened = time.perf_counter() - begun
            numbers = [f"YT{draw.randrange(parcels + parcels // 100):013d}" for _ in range(LOOK_UPS)]
            times = sorted(_timed(store, number) for number in numbers)
            history = sorted(_timed(store, number, whole=True) for number in numbers[:2000])
            size = sum(file.stat().st_size for file in Path(folder).iterdir())
    p99 = 1000 * times[int(0.99 * len(times))]
    sys.stderr.write(
        f"{held:,} scans of {parcels:,} parcels, {size / 1e9:.1f} GB; opened in {opened:.1f} s; "
        f"a whole history p99 {1000 * history[int(0.99 * len(history))]:.3f} ms\n"
    )
    name = f"latest status, p99 ms, among {many:,} scans"
    return {"name": name, "ours": p99, "peer": None, "ratio": None, "bar": 2, "holds": p99 <= 2}


def killed() -> dict[str, Any]:
    """Writers killed with SIGKILL in mid-write: of how many the next one finds every scan that was confirmed."""
    draw, whole = random.Random(5), 0
    with tempfile.TemporaryDirectory() as folder:
        confirmed = 0
        for _ in range(KILLS):
            worker = subprocess.Popen(
                [sys.executable, __file__, folder, str(confirmed)],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            )
            assert worker.stdout is not None
            confirmed = int(worker.stdout.readline())
            time.sleep(draw.random() * 0.4)
            worker.send_signal(signal.SIGKILL)
            confirmed = max([confirmed, *(int(line) for line in worker.stdout.read().split("\n")[:-1])])
            worker.wait()
            with ScanStore(Path(folder), segment=5000) as store:
                found = (store.latest(f"K{number:09d}") is not None for number in range(confirmed))
                whole += all(found) and len(store.history("K000000000")) == 1
    name = f"writers killed with SIGKILL, of {KILLS}, after which nothing confirmed is missing or there twice"
    return {"name": name, "ours": whole, "peer": None, "ratio": None, "bar": KILLS, "holds": whole == KILLS}


def write_on(folder: Path, start: int) -> None:
    """Capture batches for ever, from one before ``start`` on, and print how far it is confirmed."""
    with ScanStore(folder, segment=5000) as store:
        number = max(0, start - 100)
        while True:
            lines = [f"K{one:09d},2026-03-01T08:00Z,sorted,CNYIW,YTOE,1,ACT" for one in range(number, number + 100)]
            store.capture("\n".join([HEADER, *lines]).encode())
            number += 100
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def _batches(count: int, seed: int) -> Iterator[bytes]:
    """CSV files of BATCH lines, each tenth line there twice."""
    for number in range(0, count, BATCH):
        fresh = _records(BATCH * 9 // 10, count // A_PARCEL, seed * 1000 + number)
        lines = [_line(words) for words in fresh]
        lines += lines[: BATCH - len(lines)]
        random.Random(number).shuffle(lines)
        yield "\n".join([HEADER, *lines, ""]).encode()


def _line(words: Ints) -> str:
    scan = r.scan_of(words)
    at = scan.at.isoformat(timespec="milliseconds")
    return f"{scan.number},{at},{scan.stage},{scan.place},{scan.carrier},{scan.grams},{scan.tense}"


def _records(count: int, parcels: int, seed: int) -> Ints:
    """Records of random parcels, made without lines."""
    draw = np.random.default_rng(seed)
    records = np.zeros((count, r.WORDS), dtype=np.int64)
    cells = records.view(np.uint8).reshape(-1, r.BYTES)
    number = draw.integers(0, parcels, count)
    cells[:, :2] = np.frombuffer(b"YT", dtype=np.uint8)
    for place in range(13):
        cells[:, 14 - place] = 48 + number // 10**place % 10
    records[:, r.TIME] = START + draw.integers(0, 60 * 86_400_000, count)
    places = np.array([list(place.encode()) for place in PLACES], dtype=np.uint8)
    cells[:, r.PLACE_AT : r.PLACE_AT + 5] = places[draw.integers(0, len(PLACES), count)]
    cells[:, r.STAGE_AT] = draw.integers(1, len(r.STAGES), count)
    cells[:, r.TENSE_AT] = np.where(draw.random(count) < 0.9, r.ACTUAL, r.ACTUAL - 1)
    carriers = np.array([list(carrier.encode()) for carrier in CARRIERS], dtype=np.uint8)
    cells[:, r.CARRIER_AT : r.CARRIER_AT + 4] = carriers[draw.integers(0, len(CARRIERS), count)]
    cells[:, r.MASS_AT] = draw.integers(0, 256, count)
    return records


def _timed(store: ScanStore, number: str, *, whole: bool = False) -> float:
    begun = time.perf_counter()
    if whole:
        store.history(number)
    else:
        store.latest(number)
    return time.perf_counter() - begun


def _peer_rate(batches: Sequence[bytes]) -> float:
    columns = "parcel, time, stage, place, carrier, grams, tense"
    keep = "INSERT OR IGNORE INTO scan VALUES (?, ?, ?, ?, ?, ?, ?)"
    latest = (
        "INSERT INTO latest (parcel, time, stage, place) VALUES (?, ?, ?, ?) ON CONFLICT (parcel) DO UPDATE SET "
        "time = excluded.time, stage = excluded.stage, place = excluded.place WHERE excluded.time > latest.time"
    )
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "scans.sqlite3", isolation_level=None)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute(f"CREATE TABLE scan ({columns}, PRIMARY KEY ({columns})) WITHOUT ROWID")
        base.execute("CREATE TABLE latest (parcel PRIMARY KEY, time, stage, place) WITHOUT ROWID")
        begun, count = time.perf_counter(), 0
        for lines in batches:
            rows = list(csv.reader(io.StringIO(lines.decode())))[1:]
            base.execute("BEGIN IMMEDIATE")
            base.executemany(keep, rows)
            base.executemany(latest, [row[:4] for row in rows if row[6] == "ACT"])
            base.execute("COMMIT")
            count += len(rows)
        seconds = time.perf_counter() - begun
        base.close()
    return count / seconds


if __name__ == "__main__":
    write_on(Path(sys.argv[1]), int(sys.argv[2]))
