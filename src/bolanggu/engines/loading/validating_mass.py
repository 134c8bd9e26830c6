"""Checks of mass (重量校验): payload, load on a metre of floor, centre of gravity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .certificate import Violation
from .containers import Profile
from .model import CartonType, ContainerType, Placement


def payload(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> Iterator[Violation]:
    """Check that the cargo weighs no more than plate and route allow."""
    mass = sum(known[p.key].grams for p in placements)
    for limit, whose in (
        (container.payload_g, "the container"),
        (profile.cargo_g.get(container.name, 0), profile.name),
    ):
        if limit and mass > limit:
            yield Violation("payload", f"the cargo weighs {mass / 1000:.1f} kg, {whose} allows {limit / 1000:.1f} kg")


def metre_loads(known: Mapping[str, CartonType], placements: Sequence[Placement]) -> list[tuple[int, float]]:
    """Mass in g on each running metre that starts or ends at a carton's edge: (start, g)."""
    edges = np.array(sorted({x for p in placements for x in (p.x, p.x + p.dx)}), np.int64)
    if not len(edges):
        return []
    starts = np.array([p.x for p in placements], np.int64)
    lengths = np.array([p.dx for p in placements], np.int64)
    masses = np.array([known[p.key].grams for p in placements], float)
    windows = np.unique(np.concatenate([edges, edges - 1000]))

    def until(x: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        changes = np.concatenate([starts, starts + lengths])
        slopes = np.concatenate([masses / lengths, -masses / lengths])
        order = np.argsort(changes, kind="stable")
        at = changes[order]
        slope = np.cumsum(slopes[order])
        total = np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(at))])
        at_x: npt.NDArray[np.float64] = np.interp(x, at, total)
        return at_x

    loads = until(windows + 1000) - until(windows)
    return [(int(start), float(load)) for start, load in zip(windows, loads, strict=True)]


def floor_load(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> Iterator[Violation]:
    """No running metre of floor bears more than the profile allows."""
    limit = profile.floor_g_per_m.get(container.name, 0)
    loads = metre_loads(known, placements) if limit else []
    worst = max(loads, key=lambda item: item[1], default=(0, 0.0))
    if limit and worst[1] > limit + 1:
        text = (
            f"the metre from x = {worst[0]} bears {worst[1] / 1000:.1f} kg, at most {limit / 1000:.1f} kg are allowed"
        )
        yield Violation("floor_load", text)


def centre_of_gravity(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement]
) -> tuple[float, float, float]:
    """Centre of gravity of the cargo, mm; the middle of the container when nothing weighs anything."""
    mass = sum(known[p.key].grams for p in placements)
    if not mass:
        return container.length / 2, container.width / 2, container.height / 2
    return (
        sum(known[p.key].grams * (2 * p.x + p.dx) for p in placements) / (2 * mass),
        sum(known[p.key].grams * (2 * p.y + p.dy) for p in placements) / (2 * mass),
        sum(known[p.key].grams * (2 * p.z + p.dz) for p in placements) / (2 * mass),
    )


def balance(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> Iterator[Violation]:
    """Check that the centre of gravity lies within the exceptional share of the middle (CTU Code annex 7 §3.1.4)."""
    if profile.balance_exception is None:
        return
    x = centre_of_gravity(known, container, placements)[0]
    off = abs(x - container.length / 2)
    if off > profile.balance_exception * container.length + 1e-6:
        allowed = profile.balance_exception * container.length
        yield Violation("balance", f"the centre of gravity is {off:.0f} mm off the middle, at most {allowed:.0f} mm")
