"""``bolanggu test``: the tests, in a home of their own; slow ones only when asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

ROOT = Path(__file__).resolve().parents[4]


def command(
    path: list[str] = typer.Argument(None, metavar="[PATH]...", help="Test files or folders; all when none is named"),  # noqa: B008
    everything: bool = typer.Option(False, "--all", help="Run the slow tests too"),
) -> None:
    """Run the tests. BOLANGGU_REQUIRE=postgres,chromium,shared makes what is missing fail instead of skip."""
    command_line = [sys.executable, "-m", "pytest", "-q", "--no-header", "-n", "2", "--dist", "loadfile"]
    if not everything:
        command_line += ["-m", "not slow"]
    with tempfile.TemporaryDirectory(prefix="bolanggu-test-") as home:
        environment = {**os.environ, "BOLANGGU_HOME": home}
        done = subprocess.run([*command_line, *(path or [])], cwd=ROOT, env=environment, check=False)  # noqa: S603
    raise SystemExit(done.returncode)
