"""Centre of gravity (重心): mirror and shift a plan until it is balanced; both keep every rule of stacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .containers import Profile
from .model import CartonType, ContainerType, Placement


def moment_off(known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement]) -> float:
    """Distance of the centre of gravity from the middle of the length, mm, positive towards the door."""
    mass = sum(known[p.key].grams for p in placements)
    if not mass:
        return 0.0
    return sum(known[p.key].grams * (p.x + p.dx / 2) for p in placements) / mass - container.length / 2


def balanced(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> list[Placement]:
    """Give the plan moved as a whole along the length, and mirrored when that helps and there is one stop only.

    Nothing changes while the plan is within ``profile.balance_share``.
    """
    placed = list(placements)
    if profile.balance_share is None or not placed:
        return placed
    bound = profile.balance_share * container.length
    if abs(moment_off(known, container, placed)) <= bound:
        return placed
    choices = [placed]
    if len({known[p.key].drop for p in placed}) == 1:
        choices.append([replace(p, x=container.length - p.x - p.dx) for p in placed])
    shifted = [_shifted(known, container, choice, bound) for choice in choices]
    return min(shifted, key=lambda choice: abs(moment_off(known, container, choice)))


def _shifted(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], bound: float
) -> list[Placement]:
    off = moment_off(known, container, placements)
    low = -min(p.x for p in placements)
    high = container.length - max(p.x + p.dx for p in placements)
    wanted = 0 if abs(off) <= bound else round(-off)
    step = max(low, min(high, wanted))
    return [replace(p, x=p.x + step) for p in placements]


def lightened(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> list[Placement]:
    """Give the plan without the cartons at its heavy end that carry nothing, taken away until it is balanced."""
    placed = list(placements)
    if profile.balance_exception is None:
        return placed
    bound = profile.balance_exception * container.length
    while placed:
        off = moment_off(known, container, placed)
        if abs(off) <= bound:
            return placed
        bases = {(p.z, p.x, p.y) for p in placed}
        side = 1 if off > 0 else -1
        free = [p for p in placed if not _carries(p, placed, bases)]
        gone = max(free, key=lambda p: known[p.key].grams * side * (p.x + p.dx / 2 - container.length / 2))
        placed.remove(gone)
    return placed


def _carries(carton: Placement, placed: Sequence[Placement], bases: set[tuple[int, int, int]]) -> bool:
    top = carton.z + carton.dz
    if not any(z == top for z, _, _ in bases):
        return False
    return any(
        p.z == top
        and p.x < carton.x + carton.dx
        and carton.x < p.x + p.dx
        and p.y < carton.y + carton.dy
        and carton.y < p.y + p.dy
        for p in placed
    )
