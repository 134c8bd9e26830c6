"""From blocks to cartons (货块展开): the placement of every single carton of a search's plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .goods import Goods
from .model import CartonType, Placement
from .searching import Found

#: type row and box (x, y, z, dx, dy, dz) within a block
Part = tuple[int, int, int, int, int, int, int]


def expand_plan(found: Found, goods: Goods, cartons: Sequence[CartonType]) -> list[Placement]:
    """Every carton of the plan that ``found`` holds."""
    tree, edges = found.blocks.tree.tolist(), found.blocks.edges.tolist()
    kinds, sizes = goods.variant_type.tolist(), goods.variant_edges.tolist()

    @cache
    def parts(block: int) -> tuple[Part, ...]:
        axis, first, second, ny, nz = tree[block]
        if axis == 3:
            kind, (dx, dy, dz), nx = kinds[first], sizes[first], second
            return tuple(
                (kind, x * dx, y * dy, z * dz, dx, dy, dz) for z in range(nz) for y in range(ny) for x in range(nx)
            )
        shift = [0, 0, 0]
        shift[axis] = edges[first][axis]
        moved = tuple(
            (kind, x + shift[0], y + shift[1], z + shift[2], dx, dy, dz) for kind, x, y, z, dx, dy, dz in parts(second)
        )
        return parts(first) + moved

    placements = []
    for (block, mirror), box in zip(found.placed.tolist(), found.boxes.tolist(), strict=True):
        for kind, *inner in parts(block):
            corner = [
                box[axis] + (edges[block][axis] - inner[axis] - inner[axis + 3] if mirror >> axis & 1 else inner[axis])
                for axis in range(3)
            ]
            placements.append(Placement(cartons[kind].key, *corner, *inner[3:]))
    return placements
