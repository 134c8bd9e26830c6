"""The ledger against django-hordak 2.0.0 and a plain two-insert ledger on one PostgreSQL server of default settings.

Rounds take turns: every system gets a fresh database, the order rotates, medians of the per-round ratios count. Only
committed transfers count, and a run that does not conserve counts as none. Peers come from ``benchmarks/peers``.

    ./bolanggu bench ledger -- [--seconds S] [--warm S] [--rounds N] [--steps N]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.peer_environment import build
from tests import databases

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks" / "peers" / "ledger"
HORDAK = ROOT / ".peers" / "hordak"
#: name → (system, transfers a transaction, connections)
MODES = {
    "hordak transfer_to": ("hordak", 1, 1),
    "hordak bulk_create 200": ("hordak", 200, 1),
    "plain single": ("plain", 1, 1),
    "plain single, 4 connections": ("plain", 1, 4),
    "plain 100": ("plain", 100, 1),
    "plain 1000": ("plain", 1000, 1),
    "ours single": ("ours", 1, 1),
    "ours single, 4 connections": ("ours", 1, 4),
    "ours 100": ("ours", 100, 1),
    "ours 1000": ("ours", 1000, 1),
}
Result = dict[str, Any]


def setup() -> None:
    """Build the peer's environment from its hashed lock, where it is missing."""
    build(HORDAK, ROOT / "benchmarks" / "peers" / "hordak.lock")


def main(args: list[str]) -> dict[str, Any]:
    """Run all bars; figures of every mode are printed apart, on stderr."""
    said = dict(zip(args[::2], args[1::2], strict=True))
    seconds, warm = float(said.get("--seconds", 10)), float(said.get("--warm", 2))
    rounds, steps = int(said.get("--rounds", 5)), int(said.get("--steps", 20_000))
    if databases.binaries() is None:
        return {"bars": [bar("ledger", None, None, None, "PostgreSQL", why="there is no PostgreSQL here")]}
    setup()
    with tempfile.TemporaryDirectory() as folder, databases.temporary() as server:
        bench = Bench(server, Path(folder))
        bench.prepare()
        results = [bench.round(number, seconds, warm) for number in range(rounds)]
        bars = [*speed(results), *bench.apart(steps)]
        beside = bench.sqlite(seconds, warm)
    report(results, beside, server.version)
    return {"bars": bars, "postgresql": server.version, "load": os.getloadavg()[0], "sqlite": beside}


