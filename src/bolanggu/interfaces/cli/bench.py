"""``bolanggu bench NAME``: ours and the peer on the same work in one run; exit 1 if a bar does not hold."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import typer

from bolanggu.interfaces.cli.output import emit, stop

ROOT = Path(__file__).resolve().parents[4]


def command(
    name: str = typer.Argument(help="A file of benchmarks/: loading, routing, search, customs, ledger, …"),
    arguments: list[str] = typer.Argument(None, metavar="[ARGUMENT]...", help="Passed on, after --"),  # noqa: B008
    setup: bool = typer.Option(False, "--setup", help="Only build the peers into .peers/"),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout"),
) -> None:
    """Run one benchmark and print ours, the peer's, the ratio and the bar."""
    sys.path.insert(0, str(ROOT))
    known = sorted(p.stem for p in (ROOT / "benchmarks").glob("*.py") if "def main(" in p.read_text(encoding="utf-8"))
    if name not in known:
        stop(f"there is no benchmark {name}; there are: {', '.join(known)}")
    module = import_module(f"benchmarks.{name}")
    if setup:
        if hasattr(module, "setup"):
            module.setup()
        return
    report = module.main(arguments or [])
    emit(report, as_json, _table)
    raise SystemExit(0 if all(bar["holds"] for bar in report["bars"]) else 1)


def _table(report: dict[str, list[dict[str, object]]]) -> str:
    columns = ("name", "ours", "peer", "ratio", "bar", "holds")
    rows = [columns, *(tuple(_cell(bar.get(column)) for column in columns) for bar in report["bars"])]
    widths = [max(len(row[i]) for row in rows) for i in range(len(columns))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _cell(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "–" if value is None else str(value)
