"""Order entry against django-oscar 4.2.1 on the same thirty lists; cost a line by length of list and size of city.

Ours: quotes with ladders, least orders, packs and mixed batches, one order a merchant, frozen terms and rates, payment
plan, lineage and journal. The peer: one basket and one order a list, by its own classes. CPU seconds of
each process; rounds take turns; medians count. Matching is not timed on either side.

    ./bolanggu bench trade -- [--rounds N] [--city]      # --city: also on the full city of 2.1 million goods
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import peer_environment

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "marketplace"
OSCAR = ROOT / ".peers" / "oscar"
SHORT, USUAL, LONG = 20, 100, 1000
Row = dict[str, Any]


def setup() -> None:
    """Build the peer's environment from its hashed lock, where it is missing."""
    peer_environment.build(OSCAR, ROOT / "benchmarks" / "peers" / "oscar.lock")


def main(args: list[str]) -> dict[str, Any]:
    """Run all bars; without the reference lists none of them holds."""
    if not DATA.is_dir():
        return {"bars": [bar("order entry", None, None, None, "reference lists", why="../shared/data is missing")]}
    setup()
    rounds = int(args[args.index("--rounds") + 1]) if "--rounds" in args else 5
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bars = [*beside_the_peer(place, rounds), *by_length(place, rounds), *by_city(place, rounds, "--city" in args)]
    return {"bars": bars, "load": os.getloadavg()[0]}


def bar(name: str, ours: float | None, peer: float | None, holds: bool | None, limit: str, **more: Any) -> Row:
    """One line of the report; a bar that was not run does not hold."""
    ratio = ours / peer if ours and peer else None
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "bar": limit, "holds": bool(holds), **more}


def beside_the_peer(place: Path, rounds: int) -> list[Row]:
    """Lines per CPU second on the thirty lists: both systems in turn, each from a fresh database."""
    home = place / "lists"
    command(home, "-m", "bolanggu", "goods", "import", DATA / "goods_import.csv", "--json")
    mine, theirs = [], []
    for _ in range(rounds):
        found = worked(home, "lists", DATA / "purchase_lists")
        mine.append(rate(found["lists"]))
        theirs.append(peer_rate(place / "oscar", found))
    ours, peer = median(mine), median(theirs)
    return [
        bar("order lines per CPU-s, beside django-oscar", ours, peer, ours >= 10 * peer, "≥ 10 ×"),
        bar("order lines per CPU-s", ours, None, ours >= 400, "≥ 400"),
    ]


def by_length(place: Path, rounds: int) -> list[Row]:
    """CPU seconds of a list of 100 lines to its orders; what a line of a long list costs beside one of a short."""
    sizes = [*[SHORT] * 10, *[USUAL] * 3, LONG]
    rfq, lengths = [], []
    for _ in range(rounds):
        entered = worked(place / "lists", "drawn", 7, *sizes)["lists"]
        rfq.append(median(one["match_seconds"] + one["seconds"] for one in entered[10:13]))
        lengths.append(1 / rate(entered[13:]) * rate(entered[:10]))
    return [
        bar("CPU-s from a 100-line list to its orders", median(rfq), None, median(rfq) < 0.25, "< 0.25"),
        bar("cost a line, list of 1,000 / of 20", median(lengths), None, median(lengths) <= 1.3, "≤ 1.3"),
    ]


def by_city(place: Path, rounds: int, full: bool) -> list[Row]:
    """Cost a line in a larger city beside the demo city; with the full city it is what the bar asks."""
    costs = {}
    for size in ("demo", "city" if full else "town"):
        home = place / size
        command(home, "-m", "bolanggu", "city", "build", "--size", size, "--json")
        costs[size] = median(1 / rate(worked(home, "drawn", 7, *[30] * 30)["lists"]) for _ in range(rounds))
        shutil.rmtree(home)
    (_, small), (name, large) = costs.items()
    return [bar(f"cost a line, {name} / demo city", large / small, None, large <= 1.3 * small, "≤ 1.3")]


def rate(entered: list[Row]) -> float:
    """Order lines per CPU second over lists."""
    return sum(one["lines"] for one in entered) / sum(one["seconds"] for one in entered)


def worked(home: Path, *words: object) -> Any:
    """Run our worker in a copy of a home, so that every round starts from the same state."""
    fresh = home.with_name(f"{home.name}-round")
    shutil.copytree(home, fresh)
    try:
        return json.loads(command(fresh, "-m", "benchmarks.trade_worker", *words))
    finally:
        shutil.rmtree(fresh)


def command(home: Path, *words: object) -> str:
    """Run a Python program of ours in a home; what it printed."""
    environment = os.environ | {"BOLANGGU_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, *map(str, words)], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def peer_rate(place: Path, found: Row) -> float:
    """Order lines per CPU second of the peer, on the goods and quantities that ours ordered."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    work = {"goods": found["goods"], "lists": [one["wanted"] for one in found["lists"]]}
    done = subprocess.run(
        [OSCAR / "bin" / "python", "-W", "ignore", ROOT / "benchmarks" / "peers" / "oscar" / "worker.py"],
        env=os.environ | {"BENCH_FOLDER": str(place)},
        input=json.dumps(work),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = json.loads(done.stdout)
    return float(said["lines"] / said["seconds"])
