"""States of the search (搜索状态): a partly filled container in flat arrays, one state a row."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .blocks import Blocks
from .goods import UNLIMITED, Goods, Ints, Reals
from .kernel import kernel
from .spaces import MOST, cut, raise_top

#: blocks placed in one container at most
MOST_PLACED = 1500
#: columns of a state's sums: value, volume, grams, length used
SUMS = 4


class States(NamedTuple):
    """Arrays with one state a row."""

    stock: Ints  # (states, types)
    spaces: Ints  # (states, MOST, 7)
    limits: Reals  # (states, MOST, 2) g per mm² and cartons that may still stand there
    boxes: Ints  # (states, MOST_PLACED, 6) envelopes placed
    placed: Ints  # (states, MOST_PLACED, 2) block and mirrored axes as bits
    numbers: Ints  # (states, 3) spaces, boxes, usable blocks
    usable: Ints  # (states, blocks) blocks that stock may still allow, best first
    sums: Reals  # (states, SUMS)


def empty_states(rows: int, kinds: int, blocks: int) -> States:
    """Arrays for ``rows`` states of ``kinds`` carton types and ``blocks`` blocks."""
    return States(
        stock=np.zeros((rows, kinds), np.int32),
        spaces=np.zeros((rows, MOST, 7), np.int32),
        limits=np.full((rows, MOST, 2), UNLIMITED),
        boxes=np.zeros((rows, MOST_PLACED, 6), np.int32),
        placed=np.zeros((rows, MOST_PLACED, 2), np.int32),
        numbers=np.zeros((rows, 3), np.int32),
        usable=np.zeros((rows, blocks), np.int32),
        sums=np.zeros((rows, SUMS)),
    )


@kernel
def copy_state(source: States, row: int, target: States, to: int) -> None:
    """Copy one state."""
    spaces, boxes, usable = source.numbers[row]
    target.stock[to] = source.stock[row]
    target.spaces[to, :spaces] = source.spaces[row, :spaces]
    target.limits[to, :spaces] = source.limits[row, :spaces]
    target.boxes[to, :boxes] = source.boxes[row, :boxes]
    target.placed[to, :boxes] = source.placed[row, :boxes]
    target.usable[to, :usable] = source.usable[row, :usable]
    target.numbers[to] = source.numbers[row]
    target.sums[to] = source.sums[row]


@kernel
def least_edges(goods: Goods, stock: Ints, least: Ints) -> None:
    """Shortest edge of the remaining cartons on each axis."""
    least[:] = 2_000_000_000
    for variant in range(goods.variant_type.shape[0]):
        if stock[goods.variant_type[variant]] > 0:
            for axis in range(3):
                least[axis] = min(least[axis], goods.variant_edges[variant, axis])


@kernel
def in_stock(start: Ints, part_type: Ints, part_count: Ints, block: int, stock: Ints) -> bool:
    """Whether the remaining cartons suffice for a block."""
    for part in range(start[block], start[block + 1]):  # noqa: SIM110 - all() on a generator does not compile
        if part_count[part] > stock[part_type[part]]:
            return False
    return True


@kernel
def keep_usable(blocks: Blocks, states: States, row: int) -> None:
    """Drop the blocks that the remaining cartons no longer allow."""
    kept = 0
    usable, stock = states.usable[row], states.stock[row]
    start, part_type, part_count = blocks.start, blocks.part_type, blocks.part_count
    for at in range(states.numbers[row, 2]):
        block = usable[at]
        if in_stock(start, part_type, part_count, block, stock):
            usable[kept] = block
            kept += 1
    states.numbers[row, 2] = kept


@kernel
def place(
    goods: Goods, blocks: Blocks, states: States, row: int, space: int, block: int, mirror: int, supported: bool
) -> None:
    """Put a block into the corner of a space that ``mirror`` names (bit per axis: at the upper end)."""
    room = states.spaces[row, space].copy()
    bears = states.limits[row, space, 0] - blocks.presses[block]
    layers = states.limits[row, space, 1] - blocks.high[block]
    number = states.numbers[row, 1]
    box = states.boxes[row, number]
    top = np.empty(7, np.int32)
    for axis in range(3):
        length = blocks.edges[block, axis]
        upper = (mirror >> axis) & 1
        box[axis] = room[axis + 3] - length if upper else room[axis]
        box[axis + 3] = box[axis] + length
        if axis < 2:
            flat = blocks.top[block, axis]
            top[axis] = box[axis + 3] - flat if upper else box[axis]
            top[axis + 3] = top[axis] + flat
    top[2] = box[5]
    top[5] = room[5]
    top[6] = 1
    states.placed[row, number, 0] = block
    states.placed[row, number, 1] = mirror
    states.numbers[row, 1] = number + 1
    for part in range(blocks.start[block], blocks.start[block + 1]):
        states.stock[row, blocks.part_type[part]] -= blocks.part_count[part]
    sums = states.sums[row]
    sums[0] += blocks.value[block]
    sums[1] += blocks.volume[block]
    sums[2] += blocks.grams[block]
    sums[3] = max(sums[3], box[3])
    least = np.empty(3, np.int32)
    least_edges(goods, states.stock[row], least)
    count = cut(states.spaces[row], states.limits[row], states.numbers[row, 0], box, least, supported)
    if supported and top[5] - top[2] >= least[2] and top[3] > top[0]:
        capped = min(bears, blocks.bears[block])
        piled = min(layers, blocks.layers[block])
        count = raise_top(states.spaces[row], states.limits[row], count, top, capped, piled, least)
    states.numbers[row, 0] = count
