"""Compile the engine's kernels once on a tiny container."""

from __future__ import annotations

from .model import CartonType, ContainerType
from .planning import load


def warm() -> None:
    """Load a few small cartons so that every kernel is compiled and cached."""
    cartons = [CartonType("a", 4, 3, 2, 9, grams=1), CartonType("b", 3, 3, 3, 5, grams=1)]
    for support in ("full", "none"):
        load(cartons, ContainerType("tiny", 12, 9, 8), seconds=0.05, support=support)
