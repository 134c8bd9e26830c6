"""Compile the engine's kernels once on a tiny container."""

from __future__ import annotations

from itertools import count

from .lines import Stopwatch
from .model import CartonType, ContainerType
from .planning import load


def warm() -> None:
    """Load a few small cartons with and without support, so that every kernel is compiled and cached."""
    cartons = [CartonType("a", 4, 3, 2, 9, grams=1), CartonType("b", 3, 3, 3, 9, grams=1)]
    for support in ("full", "none"):
        load(cartons, ContainerType("tiny", 9, 8, 6), seconds=200, support=support, stopwatch=_ticks())


def _ticks() -> Stopwatch:
    """Count calls as seconds: the same work on every machine."""
    ticks = count()
    return lambda: float(next(ticks))
