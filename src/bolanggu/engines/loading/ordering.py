"""Loading order (装货顺序): row by row from the front wall, from the floor up, nothing before what it stands on."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Placement


def in_order(placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """Placements in an order in which a crew can set them down.

    A carton follows everything below it and everything between it and the front wall. Cartons are taken by their far
    edge where that respects both.

    >>> a, b = Placement("a", 0, 0, 0, 5, 5, 5), Placement("b", 5, 0, 0, 5, 5, 5)
    >>> [p.key for p in in_order([b, a])]
    ['a', 'b']
    """
    levels = sorted(placements, key=lambda p: (p.z, p.x, p.y))
    far: list[int] = []
    by_top: dict[int, list[int]] = {}
    for index, p in enumerate(levels):
        row = p.x + p.dx
        for other in by_top.get(p.z, ()):
            q = levels[other]
            if q.x < p.x + p.dx and p.x < q.x + q.dx and q.y < p.y + p.dy and p.y < q.y + q.dy:
                row = max(row, far[other])
        far.append(row)
        by_top.setdefault(p.z + p.dz, []).append(index)
    order = sorted(range(len(levels)), key=lambda i: (far[i], levels[i].z, levels[i].x, levels[i].y))
    return tuple(levels[i] for i in order)
