"""From blocks to cartons (货块展开): the placement of every single carton of a search's plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .goods import Goods
from .lines import Found
from .model import CartonType, Placement

#: type row and box (x, y, z, dx, dy, dz) within a block
Part = tuple[int, int, int, int, int, int, int]


def expand_plan(found: Found, goods: Goods, cartons: Sequence[CartonType]) -> list[Placement]:
    """Every carton of the plan that ``found`` holds."""
    trees = [source.tree.tolist() for source in found.sources]
    envelopes = [source.edges.tolist() for source in found.sources]
    kinds, sizes = goods.variant_type.tolist(), goods.variant_edges.tolist()

    @cache
    def parts(source: int, block: int) -> tuple[Part, ...]:
        axis, first, second, ny, nz = trees[source][block]
        if axis == 3:
            kind, (dx, dy, dz), nx = kinds[first], sizes[first], second
            return tuple(
                (kind, x * dx, y * dy, z * dz, dx, dy, dz) for z in range(nz) for y in range(ny) for x in range(nx)
            )
        shift = [0, 0, 0]
        shift[axis] = envelopes[source][first][axis]
        moved = tuple(
            (kind, x + shift[0], y + shift[1], z + shift[2], dx, dy, dz)
            for kind, x, y, z, dx, dy, dz in parts(source, second)
        )
        return parts(source, first) + moved

    placements = []
    for (source, block, mirror), box in zip(found.placed.tolist(), found.boxes.tolist(), strict=True):
        envelope = envelopes[source][block]
        for kind, *inner in parts(source, block):
            corner = [
                box[axis] + (envelope[axis] - inner[axis] - inner[axis + 3] if mirror >> axis & 1 else inner[axis])
                for axis in range(3)
            ]
            placements.append(Placement(cartons[kind].key, *corner, *inner[3:]))
    return placements