class Bench:
    """A server with a prepared database of each system, copied for every run."""

    def __init__(self, server: databases.Server, folder: Path) -> None:
        self.server, self.folder = server, folder

    def prepare(self) -> None:
        """Make one prepared database a system."""
        for system in ("hordak", "plain", "ours"):
            self.server.create(f"{system}_template")
            self.run(system, f"{system}_template", "prepare")

    def fresh(self, system: str, name: str) -> None:
        """A copy of the prepared database."""
        self.server.create(name, template=f"{system}_template")

    def run(self, system: str, name: str, *words: object, wait: bool = True) -> Any:
        """Start a worker; its document when it has ended, or the process."""
        program = {"hordak": "hordak_worker.py"}.get(system, f"{system}.py")
        python = HORDAK / "bin" / "python" if system == "hordak" else Path(sys.executable)
        environment = os.environ | {
            "DATABASE_URL": self.server.url(name) if self.server and name != "sqlite" else "",
            "BOLANGGU_HOME": str(self.folder / "home"),
            "PYTHONPATH": "" if system == "hordak" else f"{ROOT / 'src'}:{ROOT}",
        }
        command = [str(python), str(HERE / program), self.server.dsn(name), *map(str, words)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        return done(process) if wait else process

    def round(self, number: int, seconds: float, warm: float) -> dict[str, Result]:
        """Every mode once, in an order that rotates."""
        names = list(MODES)
        turn = number * 3 % len(names)
        results: dict[str, Result] = {}
        for name in names[turn:] + names[:turn]:
            system, size, connections = MODES[name]
            self.fresh(system, "run")
            words = ("run", size, seconds, warm)
            running = [self.run(system, "run", *words, 100 * number + i, wait=False) for i in range(connections)]
            parts = [done(process) for process in running]
            checked = self.run(system, "run", "check")
            rate = sum(part["transfers"] / part["seconds"] for part in parts) if checked["conserved"] else 0.0
            results[name] = {
                "rate": rate,
                "p95_ms": max(part["p95_ms"] for part in parts),
                "bytes": checked.get("bytes", 0) / max(1, checked["transfers"]),
                "load": os.getloadavg()[0],
            }
        return results

    def apart(self, steps: int) -> list[Result]:
        """Bars without a peer: reads, verifying, the simulation on both databases."""
        self.fresh("ours", "run")
        self.run("ours", "run", "run", 1000, 6, 0, 1)
        verified = self.run("ours", "run", "verify")
        rate = verified["transfers"] / verified["seconds"] if not verified["faults"] else 0.0
        few, many = self.balances()
        made = [
            bar("verify, transfers/s", rate, None, None, 20_000.0),
            bar("balance read p95 ms, 1 M / 1,000 transfers", many, few, many / few, 1.3, most=True),
        ]
        for name in ("run", "sqlite"):
            if name == "run":
                self.fresh("ours", "run")
            went = self.run("ours", name, "simulate", steps)
            label = "PostgreSQL" if name == "run" else "SQLite"
            what = f"simulation on {label}, differences in {went['steps']} steps, {went['crashes']} crashes"
            made.append(bar(what, float(went["differences"]), None, None, 0.0, most=True))
        return made

    def balances(self) -> tuple[float, float]:
        """Read balances among 1,000 and among 1 M transfers, by turns: p95 in ms, the median of seven turns each."""
        sizes = {"few": 1000, "many": 1_000_000}
        for name in sizes:
            self.fresh("ours", name)
        taken: dict[str, list[float]] = {name: [] for name in sizes}
        for _ in range(7):
            for name, rows in sizes.items():
                taken[name].append(self.run("ours", name, "reads", rows)["p95_ms"])
        return median(taken["few"]), median(taken["many"])

    def sqlite(self, seconds: float, warm: float) -> dict[str, float]:
        """Ours on SQLite (WAL, synchronous FULL), beside the others without a ratio: transfers a second."""
        self.run("ours", "sqlite", "prepare")
        found = {}
        for size in (1, 100, 1000):
            went = self.run("ours", "sqlite", "run", size, seconds, warm, size)
            found[f"batch {size}"] = round(went["transfers"] / went["seconds"], 1)
        return found


def done(process: subprocess.Popen[str]) -> Result:
    """The document of a worker, or its failure."""
    out, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{process.args} ended with {process.returncode}")
    return json.loads(out) if out.strip() else {}


def speed(results: list[dict[str, Result]]) -> list[Result]:
    """Bars over peers: the median of the per-round ratios."""
    made = []
    for name, ours, peer, least in (
        ("batch-100 / hordak transfer_to", "ours 100", "hordak transfer_to", 40.0),
        ("batch-1000 / hordak bulk_create 200", "ours 1000", "hordak bulk_create 200", 3.0),
        ("batch-100 / plain, 100 a transaction", "ours 100", "plain 100", 3.0),
        ("batch-1000 / plain, 1000 a transaction", "ours 1000", "plain 1000", 3.0),
    ):
        mine, theirs = ([r[mode]["rate"] for r in results] for mode in (ours, peer))
        ratio = median(m / t if t else 0.0 for m, t in zip(mine, theirs, strict=True))
        made.append(bar(f"{name}, transfers/s", median(mine), median(theirs), ratio, least))
    for suffix in ("", ", 4 connections"):
        mine, theirs = ([r[f"{s} single{suffix}"]["p95_ms"] for r in results] for s in ("ours", "plain"))
        ratio = median(m / t for m, t in zip(mine, theirs, strict=True))
        made.append(bar(f"single post p95 ms{suffix}", median(mine), median(theirs), ratio, 1.0, most=True))
    return made


def bar(
    name: str,
    ours: float | None,
    peer: float | None,
    ratio: float | None,
    bound: Any,
    *,
    most: bool = False,
    why: str = "",
) -> Result:
    """One bar of the report; ``most`` says that less is better."""
    judged = ratio if ratio is not None else ours
    holds = judged is not None and (judged <= bound if most else judged >= bound)
    made = {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "bar": bound, "holds": holds}
    return made | ({"why": why} if why else {})


def report(results: list[dict[str, Result]], beside: dict[str, float], version: str) -> None:
    """Figures of every mode on stderr: median and range, disk a transfer, and what each path checks."""
    print(f"PostgreSQL {version}, default settings; {len(results)} rounds", file=sys.stderr)
    for name in MODES:
        rates = sorted(r[name]["rate"] for r in results)
        p95 = median(r[name]["p95_ms"] for r in results)
        size = median(r[name]["bytes"] for r in results)
        print(
            f"  {name:28} {median(rates):9.0f}/s ({rates[0]:.0f}-{rates[-1]:.0f})  p95 {p95:8.2f} ms"
            + (f"  {size:6.0f} bytes a transfer" if size else ""),
            file=sys.stderr,
        )
    print(f"  ours on SQLite, WAL, synchronous FULL: {beside}", file=sys.stderr)
    print(f"  load {[round(r['ours 100']['load'], 1) for r in results]} on {os.cpu_count()} cores", file=sys.stderr)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:]), indent=2))
