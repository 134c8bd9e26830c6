"""Alone (独占): one process of this installation at a time does a thing; the others wait and find it done.

By a lock file in the home on SQLite, by an advisory lock on PostgreSQL. Either lock is gone when its process dies.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.db import connection


def lock_number(what: str) -> int:
    """The name of a lock as PostgreSQL's advisory locks want it: a number.

    >>> lock_number("migrate") == lock_number("migrate") != lock_number("city")
    True
    """
    return crc32(what.encode())


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Hold the lock named ``what``, such as ``migrate`` or ``city``."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock_number(what)])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_number(what)])
        return
    from bolanggu.settings import home

    home().mkdir(parents=True, exist_ok=True)
    file = os.open(home() / f"{what}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
