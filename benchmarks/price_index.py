"""The price index against IndexNumR's values, pyindexnum 0.4.0 and PriceIndexCalc2 0.8.0.

Every system runs in a process and an environment of its own on the same table; ours and the peers take turns; medians
count. A series must meet the reference before its time does. Peers come from the locks in ``benchmarks/peers``.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from benchmarks import peer_environment

from bolanggu.engines.price_index import build, carry, index

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "measure"
PEERS = {"pyindexnum": "pyindexnum", "PriceIndexCalc2": "priceindexcalc2"}
EXACT, ROUNDS = 1e-10, 7
Row = dict[str, Any]


def setup() -> None:
    """Build the peers' environments from their hashed locks, where they are missing."""
    for name in PEERS.values():
        peer_environment.build(ROOT / ".peers" / name, ROOT / "benchmarks" / "peers" / f"{name}.txt")


def main(args: list[str]) -> dict[str, Any]:
    """Run all bars; ``--small`` leaves out the synthetic panel of 200,000 products."""
    if not DATA.is_dir():
        return {"bars": [bar("price index", None, None, None, "reference data", why="../shared/data is missing")]}
    setup()
    panel = uci_table()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "uci.npz"
        np.savez(table, **panel)
        bars = [*exactness(panel), *speed(table), *methods(table), bad_input(Path(folder))]
        if "--small" not in args:
            np.savez(table, **synthetic())
            bars += scale(table)
    return {"bars": bars, "load": os.getloadavg()[0]}


def bar(name: str, ours: float | None, peer: float | None, holds: bool | None, limit: str, **more: Any) -> Row:
    """One line of the report; a bar that was not run does not hold."""
    ratio = peer / ours if ours and peer else None
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "bar": limit, "holds": bool(holds), **more}


def exactness(panel: dict[str, Any]) -> list[Row]:
    """Compare every reference vector, as given and with the rows shuffled."""
    worst, count = 0.0, 0
    for dataset in ("CES_sigma_2.csv", "CES_churn.csv"):
        rows = list(csv.DictReader((DATA / "index_ref" / dataset).open(encoding="utf-8")))
        prices = build(
            [f"{int(row['time']):02d}" for row in rows],
            [row["prodID"] for row in rows],
            np.array([float(row["prices"]) for row in rows]),
            np.array([float(row["quantities"]) for row in rows]),
        )
        for key, expected in vectors("indexnumr_expected.csv", ("CES_churn" if "churn" in dataset else "CES",)):
            method, window, splice, carried = question(key)
            found = index(carry(prices) if carried else prices, method, window=window, splice=splice)
            worst, count = max(worst, relative(found, expected)), count + 1
    columns = [panel[name] for name in ("period", "product", "price", "quantity")]
    order = np.random.default_rng(1).permutation(len(columns[0]))
    moved = 0.0
    for key, expected in vectors("uci_indexnumr_expected.csv", None):
        method, window, splice, _ = question(key)
        found = index(build(*columns), method, window=window, splice=splice)
        shuffled = index(build(*(column[order] for column in columns)), method, window=window, splice=splice)
        worst, count = max(worst, relative(found, expected)), count + 1
        moved = max(moved, relative(shuffled, found))
    return [
        bar(f"largest relative error over {count} IndexNumR vectors", worst, None, worst <= EXACT, f"<= {EXACT:g}"),
        bar("shuffled rows, largest relative change", moved, None, moved <= 1e-13, "<= 1e-13"),
    ]


def vectors(name: str, datasets: tuple[str, ...] | None) -> Iterator[tuple[Row, Any]]:
    """Reference vectors of a file: what was asked, and the values."""
    found: dict[tuple[str, ...], list[float]] = defaultdict(list)
    names = ("dataset", "family", "method", "output", "window", "splice", "extra")
    for row in csv.DictReader((DATA / "index_ref" / name).open(encoding="utf-8")):
        found[tuple(row.get(key, "") for key in names)].append(float(row["value"]))
    for key, values in found.items():
        if datasets is None or key[0] in datasets:
            yield dict(zip(names, key, strict=True)), np.array(values)


def question(asked: Row) -> tuple[str, int | None, str | None, bool]:
    """A reference vector's name for a method in ours: method, window, splice, carried prices."""
    carried = "carry" in asked["extra"]
    if asked["family"] == "bilateral":
        return {"chained": "chained-", "fixedbase": "fixed-"}[asked["output"]] + asked["method"], None, None, carried
    if asked["method"].endswith("_int"):
        return "intgeks", None, None, carried
    method = f"geks-{asked['method']}" if asked["family"] == "GEKS" else asked["family"].lower()
    if asked["splice"] == "none":
        return method, None, None, carried
    return method, int(asked["window"]), asked["splice"], carried


def relative(found: Any, expected: Any) -> float:
    """Largest relative difference."""
    return float(np.max(np.abs(np.asarray(found) / np.asarray(expected) - 1.0)))


