"""Checks of order (装卸顺序校验): unloading at several stops, goods that must not share a container, contiguity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .certificate import Violation
from .model import CartonType, Placement
from .validating_room import at
from .validating_stack import Stack


def drops(known: Mapping[str, CartonType], stack: Stack, crossing_mm: int) -> Iterator[Violation]:
    """No carton of an earlier stop lies below or behind one of a later stop, reaching depth allowed."""
    stops = np.array([known[p.key].drop for p in stack.placements])
    if not len(stops) or len(set(stops.tolist())) < 2:
        return
    for index, p in enumerate(stack.placements):
        for other, _ in stack.below[index]:
            if stops[other] and stops[index] and stops[other] < stops[index]:
                text = f"{at(p)} of stop {stops[index]} stands on {at(stack.placements[other])} of stop {stops[other]}"
                yield Violation("drops", text, (p.key, stack.placements[other].key))
    yield from _behind(stack.placements, stops, crossing_mm)


def _behind(
    placements: Sequence[Placement], stops: np.ndarray[tuple[int], np.dtype[np.int64]], crossing_mm: int
) -> Iterator[Violation]:
    box = np.array([(p.x, p.y, p.z, p.x + p.dx, p.y + p.dy, p.z + p.dz) for p in placements], np.int64)
    for index, p in enumerate(placements):
        if not stops[index]:
            continue
        row = box[index]
        hides = (stops > stops[index]) & (box[:, 0] >= row[3]) & (box[:, 3] > row[3] + crossing_mm)
        hides &= (box[:, 1] < row[4]) & (box[:, 4] > row[1]) & (box[:, 2] < row[5]) & (box[:, 5] > row[2])
        for other in np.flatnonzero(hides)[:1]:
            q = placements[int(other)]
            text = f"{at(p)} of stop {stops[index]} lies behind {at(q)} of stop {stops[other]}"
            yield Violation("drops", text, (p.key, q.key))


def apart(known: Mapping[str, CartonType], placements: Sequence[Placement]) -> Iterator[Violation]:
    """Cartons of different segregation classes do not share a container."""
    classes = sorted({known[p.key].apart for p in placements} - {""})
    if len(classes) > 1:
        yield Violation("apart", f"goods of the classes {', '.join(classes)} share the container")


def contiguity(known: Mapping[str, CartonType], placements: Sequence[Placement]) -> dict[str, float]:
    """Share of each group's volume within its best slab along the length.

    The slab is as long as the group would take at the plan's own fill, plus the group's longest edge.
    """
    groups: dict[str, list[Placement]] = defaultdict(list)
    for p in placements:
        groups[known[p.key].group].append(p)
    volume = sum(p.volume for p in placements)
    reached = max((p.x + p.dx for p in placements), default=0)
    return {
        group: _in_slab(members, sum(p.volume for p in members) * reached / volume)
        for group, members in sorted(groups.items())
        if group
    }


def _in_slab(members: Sequence[Placement], length: float) -> float:
    wide = length + max(p.dx for p in members)
    starts = np.array([p.x for p in members], float)
    ends = np.array([p.x + p.dx for p in members], float)
    volumes = np.array([p.volume for p in members], float)
    best = max(float(volumes[(starts >= x) & (ends <= x + wide)].sum()) for x in np.unique(starts))
    return best / float(volumes.sum())
