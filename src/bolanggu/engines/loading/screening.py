"""Before the search (装箱前筛查): which cartons can go into a container at all, and why the others cannot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .containers import Profile
from .model import CartonType, ContainerType, Left


def refusal(carton: CartonType, container: ContainerType, profile: Profile) -> str | None:
    """Why not even one carton can go into the container; None if it can.

    >>> from .containers import PLAIN
    >>> refusal(CartonType("a", 5, 5, 5, 1), ContainerType("box", 4, 9, 9), PLAIN)
    'too large for box: 5 x 5 x 5 mm in no allowed position within 4 x 9 x 9 mm'
    """
    faulty = _faulty(carton)
    if faulty:
        return faulty
    within = [
        edges
        for edges in carton.orientations()
        if edges[0] <= container.length and edges[1] <= container.width and edges[2] <= container.height
    ]
    size = f"{carton.length} x {carton.width} x {carton.height} mm"
    if not within:
        inner = f"{container.length} x {container.width} x {container.height} mm"
        return f"too large for {container.name}: {size} in no allowed position within {inner}"
    if not any(container.passes_door(*edges) for edges in within):
        return f"too large for the door of {container.name}: {size}"
    limit = profile.cargo_limit(container)
    if limit is not None and carton.grams > limit:
        return f"heavier than the payload of {container.name}: {carton.grams / 1000:g} kg over {limit / 1000:g} kg"
    return None


def _faulty(carton: CartonType) -> str | None:
    if min(carton.length, carton.width, carton.height) < 1:
        return f"edges must be at least 1 mm, not {carton.length} x {carton.width} x {carton.height}"
    if carton.grams < 0:
        return f"a carton cannot weigh {carton.grams} g"
    return None if any(carton.upright) else "no edge may stand vertical"


def screen(
    cartons: Sequence[CartonType], container: ContainerType, profile: Profile
) -> tuple[list[CartonType], list[Left]]:
    """Cartons that can go in, and the others with their reason. Types of no quantity are left out without a word."""
    fit, left = [], []
    for carton in cartons:
        if carton.quantity <= 0:
            continue
        why = refusal(carton, container, profile)
        if why is None:
            fit.append(carton)
        else:
            left.append(Left(carton.key, carton.quantity, why))
    return fit, left


def one_class(cartons: Sequence[CartonType]) -> tuple[list[CartonType], list[Left]]:
    """Cartons that may share a container: the segregation class of greatest worth and everything without a class."""
    worth: dict[str, float] = defaultdict(float)
    for carton in cartons:
        if carton.apart:
            worth[carton.apart] += carton.worth * carton.quantity
    if len(worth) < 2:
        return list(cartons), []
    chosen = max(sorted(worth), key=lambda name: worth[name])
    kept = [carton for carton in cartons if carton.apart in ("", chosen)]
    left = [
        Left(carton.key, carton.quantity, f"class {carton.apart} must not share a container with class {chosen}")
        for carton in cartons
        if carton.apart not in ("", chosen)
    ]
    return kept, left
