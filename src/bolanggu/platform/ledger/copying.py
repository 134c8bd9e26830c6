"""Copy the whole database while others go on posting (热备份): what was committed before the copy began is in it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


class CopyFailed(RuntimeError):
    """The copy could not be made; nothing is left at its place."""

    code = "copy_failed"


def copy_to(place: Path) -> Path:
    """Write a consistent copy: a SQLite file, or on PostgreSQL an archive that ``pg_restore`` reads.

    Raises
    ------
    CopyFailed
        Something stands there already, or PostgreSQL's ``pg_dump`` is missing or fails.
    """
    if place.exists():
        raise CopyFailed(f"{place} stands already; name another file")
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        (_postgresql if connection.vendor == "postgresql" else _sqlite)(unfinished)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
    return place


def _sqlite(place: Path) -> None:
    """One snapshot; in the write-ahead mode writers do not wait for it."""
    connection.ensure_connection()
    with closing(sqlite3.connect(place)) as target:
        connection.connection.backup(target)


def _postgresql(place: Path) -> None:
    program = shutil.which("pg_dump") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))), None)
    if program is None:
        raise CopyFailed("there is no pg_dump here: apt-get install postgresql-client")
    from psycopg.conninfo import make_conninfo

    connection.ensure_connection()
    said = connection.connection.info.get_parameters()
    known = {name: said[name] for name in ("dbname", "user", "host", "port", "sslmode", "sslrootcert") if name in said}
    command = [program, "--format=custom", f"--file={place}", "--no-owner", make_conninfo(**known)]
    secret = {"PGPASSWORD": str(connection.settings_dict["PASSWORD"])} if connection.settings_dict["PASSWORD"] else {}
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CopyFailed(f"pg_dump failed: {done.stderr.strip()[-500:]}")
