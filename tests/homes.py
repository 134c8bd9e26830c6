"""Homes of processes that tests start: a folder each, and on PostgreSQL a database each, named after the folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests import databases

ROOT = Path(__file__).resolve().parent.parent


def database(home: Path) -> str:
    """Name of the database that belongs to a home."""
    return f"home_{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"


def environment(home: Path) -> dict[str, str]:
    """What a process in ``home`` is started with; on PostgreSQL its database may not stand yet."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    server = databases.given()
    url = {"DATABASE_URL": server.url(database(home))} if server else {}
    return {**kept, **url, "BOLANGGU_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def copy(home: Path, to: Path) -> Path:
    """A copy of a home in which no process runs, with its database."""
    shutil.copytree(home, to)
    if server := databases.given():
        server.create(database(to), template=database(home))
    return to


def remove(home: Path) -> None:
    """Remove a home with its database; one that is not there is left alone."""
    shutil.rmtree(home, ignore_errors=True)
    if server := databases.given():
        server.drop(database(home))


def at_once(home: Path, programs: Sequence[Sequence[object]]) -> list[Any]:
    """Run programs in one home at the same time, each a module and its words; the JSON that each prints."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", *map(str, program)],
            cwd=ROOT,
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for program in programs
    ]
    said = [process.communicate(timeout=170) for process in running]
    assert [process.returncode for process in running] == [0] * len(running), "\n".join(err for _, err in said)
    return [json.loads(out) for out, _ in said]
