"""Blocks (货块): grids of one carton type, and blocks joined from two, as flat arrays.

A block's envelope is filled to at least ``min_fill``. With support its top is one flat rectangle at the origin
corner on which further blocks may stand: joins side by side need equal heights, joins on top need the upper footprint
within the lower top. Described in Fanslau & Bortfeldt 2010 and Zhu & Lim 2012; this is own code.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .goods import UNLIMITED, Goods, Ints, Longs, Reals
from .kernel import kernel
from .taste import Taste

#: entries of count vectors kept for each block on average
PARTS = 12


class Blocks(NamedTuple):
    """One block a row; ``size`` holds the number of blocks and the number of parts in use."""

    edges: Ints  # (blocks, 3) envelope
    top: Ints  # (blocks, 2) flat top from the origin corner; 0 where nothing may stand
    cartons: Ints  # (blocks,)
    volume: Longs
    value: Reals
    grams: Longs
    digest: Longs  # sum of salts of the cartons
    presses: Reals  # g per mm² on what stands below
    bears: Reals  # g per mm² that may still stand on the top
    high: Ints  # cartons above one another
    layers: Reals  # cartons that may still stand above
    floor_only: Ints
    tree: Ints  # (blocks, 5): axis, first, second; or 3, variant, nx, ny, nz
    start: Ints  # (blocks + 1,) first part of each block
    part_type: Ints
    part_count: Ints
    size: Longs  # (2,)


def empty_blocks(capacity: int) -> Blocks:
    """Arrays for at most ``capacity`` blocks."""

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, np.int32)

    return Blocks(
        edges=ints(capacity, 3),
        top=ints(capacity, 2),
        cartons=ints(capacity),
        volume=np.zeros(capacity, np.int64),
        value=np.zeros(capacity),
        grams=np.zeros(capacity, np.int64),
        digest=np.zeros(capacity, np.int64),
        presses=np.zeros(capacity),
        bears=np.zeros(capacity),
        high=ints(capacity),
        layers=np.zeros(capacity),
        floor_only=ints(capacity),
        tree=ints(capacity, 5),
        start=ints(capacity + 1),
        part_type=ints(capacity * PARTS),
        part_count=ints(capacity * PARTS),
        size=np.zeros(2, np.int64),
    )


def make_blocks(goods: Goods, room: Ints, taste: Taste, *, supported: bool, joins: bool) -> Blocks:
    """Grids of each type, thinned to half the capacity, and with ``joins`` joined blocks up to ``taste.blocks``."""
    capacity = taste.blocks if joins else taste.blocks // 2
    blocks = empty_blocks(capacity)
    sparse = 0
    while sparse < 2 and grids(goods, room, goods.quantity, blocks, sparse, False) > taste.blocks // 2:
        sparse += 1
    grids(goods, room, goods.quantity, blocks, sparse, True)
    if joins:
        join_all(goods, room, goods.quantity, blocks, capacity, np.array([taste.min_fill, float(supported)]))
    return blocks


@kernel
def kept(number: int, most: int, sparse: int) -> bool:
    """Whether a grid of ``number`` along an axis is kept when grids are thinned to ``sparse`` (0 all, 1, 2 fewer)."""
    if sparse == 0 or number <= 2 or number == most:
        return True
    if sparse == 1:
        return number <= 4 or number % 4 == 0
    return number == 4 or number % 8 == 0


@kernel
def grids(goods: Goods, room: Ints, stock: Ints, blocks: Blocks, sparse: int, write: bool) -> int:
    """Write every nx × ny × nz grid of one variant that room and stock allow; returns how many there are."""
    found = 0
    for variant in range(goods.variant_type.shape[0]):
        kind = goods.variant_type[variant]
        edge = goods.variant_edges[variant]
        have = stock[kind]
        most_z = min(room[2] // edge[2], have)
        if goods.layers[kind] < most_z:
            most_z = int(goods.layers[kind])
        if goods.floor_only[kind]:
            most_z = min(most_z, 1)
        for nz in range(1, most_z + 1):
            if (nz - 1) * goods.grams[kind] > goods.bears[kind]:
                break
            most_y = min(room[1] // edge[1], have // nz)
            for ny in range(1, most_y + 1):
                most_x = min(room[0] // edge[0], have // (nz * ny))
                for nx in range(1, most_x + 1):
                    if kept(nx, most_x, sparse) and kept(ny, most_y, sparse) and kept(nz, most_z, sparse):
                        if write and blocks.size[0] < blocks.cartons.shape[0]:
                            write_grid(goods, blocks, variant, nx, ny, nz)
                        found += 1
    return found


@kernel
def write_grid(goods: Goods, blocks: Blocks, variant: int, nx: int, ny: int, nz: int) -> None:
    """Append one grid of a variant."""
    at = blocks.size[0]
    kind = goods.variant_type[variant]
    edge = goods.variant_edges[variant]
    area = float(edge[0]) * edge[1]
    number = nx * ny * nz
    blocks.edges[at, 0] = nx * edge[0]
    blocks.edges[at, 1] = ny * edge[1]
    blocks.edges[at, 2] = nz * edge[2]
    stands = goods.layers[kind] > nz and goods.bears[kind] > (nz - 1) * goods.grams[kind]
    blocks.top[at, 0] = blocks.edges[at, 0] if stands else 0
    blocks.top[at, 1] = blocks.edges[at, 1] if stands else 0
    blocks.cartons[at] = number
    blocks.volume[at] = number * goods.volume[kind]
    blocks.value[at] = number * goods.value[kind]
    blocks.grams[at] = number * goods.grams[kind]
    blocks.digest[at] = number * goods.salt[kind]
    blocks.presses[at] = nz * goods.grams[kind] / area
    limit = goods.bears[kind]
    blocks.bears[at] = UNLIMITED if limit >= UNLIMITED else (limit - (nz - 1) * goods.grams[kind]) / area
    blocks.high[at] = nz
    blocks.layers[at] = UNLIMITED if goods.layers[kind] >= UNLIMITED else goods.layers[kind] - nz
    blocks.floor_only[at] = goods.floor_only[kind]
    blocks.tree[at, 0] = 3
    blocks.tree[at, 1] = variant
    blocks.tree[at, 2] = nx
    blocks.tree[at, 3] = ny
    blocks.tree[at, 4] = nz
    used = blocks.size[1]
    blocks.part_type[used] = kind
    blocks.part_count[used] = number
    blocks.size[0] = at + 1
    blocks.size[1] = used + 1
    blocks.start[at + 1] = used + 1


@kernel
def join_parts(blocks: Blocks, stock: Ints, first: int, second: int) -> int:
    """Write the joint count vector behind the last block; returns its length, 0 if stock does not allow it."""
    i, i_end = blocks.start[first], blocks.start[first + 1]
    j, j_end = blocks.start[second], blocks.start[second + 1]
    at = blocks.size[1]
    while i < i_end or j < j_end:
        if j >= j_end or (i < i_end and blocks.part_type[i] < blocks.part_type[j]):
            kind, number = blocks.part_type[i], blocks.part_count[i]
            i += 1
        elif i >= i_end or blocks.part_type[j] < blocks.part_type[i]:
            kind, number = blocks.part_type[j], blocks.part_count[j]
            j += 1
        else:
            kind, number = blocks.part_type[i], blocks.part_count[i] + blocks.part_count[j]
            i += 1
            j += 1
        if number > stock[kind]:
            return 0
        blocks.part_type[at] = kind
        blocks.part_count[at] = number
        at += 1
    return int(at - blocks.size[1])


@kernel
def joint_shape(blocks: Blocks, first: int, second: int, axis: int, supported: bool, shape: Longs) -> bool:
    """Envelope (3) and top (2) of two blocks joined along ``axis``; False if the rules of support forbid it."""
    one, two = blocks.edges[first], blocks.edges[second]
    for side in range(3):
        shape[side] = one[side] + two[side] if side == axis else max(one[side], two[side])
    shape[3] = blocks.top[second, 0]
    shape[4] = blocks.top[second, 1]
    if not supported:
        shape[3] = shape[0]
        shape[4] = shape[1]
        return True
    if axis == 2:
        fits = two[0] <= blocks.top[first, 0] and two[1] <= blocks.top[first, 1]
        return bool(
            fits and blocks.presses[second] <= blocks.bears[first] and blocks.high[second] <= blocks.layers[first]
        )
    if one[2] != two[2]:
        return False
    if blocks.top[first, 0] == 0 or blocks.top[second, 0] == 0:
        shape[3] = 0
        shape[4] = 0
        return bool(blocks.top[first, 0] == blocks.top[second, 0])
    if blocks.top[first, axis] != one[axis]:
        return False
    other = 1 - axis
    shape[3 + axis] = blocks.top[first, axis] + blocks.top[second, axis]
    shape[3 + other] = min(blocks.top[first, other], blocks.top[second, other])
    return True


@kernel
def write_join(blocks: Blocks, first: int, second: int, axis: int, shape: Longs, parts: int) -> None:
    """Append the join of two blocks whose parts lie ready behind the last block."""
    at = blocks.size[0]
    for side in range(3):
        blocks.edges[at, side] = shape[side]
    blocks.top[at, 0] = shape[3]
    blocks.top[at, 1] = shape[4]
    blocks.cartons[at] = blocks.cartons[first] + blocks.cartons[second]
    blocks.volume[at] = blocks.volume[first] + blocks.volume[second]
    blocks.value[at] = blocks.value[first] + blocks.value[second]
    blocks.grams[at] = blocks.grams[first] + blocks.grams[second]
    blocks.digest[at] = blocks.digest[first] + blocks.digest[second]
    if axis == 2:
        blocks.presses[at] = blocks.presses[first] + blocks.presses[second]
        blocks.bears[at] = min(blocks.bears[second], blocks.bears[first] - blocks.presses[second])
        blocks.high[at] = blocks.high[first] + blocks.high[second]
        blocks.layers[at] = min(blocks.layers[second], blocks.layers[first] - blocks.high[second])
        blocks.floor_only[at] = blocks.floor_only[first]
    else:
        blocks.presses[at] = max(blocks.presses[first], blocks.presses[second])
        blocks.bears[at] = min(blocks.bears[first], blocks.bears[second])
        blocks.high[at] = max(blocks.high[first], blocks.high[second])
        blocks.layers[at] = min(blocks.layers[first], blocks.layers[second])
        blocks.floor_only[at] = max(blocks.floor_only[first], blocks.floor_only[second])
    blocks.tree[at, 0] = axis
    blocks.tree[at, 1] = first
    blocks.tree[at, 2] = second
    blocks.size[0] = at + 1
    blocks.size[1] += parts
    blocks.start[at + 1] = blocks.size[1]


@kernel
def is_new(table: Longs, word: int, shape: Longs) -> bool:
    """Enter the hash of a count vector's digest and an envelope; False if it is there already."""
    for side in range(3):
        word = word * 1000003 + shape[side]
    word ^= word >> 29
    if word == 0:
        word = 1
    mask = table.shape[0] - 1
    slot = word & mask
    while table[slot] != 0:
        if table[slot] == word:
            return False
        slot = (slot + 1) & mask
    table[slot] = word
    return True


