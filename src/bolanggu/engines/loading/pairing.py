"""Twenty-foot boxes on rail (铁路成对箱): two of one route stand on one wagon and must weigh nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .certificate import Violation
from .containers import Profile
from .model import Plan

#: containers that go two to a wagon
PAIRED = "20GP"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two plans by their place in the list, and the difference of their gross masses, g."""

    first: int
    second: int
    difference_g: int


def pairs(plans: Sequence[Plan], profile: Profile) -> tuple[tuple[Pair, ...], tuple[Violation, ...]]:
    """Pair the 20-foot boxes of a route by gross mass, so that the greatest difference is least.

    Neighbours in the order of mass make the greatest difference within a pair least. An odd box stays alone and is a
    violation too: it waits for one of another consignment. Nothing is asked where the profile knows no pairs.

    Examples
    --------
    >>> pairs([], Profile("rail", pair_difference_g=5_000_000))
    ((), ())
    """
    limit = profile.pair_difference_g
    if not limit:
        return (), ()
    mass = {at: p.gross_g + p.container.tare_g for at, p in enumerate(plans) if p.container.name == PAIRED}
    order = sorted(mass, key=lambda at: (mass[at], at))
    alone = _odd_one(order, mass) if len(order) % 2 else None
    order = [at for at in order if at != alone]
    made = tuple(Pair(a, b, mass[b] - mass[a]) for a, b in zip(order[::2], order[1::2], strict=True))
    broken = [
        Violation(
            "pairs",
            f"boxes {pair.first + 1} and {pair.second + 1} differ by {pair.difference_g / 1000:.0f} kg, less than "
            f"{limit / 1000:.0f} kg are allowed",
        )
        for pair in made
        if pair.difference_g >= limit
    ]
    if alone is not None:
        broken.append(Violation("pairs", f"box {alone + 1} has no second 20-foot box of this route beside it"))
    return made, tuple(broken)


def _odd_one(order: Sequence[int], mass: dict[int, int]) -> int:
    """Choose the box that stays alone: without it the greatest difference within a pair is least."""

    def worst(alone: int) -> int:
        rest = [at for at in order if at != alone]
        return max((mass[b] - mass[a] for a, b in zip(rest[::2], rest[1::2], strict=True)), default=0)

    return min(order, key=worst)
