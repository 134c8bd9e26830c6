"""``bolanggu check``: every gate of the house in one command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from bolanggu.interfaces.cli.output import note, stop

ROOT = Path(__file__).resolve().parents[4]

#: name of a gate → its command
GATES = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "src", "tests", "benchmarks"],
    "lint": ["-m", "ruff", "check", "--quiet", "src", "tests", "benchmarks"],
    "types": ["-m", "mypy"],
    "layers": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
    "examples": ["-m", "pytest", "-q", "--no-header", "src"],
    "migrations": ["-m", "django", "makemigrations", "--check", "--dry-run", "--settings", "bolanggu.settings"],
}


def command(
    only: Annotated[
        list[str] | None,
        typer.Argument(metavar="[GATE]...", help="format lint types layers examples migrations figures; all if none"),
    ] = None,
) -> None:
    """Run formatter, linter, types, layers, doctests, migrations, and print the house figures."""
    wanted = only or [*GATES, "figures"]
    failed = [name for name in wanted if not (_figures() if name == "figures" else _gate(name))]
    if failed:
        stop(f"does not hold: {', '.join(failed)}", code=1)
    note("all gates hold")


def _gate(name: str) -> bool:
    note(f"{name} ...")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bolanggu.settings"}
    done = subprocess.run(  # noqa: S603 - commands of this file
        [sys.executable, *GATES[name]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        note((done.stdout + done.stderr).strip())
    return done.returncode == 0


def _figures() -> bool:
    from bolanggu.interfaces.cli.house_figures import measure

    figures = measure(ROOT)
    for figure in figures:
        sign = "≤" if figure.at_most else "≥"
        typer.echo(f"{figure.name:<28}{figure.value:>9.2f}  {sign} {figure.bar:g}{'' if figure.holds else '  short'}")
    return all(figure.holds for figure in figures if figure.name != "test lines per code line")
