"""``bolanggu test``: the tests, in a home of their own, on either database; slow ones only when asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path

import typer

ROOT = Path(__file__).resolve().parents[4]


class Database(StrEnum):
    """On what the tests run: SQLite in memory, or a PostgreSQL server started for the run in a temporary folder."""

    sqlite = "sqlite"
    postgres = "postgres"


def command(
    path: list[str] = typer.Argument(None, metavar="[PATH]...", help="Test files or folders; all when none is named"),  # noqa: B008
    everything: bool = typer.Option(False, "--all", help="Run the slow tests too"),
    database: Database = typer.Option(Database.sqlite, help="postgres starts a server of its own"),  # noqa: B008
) -> None:
    """Run the tests. BOLANGGU_REQUIRE=postgres,chromium,shared makes what is missing fail instead of skip."""
    command_line = [sys.executable, "-m", "pytest", "-q", "--no-header", "-n", "2", "--dist", "loadfile"]
    if not everything:
        command_line += ["-m", "not slow"]
    if database is Database.postgres:
        command_line = [sys.executable, "-m", "tests.databases", *command_line]
    with tempfile.TemporaryDirectory(prefix="bolanggu-test-") as home:
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"BOLANGGU_HOME": home}
        done = subprocess.run([*command_line, *(path or [])], cwd=ROOT, env=environment, check=False)  # noqa: S603
    raise SystemExit(done.returncode)