@contextmanager
def system(name: str, table: Path) -> Iterator[Any]:
    """Start a system on a table; calling it with a method's name gives one answer."""
    python = sys.executable if name == "ours" else str(ROOT / ".peers" / PEERS[name] / "bin" / "python")
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {**os.environ, **one_thread, "PYTHONPATH": str(ROOT / "src") if name == "ours" else ""}
    worker = [python, str(ROOT / "benchmarks" / "peers" / "price_index" / "worker.py"), name, str(table)]
    process = subprocess.Popen(worker, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def ask(what: str) -> Row:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(what + "\n")
        process.stdin.flush()
        return dict(json.loads(process.stdout.readline()))

    try:
        yield ask
    finally:
        process.communicate()


def speed(table: Path) -> list[Row]:
    """GEKS-Törnqvist over the UCI panel, by turns."""
    expected = next(values for key, values in vectors("uci_indexnumr_expected.csv", None) if key["window"] == "13")
    bars = []
    for name, times in (("pyindexnum", 50), ("PriceIndexCalc2", 30)):
        with system("ours", table) as ours, system(name, table) as peer:
            answers = [(ours("geks"), peer("geks")) for _ in range(1 + ROUNDS)][1:]
        off = [max(relative(answer[side]["values"], expected) for answer in answers) for side in (0, 1)]
        mine, theirs = (median(answer[side]["seconds"] for answer in answers) for side in (0, 1))
        holds = max(off) <= EXACT and theirs >= times * mine
        bars.append(bar(f"GEKS-T, UCI, s, against {name}", mine, theirs, holds, f"ratio >= {times}", error=off))
    return bars


def methods(table: Path) -> list[Row]:
    """Rolling windows, GK and WTPD over the UCI panel."""
    with system("ours", table) as ours:
        found = {
            what: median(ours(what)["seconds"] for _ in range(ROUNDS)) for what in ("geks", "rolling", "gk", "wtpd")
        }
    twice = found["rolling"] <= 2 * found["geks"]
    return [
        bar("GEKS-T window 11 mean_pub, s; peer: our single window", found["rolling"], found["geks"], twice, "<= 2x"),
        bar("GK, UCI, s", found["gk"], None, found["gk"] <= 1, "<= 1"),
        bar("WTPD, UCI, s", found["wtpd"], None, found["wtpd"] <= 1, "<= 1"),
    ]


def scale(table: Path) -> list[Row]:
    """200,000 products × 25 months: ours five times after a warm-up, the peer once."""
    with system("ours", table) as ours:
        ours("geks")
        answers = [ours("geks") for _ in range(5)]
    with system("pyindexnum", table) as peer:
        other = peer("geks")
    mine = median(answer["seconds"] for answer in answers)
    same = relative(answers[0]["values"], other["values"]) <= EXACT
    memory = max(answer["mb"] for answer in answers)
    return [
        bar("GEKS-T, 200k x 25, s", mine, other["seconds"], same and other["seconds"] >= 50 * mine, "ratio >= 50"),
        bar("GEKS-T, 200k x 25, s", mine, None, mine <= 2, "<= 2"),
        bar("GEKS-T, 200k x 25, peak MB", memory, other["mb"], memory <= 1024, "<= 1024"),
    ]


def bad_input(folder: Path) -> Row:
    """Give the command faulty files: each must end with exit code 2 and name the row and the column."""
    header = "period,product,price,quantity\n"
    cases = {
        header + "2026-01,a,-1,2\n": ("row 1", "price"),
        header + "2026-01,a,1,2\n2026-01,a,cheap,2\n": ("row 2", "price"),
        header + "2026-01,a,1,NaN\n": ("row 1", "quantity"),
        "period,product,price\n2026-01,a,1\n": ("quantity",),
        header + "2026-01,a,1,2\n2026-W09,a,1,2\n": ("row 2", "period"),
        "": ("empty",),
    }
    named = 0
    for text, words in cases.items():
        file = folder / "bad.csv"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "bolanggu", "index", str(file), "--method", "gk", "--json"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        named += done.returncode == 2 and all(word in done.stderr for word in words)
    return bar("faulty files refused by row and column", named, None, named == len(cases), f"= {len(cases)}")


def uci_table() -> dict[str, Any]:
    """The UCI panel as columns."""
    rows = list(csv.DictReader((DATA / "uci_retail_panel_monthly.csv").open(encoding="utf-8")))
    return {
        "period": np.array([row["ym"] for row in rows]),
        "product": np.array([row["id"] for row in rows]),
        "price": np.array([float(row["p"]) for row in rows]),
        "quantity": np.array([float(row["q"]) for row in rows]),
    }


def synthetic(products: int = 200_000, months: int = 25, seed: int = 2026) -> dict[str, Any]:
    """A churning panel: random start and life (mean 18 months), 12 % missing, 8 % sales at −25 %, elasticity −2."""
    random = np.random.default_rng(seed)
    start = random.integers(-12, months, products)
    life = random.geometric(1 / 18, products)
    month = np.arange(months)[:, None]
    sold = (month >= start) & (month < start + life) & (random.random((months, products)) >= 0.12)
    level = random.lognormal(1.0, 0.8, products)
    price = level * np.exp(np.cumsum(random.normal(0.002, 0.03, (months, products)), axis=0))
    price *= np.where(random.random((months, products)) < 0.08, 0.75, 1.0)
    quantity = random.lognormal(3.0, 1.0, products) * (price / level) ** -2 * random.lognormal(0, 0.3, price.shape)
    at, which = np.nonzero(sold)
    labels = np.array([f"{2024 + number // 12}-{number % 12 + 1:02d}" for number in range(months)])
    return {
        "period": labels[at],
        "product": np.char.add("P", np.char.zfill(which.astype(str), 6)),
        "price": price[sold],
        "quantity": np.ceil(quantity[sold]),
    }
