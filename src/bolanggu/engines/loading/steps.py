"""Step list for the crew (装箱步骤): equal cartons set down together, row by row from the front wall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .model import CartonType, Placement, Plan


@dataclass(frozen=True, slots=True)
class Step:
    """Cartons of one type set down one after the other in one position.

    ``first`` and ``last`` count placements in loading order from 1; ``box`` is the room they take together
    (x, y, z, dx, dy, dz), mm; ``turned`` says that a carton's edges have changed places.
    """

    number: int
    key: str
    group: str
    count: int
    first: int
    last: int
    box: tuple[int, int, int, int, int, int]
    edges: tuple[int, int, int]
    turned: bool


def steps(plan: Plan, cartons: Sequence[CartonType]) -> tuple[Step, ...]:
    """Give the plan as steps; every carton is in exactly one of them.

    >>> from .model import ContainerType
    >>> from .planning import load
    >>> cartons = [CartonType("a", 50, 50, 50, 8)]
    >>> plan = load(cartons, ContainerType("box", 100, 100, 100), seconds=0.1)
    >>> sum(step.count for step in steps(plan, cartons))
    8
    """
    known = {carton.key: carton for carton in cartons}
    made = []
    for number, (first, run) in enumerate(_runs(plan.placements), 1):
        carton, head = known[run[0].key], run[0]
        made.append(
            Step(
                number=number,
                key=carton.key,
                group=carton.group,
                count=len(run),
                first=first,
                last=first + len(run) - 1,
                box=_around(run),
                edges=(head.dx, head.dy, head.dz),
                turned=(head.dx, head.dy, head.dz) != (carton.length, carton.width, carton.height),
            )
        )
    return tuple(made)


def _runs(placements: Sequence[Placement]) -> Iterator[tuple[int, list[Placement]]]:
    run: list[Placement] = []
    for index, p in enumerate(placements, 1):
        if run and not _continues(run[-1], p):
            yield index - len(run), run
            run = []
        run.append(p)
    if run:
        yield len(placements) - len(run) + 1, run


def _continues(last: Placement, p: Placement) -> bool:
    """Whether a carton is the like of the last one and stands beside or on it."""
    if (p.key, p.dx, p.dy, p.dz) != (last.key, last.dx, last.dy, last.dz):
        return False
    away = (abs(p.x - last.x) / p.dx, abs(p.y - last.y) / p.dy, abs(p.z - last.z) / p.dz)
    return sorted(away) == [0.0, 0.0, 1.0]


def _around(run: Sequence[Placement]) -> tuple[int, int, int, int, int, int]:
    low = (min(p.x for p in run), min(p.y for p in run), min(p.z for p in run))
    high = (max(p.x + p.dx for p in run), max(p.y + p.dy for p in run), max(p.z + p.dz for p in run))
    return (*low, high[0] - low[0], high[1] - low[1], high[2] - low[2])
