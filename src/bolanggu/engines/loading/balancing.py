"""Centre of gravity (重心): mirror and shift a plan until it is balanced; both keep every rule of stacking."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from .containers import Profile
from .model import CartonType, ContainerType, Placement

#: segments of which every order is tried
FEW = 6


def moment_off(known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement]) -> float:
    """Distance of the centre of gravity from the middle of the length, mm, positive towards the door."""
    mass = sum(known[p.key].grams for p in placements)
    if not mass:
        return 0.0
    return sum(known[p.key].grams * (p.x + p.dx / 2) for p in placements) / mass - container.length / 2


def balanced(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> list[Placement]:
    """Give the plan moved along the length, its segments in another order when that helps and there is one stop only.

    Segments lie between two planes across the length that no carton crosses; each keeps its stacking. Nothing changes
    while the plan is within ``profile.balance_share``, nor where room is reserved.
    """
    placed = list(placements)
    if profile.balance_share is None or not placed or container.reserved:
        return placed
    bound = profile.balance_share * container.length
    if abs(moment_off(known, container, placed)) <= bound:
        return placed
    choices = [_shifted(known, container, placed, bound)]
    if len({known[p.key].drop for p in placed}) == 1:
        choices += [_shifted(known, container, choice, bound) for choice in _reordered(known, placed)]
    return min(choices, key=lambda choice: abs(moment_off(known, container, choice)))


def segments(placements: Sequence[Placement]) -> list[list[Placement]]:
    """Split a plan at every plane across the length that no carton crosses, from the front wall on.

    >>> parts = segments([Placement("a", 0, 0, 0, 5, 5, 5), Placement("b", 5, 0, 0, 5, 5, 5)])
    >>> [[p.key for p in part] for part in parts]
    [['a'], ['b']]
    """
    parts: list[list[Placement]] = []
    reach = 0
    for p in sorted(placements, key=lambda p: p.x):
        if not parts or p.x >= reach:
            parts.append([])
        parts[-1].append(p)
        reach = max(reach, p.x + p.dx)
    return parts


def _reordered(known: Mapping[str, CartonType], placements: Sequence[Placement]) -> list[list[Placement]]:
    """Orders of the segments worth trying: reversed, all of a few, and the heaviest in the middle of many."""
    parts = segments(placements)
    dense = sorted(parts, key=lambda part: sum(known[p.key].grams for p in part) / _length(part))
    orders = [list(reversed(parts)), dense[::2] + dense[1::2][::-1], dense[1::2] + dense[::2][::-1]]
    if len(parts) <= FEW:
        orders = [list(order) for order in permutations(parts)]
    plans = [_in_a_row(order) for order in orders]
    far = max(p.x + p.dx for p in placements)
    return [*plans, [replace(p, x=far - p.x - p.dx) for p in placements]]


def _length(part: Sequence[Placement]) -> int:
    return max(p.x + p.dx for p in part) - min(p.x for p in part)


def _in_a_row(parts: Sequence[Sequence[Placement]]) -> list[Placement]:
    """Set segments one after the other from the front wall."""
    placed: list[Placement] = []
    at = 0
    for part in parts:
        first = min(p.x for p in part)
        placed += [replace(p, x=p.x - first + at) for p in part]
        at += _length(part)
    return placed


def _shifted(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], bound: float
) -> list[Placement]:
    off = moment_off(known, container, placements)
    low = -min(p.x for p in placements)
    high = container.length - max(p.x + p.dx for p in placements)
    wanted = 0 if abs(off) <= bound else round(-off)
    step = max(low, min(high, wanted))
    return [replace(p, x=p.x + step) for p in placements]


def within(
    known: Mapping[str, CartonType], container: ContainerType, placements: Sequence[Placement], profile: Profile
) -> bool:
    """Say whether the centre of gravity lies within the profile's exception."""
    if profile.balance_exception is None:
        return True
    return abs(moment_off(known, container, placements)) <= profile.balance_exception * container.length


def lightened(
    known: Mapping[str, CartonType],
    container: ContainerType,
    placements: Sequence[Placement],
    profile: Profile,
    standing: Collection[Placement] = (),
) -> list[Placement]:
    """Give the plan without the cartons at its heavy end that carry nothing, taken away until it is balanced.

    What is ``standing`` already is not taken away.
    """
    placed = list(placements)
    while not within(known, container, placed, profile):
        off = moment_off(known, container, placed)
        bases = {(p.z, p.x, p.y) for p in placed}
        side = 1 if off > 0 else -1
        free = [p for p in placed if p not in standing and not carries(p, placed, bases)]
        if not free:
            break
        gone = max(free, key=lambda p: known[p.key].grams * side * (p.x + p.dx / 2 - container.length / 2))
        placed.remove(gone)
    return placed


def carries(carton: Placement, placed: Sequence[Placement], bases: set[tuple[int, int, int]]) -> bool:
    """Whether something stands on a carton; ``bases`` are the (z, x, y) of what is placed."""
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
