"""Checks of room (空间校验): counts, walls, orientation, door, overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .certificate import Violation
from .model import CartonType, ContainerType, Placement


def at(placement: Placement) -> str:
    """Name and corner of a placed carton, for messages."""
    return f"carton {placement.key} at ({placement.x}, {placement.y}, {placement.z})"


def quantity(known: Mapping[str, CartonType], placements: Sequence[Placement]) -> Iterator[Violation]:
    """No more cartons of a type than there are."""
    for key, count in Counter(p.key for p in placements).items():
        if count > known[key].quantity:
            yield Violation("quantity", f"{count} cartons {key} are placed, there are {known[key].quantity}", (key,))


def inside(container: ContainerType, placements: Sequence[Placement]) -> Iterator[Violation]:
    """Every carton lies within the walls."""
    for p in placements:
        if min(p.x, p.y, p.z) < 0 or (
            p.x + p.dx > container.length or p.y + p.dy > container.width or p.z + p.dz > container.height
        ):
            size = f"{container.length} x {container.width} x {container.height}"
            yield Violation("inside", f"{at(p)} of {p.dx} x {p.dy} x {p.dz} leaves the container of {size}", (p.key,))


def turned(known: Mapping[str, CartonType], placements: Sequence[Placement]) -> Iterator[Violation]:
    """Every carton has its own edges, and an edge stands vertical that may."""
    for p in placements:
        carton = known[p.key]
        edges = (carton.length, carton.width, carton.height)
        placed = sorted((p.dx, p.dy, p.dz))
        if placed != sorted(edges):
            yield Violation("orientation", f"{at(p)} measures {p.dx} x {p.dy} x {p.dz}, not {edges}", (p.key,))
        elif not any(up and edge == p.dz for up, edge in zip(carton.upright, edges, strict=True)):
            yield Violation("orientation", f"{at(p)} stands on a side on which it may not: {p.dz} up", (p.key,))


def door(container: ContainerType, placements: Sequence[Placement]) -> Iterator[Violation]:
    """Every carton passes the door as it stands, turned on the floor at most."""
    for p in placements:
        high = container.door_height and p.dz > container.door_height
        wide = container.door_width and min(p.dx, p.dy) > container.door_width
        if high or wide:
            size = f"{container.door_width} x {container.door_height}"
            yield Violation("door", f"{at(p)} of {p.dx} x {p.dy} x {p.dz} does not pass the door of {size}", (p.key,))


def kept_free(container: ContainerType, placements: Sequence[Placement]) -> Iterator[Violation]:
    """No carton reaches into reserved space."""
    for p in placements:
        for r in container.reserved:
            across = p.y < r.y + r.dy and r.y < p.y + p.dy and p.z < r.z + r.dz and r.z < p.z + p.dz
            if across and p.x < r.x + r.dx and r.x < p.x + p.dx:
                why = f" ({r.reason})" if r.reason else ""
                text = f"{at(p)} reaches into the space reserved at ({r.x}, {r.y}, {r.z}){why}"
                yield Violation("reserved", text, (p.key,))


def overlap(placements: Sequence[Placement]) -> Iterator[Violation]:
    """No two cartons share room: a sweep along the length."""
    swept = sorted(placements, key=lambda p: p.x)
    starts = [p.x for p in swept]
    low = np.array([(p.y, p.z) for p in swept], np.int64).reshape(-1, 2)
    high = np.array([(p.y + p.dy, p.z + p.dz) for p in swept], np.int64).reshape(-1, 2)
    for index, p in enumerate(swept):
        until = bisect_left(starts, p.x + p.dx, index + 1)
        if until == index + 1:
            continue
        both = (low[index + 1 : until] < high[index]) & (high[index + 1 : until] > low[index])
        for other in np.flatnonzero(both.all(axis=1)):
            q = swept[index + 1 + int(other)]
            yield Violation("overlap", f"{at(p)} and {at(q)} share room", (p.key, q.key))
