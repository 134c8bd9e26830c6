"""Again (重做): a deed that the database broke off, because deeds waited for each other in a circle, is done again.

PostgreSQL ends such a circle by rolling one of the deeds back; that one had left nothing, so it can be done anew.
SQLite has one writer at a time and knows no circles.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

R = TypeVar("R")

#: deadlock_detected and serialization_failure (PostgreSQL, appendix A)
_BROKEN_OFF = frozenset({"40P01", "40001"})
_TRIES = 10


def again(deed: Callable[[], R]) -> R:
    """Do ``deed``, a whole transaction, and do it again, after a pause that grows, where the database broke it off.

    Inside a transaction it is done once: only the outermost deed can begin anew.

    Raises
    ------
    OperationalError
        It was broken off ten times, or failed for another reason.
    """
    if connection.in_atomic_block:
        return deed()
    for pause in range(_TRIES - 1):
        try:
            return deed()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in _BROKEN_OFF:
                raise
        time.sleep(0.01 * 2**pause * (1 + time.monotonic_ns() % 1000 / 1000))  # no two alike, or they meet again
    return deed()
