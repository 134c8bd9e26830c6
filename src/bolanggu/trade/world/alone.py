"""Alone (独占): one process at a time builds the city; the others wait and find it built."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_KEY = 20021022  # any number of our own: the lock's name on PostgreSQL


@contextmanager
def alone() -> Iterator[None]:
    """Hold the building lock of this installation: a file in the home for SQLite, an advisory lock on PostgreSQL.

    Either lock is gone when its process dies.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_KEY])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
        return
    from bolanggu.settings import home

    home().mkdir(parents=True, exist_ok=True)
    file = os.open(home() / "city.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
