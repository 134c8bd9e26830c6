"""Weight distribution (重量分布) of a loaded container: along its length, between its halves and sides, each metre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import CartonType, Placement, Plan


@dataclass(frozen=True, slots=True)
class Distribution:
    """Where the cargo's mass lies.

    Attributes
    ----------
    front_share, left_share
        Share of the mass in the half at the front wall, and in the half from y = 0 on; a half each without any mass.
    off_length, off_width
        Distance of the centre of gravity from the middle as a share of length and width, positive towards the door and
        away from y = 0.
    height_share
        Height of the centre of gravity as a share of the container's.
    metres
        Mass in g of each running metre from the front wall; the last one is what is left of the length.
    """

    front_share: float
    left_share: float
    off_length: float
    off_width: float
    height_share: float
    metres: tuple[float, ...]


def distribution(plan: Plan, cartons: Sequence[CartonType]) -> Distribution:
    """Weigh a plan; a carton that crosses a plane counts on both sides by its length there.

    Examples
    --------
    >>> from .model import ContainerType
    >>> placed = (Placement("a", 0, 0, 0, 1500, 1000, 1000),)
    >>> plan = Plan(ContainerType("box", 2000, 1000, 1000), placed, {"a": 1}, (), 0, 300, (750.0, 500.0, 500.0))
    >>> found = distribution(plan, [CartonType("a", 1500, 1000, 1000, 1, grams=300)])
    >>> found.metres, round(found.front_share, 2), found.off_length
    ((200.0, 100.0), 0.67, -0.125)
    """
    known = {carton.key: carton for carton in cartons}
    box = plan.container
    mass = sum(known[p.key].grams for p in plan.placements)
    starts = range(0, box.length, 1000)
    metres = tuple(_between(known, plan.placements, start, min(start + 1000, box.length)) for start in starts)
    front = _between(known, plan.placements, 0, box.length / 2)
    left = sum(known[p.key].grams * _part(p.y, p.dy, 0, box.width / 2) for p in plan.placements)
    return Distribution(
        front_share=front / mass if mass else 0.5,
        left_share=left / mass if mass else 0.5,
        off_length=plan.centre[0] / box.length - 0.5,
        off_width=plan.centre[1] / box.width - 0.5,
        height_share=plan.centre[2] / box.height,
        metres=metres,
    )


def _between(known: Mapping[str, CartonType], placed: Sequence[Placement], low: float, high: float) -> float:
    return sum(known[p.key].grams * _part(p.x, p.dx, low, high) for p in placed)


def _part(start: int, length: int, low: float, high: float) -> float:
    return max(0.0, min(start + length, high) - max(start, low)) / length