@kernel
def try_join(
    blocks: Blocks,
    stock: Ints,
    room: Ints,
    first: int,
    second: int,
    axis: int,
    rules: Reals,
    table: Longs,
    shape: Longs,
) -> bool:
    """Join two blocks along an axis if fill, room, stock and support allow; rules: min_fill, supported."""
    length = blocks.edges[first, axis] + blocks.edges[second, axis]
    if length > room[axis]:
        return False
    supported = rules[1] > 0.5
    if axis == 2 and supported and blocks.floor_only[second]:
        return False
    if not joint_shape(blocks, first, second, axis, supported, shape):
        return False
    filled = blocks.volume[first] + blocks.volume[second]
    if filled < rules[0] * shape[0] * shape[1] * shape[2]:
        return False
    parts = join_parts(blocks, stock, first, second)
    if parts == 0 or not is_new(table, blocks.digest[first] + blocks.digest[second], shape):
        return False
    write_join(blocks, first, second, axis, shape, parts)
    return True


@kernel
def may_join(edges: Ints, top: Ints, first: int, second: int, axis: int, supported: bool) -> bool:
    """Quick test before a join: heights and footprints that support can never allow are left out."""
    if not supported:
        return True
    if axis == 2:
        return bool(edges[second, 0] <= top[first, 0] and edges[second, 1] <= top[first, 1])
    return bool(edges[first, 2] == edges[second, 2])


