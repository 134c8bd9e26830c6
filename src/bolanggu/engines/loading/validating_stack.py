"""Checks of stacking (堆码校验): support of the base, load on top, layers, top-only and floor-only cartons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .certificate import Violation
from .model import CartonType, Placement
from .validating_room import at


@dataclass(frozen=True, slots=True)
class Stack:
    """Placements by falling height, and for each the (index, contact area in mm²) of what it stands on."""

    placements: tuple[Placement, ...]
    below: tuple[tuple[tuple[int, int], ...], ...]

    @classmethod
    def of(cls, placements: Sequence[Placement]) -> Stack:
        """Find what stands on what, level by level."""
        ordered = tuple(sorted(placements, key=lambda p: -p.z))
        tops: dict[int, list[int]] = defaultdict(list)
        for index, p in enumerate(ordered):
            tops[p.z + p.dz].append(index)
        edges = np.array([(p.x, p.y, p.x + p.dx, p.y + p.dy) for p in ordered], np.int64).reshape(-1, 4)
        return cls(ordered, tuple(_below(index, p, tops, edges) for index, p in enumerate(ordered)))


def _below(
    index: int,
    placement: Placement,
    tops: Mapping[int, Sequence[int]],
    edges: np.ndarray[tuple[int, int], np.dtype[np.int64]],
) -> tuple[tuple[int, int], ...]:
    level = tops.get(placement.z, ())
    if not level or placement.z == 0:
        return ()
    rows = np.asarray(level)
    low = np.maximum(edges[rows, :2], edges[index, :2])
    high = np.minimum(edges[rows, 2:], edges[index, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    return tuple((int(rows[i]), int(shared[i])) for i in np.flatnonzero(shared))


def supported(stack: Stack, share: float) -> Iterator[Violation]:
    """At least ``share`` of each base lies on the floor or on tops of exactly its height."""
    for p, below in zip(stack.placements, stack.below, strict=True):
        if p.z == 0:
            continue
        area = sum(contact for _, contact in below)
        if area < share * p.dx * p.dy:
            text = f"{at(p)} has {area} of {p.dx * p.dy} mm² of its base supported"
            yield Violation("support", text, (p.key,))


def bearing(known: Mapping[str, CartonType], stack: Stack) -> Iterator[Violation]:
    """No carton bears more than it may: mass and what it carries goes to its supports by contact area."""
    carried = [0.0] * len(stack.placements)
    for index, p in enumerate(stack.placements):
        carton = known[p.key]
        limit = carton.max_load_above_g
        if limit is not None and carried[index] > limit * (1 + 1e-9) + 1e-3:
            text = f"{at(p)} bears {carried[index] / 1000:.2f} kg, at most {limit / 1000:.2f} kg may stand on it"
            yield Violation("bearing", text, (p.key,))
        total = sum(contact for _, contact in stack.below[index])
        for other, contact in stack.below[index]:
            carried[other] += (carton.grams + carried[index]) * contact / total


def layers(known: Mapping[str, CartonType], stack: Stack) -> Iterator[Violation]:
    """No stack counted from a carton upwards is higher than the carton allows."""
    high = [1] * len(stack.placements)
    for index, p in enumerate(stack.placements):
        limit = known[p.key].max_layers
        if limit is not None and high[index] > limit:
            yield Violation(
                "layers", f"{at(p)} is under a stack of {high[index]}, at most {limit} are allowed", (p.key,)
            )
        for other, _ in stack.below[index]:
            high[other] = max(high[other], high[index] + 1)


def top_and_floor(known: Mapping[str, CartonType], stack: Stack) -> Iterator[Violation]:
    """Nothing stands on top-only cartons; floor-only cartons stand on the floor."""
    for index, p in enumerate(stack.placements):
        if known[p.key].floor_only and p.z > 0:
            yield Violation("floor_only", f"{at(p)} must stand on the floor", (p.key,))
        for other, _ in stack.below[index]:
            under = stack.placements[other]
            if known[under.key].top_only:
                yield Violation("top_only", f"{at(p)} stands on {at(under)}, which bears nothing", (p.key, under.key))
