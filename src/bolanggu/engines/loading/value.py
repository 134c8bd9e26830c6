"""What a block is worth in a space (货块评价): V · C^α · (1-loss)^β · n^-γ.

V value, C share of the block's surface that touches walls or cartons, loss the share of the space that no remaining
carton edges can use, n cartons. Function of Araya, Guerrero & Núñez 2017 (VCS); own code.
"""

from __future__ import annotations

import numpy as np

from .goods import Goods, Ints, Longs, Words
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
def shift_in(bits: Words, edges: Longs, count: int, last: int) -> None:
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
def spread(bits: Words, reach: Ints) -> None:
    """Turn a bit set of sums into the greatest sum at most r, for each r."""
    best = 0
    for at in range(reach.shape[0]):
        if (bits[at >> 6] >> np.uint64(at & 63)) & np.uint64(1):
            best = at
        reach[at] = best


@kernel
def neighbours(spaces: Ints, at: int, boxes: Ints, count: int, slack: float, near: Ints, found: Ints) -> None:
    """Collect the boxes that may touch a block in a space: near[face, i] = (plane, a1, b1, a2, b2) across the face.

    Faces: 2 · axis for the lower, 2 · axis + 1 for the upper.
    """
    for face in range(6):
        found[face] = 0
    for axis in range(3):
        one = (axis + 1) % 3
        two = (axis + 2) % 3
        low, high = spaces[at, axis], spaces[at, axis + 3]
        bound = slack * (high - low)
        for box in range(count):
            if boxes[box, one] >= spaces[at, one + 3] or boxes[box, one + 3] <= spaces[at, one]:
                continue
            if boxes[box, two] >= spaces[at, two + 3] or boxes[box, two + 3] <= spaces[at, two]:
                continue
            if boxes[box, axis + 3] <= low:
                face, plane, gap = 2 * axis, boxes[box, axis + 3], low - boxes[box, axis + 3]
            else:
                face, plane, gap = 2 * axis + 1, boxes[box, axis], boxes[box, axis] - high
            if gap <= bound and found[face] < NEAR:
                row = found[face]
                near[face, row, 0] = plane
                near[face, row, 1] = boxes[box, one]
                near[face, row, 2] = boxes[box, two]
                near[face, row, 3] = boxes[box, one + 3]
                near[face, row, 4] = boxes[box, two + 3]
                found[face] = row + 1


@kernel
def touched(near: Ints, found: int, face: int, plane: int, bound: float, one: Ints, two: Ints) -> int:
    """Area of a face at ``plane`` that neighbours touch; ``one`` and ``two`` are its extents across."""
    area = 0
    for at in range(found):
        gap = near[face, at, 0] - plane
        if abs(gap) > bound:
            continue
        a = min(near[face, at, 3], one[1]) - max(near[face, at, 1], one[0])
        b = min(near[face, at, 4], two[1]) - max(near[face, at, 2], two[0])
        if a > 0 and b > 0:
            area += a * b
    return area


@kernel
def contact(block: Ints, room: Ints, near: Ints, found: Ints, slack: float, supported: bool) -> float:
    """Share of a block's surface that touches walls or neighbours, gaps up to ``slack`` of its edge counting as none.

    ``block`` has a row (low, high) for each axis.
    """
    total = 0
    surface = 0
    for axis in range(3):
        one = (axis + 1) % 3
        two = (axis + 2) % 3
        area = (block[one, 1] - block[one, 0]) * (block[two, 1] - block[two, 0])
        surface += 2 * area
        bound = slack * (block[axis, 1] - block[axis, 0])
        if block[axis, 0] <= bound or (axis == 2 and supported):
            total += area
        else:
            face = 2 * axis
            total += min(area, touched(near, found[face], face, block[axis, 0], bound, block[one], block[two]))
        if room[axis] - block[axis, 1] <= bound:
            total += area
        else:
            face = 2 * axis + 1
            total += min(area, touched(near, found[face], face, block[axis, 1], bound, block[one], block[two]))
    return total / surface


@kernel
def fits_tight(gap: int, edge: int, slack: float) -> bool:
    """Whether what is left of a space beside a block counts as no gap."""
    return gap <= slack * edge