@kernel
def fills(edges: Ints, volume: Longs, first: int, second: int, axis: int, room: Ints, min_fill: float) -> bool:
    """Whether the joint envelope fits the room and is filled well enough."""
    envelope = 1.0
    for side in range(3):
        if side == axis:
            length = edges[first, side] + edges[second, side]
            if length > room[side]:
                return False
        else:
            length = max(edges[first, side], edges[second, side])
        envelope *= length
    return bool(volume[first] + volume[second] >= min_fill * envelope)


@kernel
def join_all(goods: Goods, room: Ints, stock: Ints, blocks: Blocks, limit: int, rules: Reals) -> None:
    """Join blocks first in, first out until ``limit`` blocks stand or none is left to join."""
    table = np.zeros(1 << 17, np.int64)
    shape = np.zeros(5, np.int64)
    spare = blocks.part_type.shape[0] - 2 * goods.quantity.shape[0]
    supported = rules[1] > 0.5
    edges, top, volume = blocks.edges, blocks.top, blocks.volume
    for grid in range(blocks.size[0]):
        for side in range(3):
            shape[side] = edges[grid, side]
        is_new(table, blocks.digest[grid], shape)
    done = 0
    while done < blocks.size[0]:
        for other in range(done + 1):
            for axis in range(3):
                if not fills(edges, volume, done, other, axis, room, rules[0]):
                    continue
                if blocks.size[0] >= limit - 1 or blocks.size[1] >= spare:
                    return
                if may_join(edges, top, done, other, axis, supported):
                    try_join(blocks, stock, room, done, other, axis, rules, table, shape)
                if axis == 2 and supported and other != done and may_join(edges, top, other, done, axis, supported):
                    try_join(blocks, stock, room, other, done, axis, rules, table, shape)
        done += 1
