"""What a block is worth in a space (货块评价): V · C^α · (1-loss)^β · n^-γ.

V value, C share of the block's surface that touches walls or cartons, loss the share of the space that no remaining
carton edges can use, n cartons. Function of Araya, Guerrero & Núñez 2017 (VCS); own code.
"""

from __future__ import annotations

import numpy as np

from .goods import Goods, Ints, Reals
from .kernel import kernel

#: neighbours kept on each face of a space
NEAR = 40


@kernel
def reach_sums(goods: Goods, stock: Ints, axis: int, reach: Ints) -> None:
    """Fill ``reach[r]`` with the greatest sum of edges of remaining cartons along ``axis`` that is at most r.

    Each carton gives one of its allowed edges at most once: bounded subset sums on a bit set.
    """
    length = reach.shape[0]
    words = (length + 63) >> 6
    bits = np.zeros(words, np.uint64)
    bits[0] = np.uint64(1)
    top = 0
    at = 0
    variants = goods.variant_type.shape[0]
    edges = np.empty(6, np.int64)
    while at < variants:
        kind = goods.variant_type[at]
        count = 0
        longest = 0
        while at < variants and goods.variant_type[at] == kind:
            edge = goods.variant_edges[at, axis]
            known = False
            for seen in range(count):
                known = known or edges[seen] == edge
            if not known:
                edges[count] = edge
                count += 1
                longest = max(longest, edge)
            at += 1
        for _ in range(min(stock[kind], (length - 1) // edges[:count].min())):
            top = min(top + longest, length - 1)
            shift_in(bits, edges, count, top >> 6)
    spread(bits, reach)


@kernel
def shift_in(bits: Reals, edges: Ints, count: int, last: int) -> None:
    """Or the bit set with itself shifted by each edge."""
    for word in range(last, -1, -1):
        value = bits[word]
        for seen in range(count):
            source = word - (edges[seen] >> 6)
            low = np.uint64(edges[seen] & 63)
            if source >= 0:
                value |= bits[source] << low
            if low and source >= 1:
                value |= bits[source - 1] >> (np.uint64(64) - low)
        bits[word] = value


@kernel
def spread(bits: Reals, reach: Ints) -> None:
    """Turn a bit set of sums into the greatest sum at most r, for each r."""
    best = 0
    for at in range(reach.shape[0]):
        if (bits[at >> 6] >> np.uint64(at & 63)) & np.uint64(1):
            best = at
        reach[at] = best


@kernel
def neighbours(space: Ints, room: Ints, boxes: Ints, count: int, slack: float, near: Ints, found: Ints) -> None:
    """Collect the boxes that may touch a block in ``space``: near[face, i] = (plane, a1, b1, a2, b2) across the face.

    Faces: 2 · axis for the lower, 2 · axis + 1 for the upper.
    """
    for face in range(6):
        found[face] = 0
    for at in range(count):
        box = boxes[at]
        for axis in range(3):
            one = (axis + 1) % 3
            two = (axis + 2) % 3
            if box[one] >= space[one + 3] or box[one + 3] <= space[one]:
                continue
            if box[two] >= space[two + 3] or box[two + 3] <= space[two]:
                continue
            wide = space[axis + 3] - space[axis]
            if box[axis + 3] <= space[axis]:
                face, plane, gap = 2 * axis, box[axis + 3], space[axis] - box[axis + 3]
            else:
                face, plane, gap = 2 * axis + 1, box[axis], box[axis] - space[axis + 3]
            if gap <= slack * wide and found[face] < NEAR:
                row = near[face, found[face]]
                row[0] = plane
                row[1] = box[one]
                row[2] = box[two]
                row[3] = box[one + 3]
                row[4] = box[two + 3]
                found[face] += 1


@kernel
def contact(block: Ints, room: Ints, near: Ints, found: Ints, slack: float, supported: bool) -> float:
    """Share of a block's surface that touches walls or neighbours, gaps up to ``slack`` of its edge counting as none."""
    total = 0
    surface = 0
    for axis in range(3):
        one = (axis + 1) % 3
        two = (axis + 2) % 3
        area = (block[one + 3] - block[one]) * (block[two + 3] - block[two])
        surface += 2 * area
        bound = slack * (block[axis + 3] - block[axis])
        for upper in range(2):
            plane = block[axis + 3 * upper]
            wall = room[axis] - plane if upper else plane
            if wall <= bound or (axis == 2 and supported and not upper):
                total += area
                continue
            face = 2 * axis + upper
            touched = 0
            for at in range(found[face]):
                row = near[face, at]
                gap = row[0] - plane if upper else plane - row[0]
                if gap > bound:
                    continue
                a = min(row[3], block[one + 3]) - max(row[1], block[one])
                b = min(row[4], block[two + 3]) - max(row[2], block[two])
                if a > 0 and b > 0:
                    touched += a * b
            total += min(touched, area)
    return total / surface
