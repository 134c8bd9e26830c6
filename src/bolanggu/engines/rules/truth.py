"""Truth (三值逻辑): false, unknown, true in Kleene's strong logic."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """Ordered false < unknown < true, so that «and» is the minimum and «or» the maximum."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def status(self) -> str:
        """The word for a condition: ``failed``, ``unknown`` or ``met``."""
        return ("failed", "unknown", "met")[self]


def of(answer: bool | None) -> Truth:
    """The truth of an answer; None is unknown.

    >>> of(None)
    <Truth.UNKNOWN: 1>
    """
    return Truth.UNKNOWN if answer is None else Truth.TRUE if answer else Truth.FALSE


def negate(truth: Truth) -> Truth:
    """Swap true and false; unknown stays."""
    return Truth(2 - truth)


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is unknown, else true."""
    return min(truths, default=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is unknown, else false."""
    return max(truths, default=Truth.FALSE)


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """True if ``count`` or more are true, false if even the unknown ones would not reach it, else unknown.

    >>> at_least(2, [Truth.TRUE, Truth.UNKNOWN, Truth.FALSE])
    <Truth.UNKNOWN: 1>
    """
    seen = list(truths)
    if seen.count(Truth.TRUE) >= count:
        return Truth.TRUE
    return Truth.FALSE if len(seen) - seen.count(Truth.FALSE) < count else Truth.UNKNOWN
