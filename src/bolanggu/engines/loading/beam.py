"""Beam search with greedy completion (定向搜索): each child is valued by finishing it with the best block each time.

Araya & Riff 2014; Araya, Guerrero & Núñez 2017. Own code on flat arrays: a call expands one parent, so that the driver
can look at its budget between two calls.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .blocks import Blocks
from .goods import Goods, Ints, Reals
from .kernel import kernel
from .state import States, copy_state, in_stock, keep_usable, place
from .value import contact, neighbours, reach_sums


class Search(NamedTuple):
    """What all states of one search share, and room to work in."""

    goods: Goods
    blocks: Blocks
    static: Reals  # (blocks,) V · n^-γ, falling
    shares: Reals  # (blocks, 3) share of one face across each axis in the surface
    room: Ints  # (3,) container
    shape: Reals  # α, β, slack, supported, payload, space rule, mean g per mm³ or 0, mean height
    reach_x: Ints
    reach_y: Ints
    reach_z: Ints
    near: Ints  # (6, NEAR, 5)
    found: Ints  # (6,)
    work: States  # row 0: the state being completed, row 1: the best plan seen
    chosen: Ints  # (most children,)
    scores: Reals


@kernel
def refresh_reach(search: Search, stock: Ints) -> None:
    """Refresh the sums of remaining edges on each axis."""
    reach_sums(search.goods, stock, 0, search.reach_x)
    reach_sums(search.goods, stock, 1, search.reach_y)
    reach_sums(search.goods, stock, 2, search.reach_z)


@kernel
def distance(spaces: Ints, at: int, room: Ints, rule: float, supported: bool) -> float:
    """How far a space is from the nearest corner of the container: the nearest is filled first."""
    x = min(spaces[at, 0], room[0] - spaces[at, 3])
    y = min(spaces[at, 1], room[1] - spaces[at, 4])
    z = spaces[at, 2] if supported else min(spaces[at, 2], room[2] - spaces[at, 5])
    if rule == 1.0:
        return float(spaces[at, 0] * 1e4 + y * 10.0 + z)
    if rule == 2.0:
        return float(z * 1e4 + x + y)
    return float(x + y + z)


@kernel
def pick_space(search: Search, spaces: Ints, number: int) -> int:
    """Find the live space nearest to a corner, larger first; -1 if none is left."""
    best = -1
    best_distance = 0.0
    best_volume = 0.0
    supported = search.shape[3] > 0.5
    rule = search.shape[5]
    for at in range(number):
        if spaces[at, 6] == 0:
            continue
        far = distance(spaces, at, search.room, rule, supported)
        if best >= 0 and far > best_distance:
            continue
        volume = float(spaces[at, 3] - spaces[at, 0]) * (spaces[at, 4] - spaces[at, 1])
        volume *= spaces[at, 5] - spaces[at, 2]
        if best < 0 or far < best_distance or volume > best_volume:
            best = at
            best_distance = far
            best_volume = volume
    return best


@kernel
def corner(search: Search, spaces: Ints, at: int) -> int:
    """Name the corner of a space nearest to the container's, a bit per axis; always on the floor with support."""
    mirror = 0
    for axis in range(3):
        upper = search.room[axis] - spaces[at, axis + 3] < spaces[at, axis]
        if axis == 0 and search.shape[5] == 1.0:
            upper = False
        if axis == 2 and (search.shape[3] > 0.5 or search.shape[5] == 2.0):
            upper = False
        if upper:
            mirror |= 1 << axis
    return mirror


@kernel
def insert(search: Search, count: int, most: int, block: int, score: float) -> int:
    """Keep the best ``most`` blocks in falling order of score; returns how many are kept."""
    at = count if count < most else most - 1
    while at > 0 and search.scores[at - 1] < score:
        search.scores[at] = search.scores[at - 1]
        search.chosen[at] = search.chosen[at - 1]
        at -= 1
    search.scores[at] = score
    search.chosen[at] = block
    return min(count + 1, most)


@kernel
def rank_blocks(  # noqa: C901, PLR0912, PLR0915 - one loop over ten thousand blocks; a call a block would halve its speed
    search: Search, states: States, row: int, at: int, mirror: int, most: int
) -> int:
    """Write the best ``most`` blocks for a space to ``search.chosen``; returns how many fit.

    Blocks come by falling V · n^-γ; a block is left as soon as a bound of its score is below the last one kept.
    """
    blocks, static, edges, shares = search.blocks, search.static, search.blocks.edges, search.shares
    alpha, beta, slack = search.shape[0], search.shape[1], search.shape[2]
    reach_x, reach_y, reach_z = search.reach_x, search.reach_y, search.reach_z
    supported, density, tall = search.shape[3] > 0.5, search.shape[6], search.shape[7]
    spaces, usable, stock, limits = states.spaces[row], states.usable[row], states.stock[row], states.limits[row, at]
    left = search.shape[4] - states.sums[row, 2]
    wide = spaces[at, 3] - spaces[at, 0]
    deep = spaces[at, 4] - spaces[at, 1]
    high = spaces[at, 5] - spaces[at, 2]
    whole = 1.0 / (float(wide) * deep * high)
    box = np.empty((3, 2), np.int32)
    count = 0
    worst = -1.0
    ready = False
    for index in range(states.numbers[row, 2]):
        block = usable[index]
        if static[block] <= worst:
            break
        x, y, z = edges[block, 0], edges[block, 1], edges[block, 2]
        if x > wide or y > deep or z > high:
            continue
        above = float(reach_z[high - z])
        if density > 0.0 and above > 0.0:
            above = min(above, bearable_height(blocks, block, limits, density, tall))
        loss_free = float(x + reach_x[wide - x]) * (y + reach_y[deep - y]) * (z + above) * whole
        score = static[block] * (loss_free if beta == 1.0 else loss_free**beta)
        if score <= worst:
            continue
        share = 0.5
        if wide - x <= slack * x:
            share += shares[block, 0]
        if deep - y <= slack * y:
            share += shares[block, 1]
        if high - z <= slack * z:
            share += shares[block, 2]
        if score * power(share, alpha) <= worst:
            continue
        if blocks.grams[block] > left or not bearable(blocks, block, limits, spaces[at, 2]):
            continue
        if not in_stock(blocks.start, blocks.part_type, blocks.part_count, block, stock):
            continue
        if not ready:
            neighbours(spaces, at, states.boxes[row], states.numbers[row, 1], slack, search.near, search.found)
            ready = True
        for axis in range(3):
            edge = edges[block, axis]
            box[axis, 0] = spaces[at, axis + 3] - edge if (mirror >> axis) & 1 else spaces[at, axis]
            box[axis, 1] = box[axis, 0] + edge
        score *= power(contact(box, search.room, search.near, search.found, slack, supported), alpha)
        if score > worst:
            count = insert(search, count, most, block, score)
            if count == most:
                worst = search.scores[most - 1]
    return count


@kernel
def power(base: float, exponent: float) -> float:
    """Raise ``base`` to ``exponent``, quick for the exponent of the literature."""
    return base * base * base * base if exponent == 4.0 else base**exponent


@kernel
def bearable_height(blocks: Blocks, block: int, limits: Reals, density: float, tall: float) -> float:
    """Height that cartons of mean density and height may reach above a block before something bears too much."""
    if blocks.top[block, 0] == 0:
        return 0.0
    mass = min(blocks.bears[block], limits[0] - blocks.presses[block])
    count = min(blocks.layers[block], limits[1] - blocks.high[block])
    return float(max(0.0, min(mass / density, count * tall)))


@kernel
def bearable(blocks: Blocks, block: int, limits: Reals, z: int) -> bool:
    """Whether what lies below a space bears a block, and the block may stand at this height."""
    if blocks.floor_only[block] and z > 0:
        return False
    return bool(blocks.presses[block] <= limits[0] and blocks.high[block] <= limits[1])


@kernel
def next_choice(search: Search, states: States, row: int, most: int) -> tuple[int, int, int]:
    """Find the next space into which a block fits: (space, mirror, blocks ranked); space -1 when the state is done."""
    while True:
        at = pick_space(search, states.spaces[row], states.numbers[row, 0])
        if at < 0:
            return -1, 0, 0
        mirror = corner(search, states.spaces[row], at)
        count = rank_blocks(search, states, row, at, mirror, most)
        if count > 0:
            return at, mirror, count
        if search.shape[3] > 0.5:
            states.spaces[row, at, 6] = 0
        else:
            last = states.numbers[row, 0] - 1
            states.spaces[row, at] = states.spaces[row, last]
            states.numbers[row, 0] = last


@kernel
def complete(search: Search, states: States, row: int) -> None:
    """Fill a state greedily to the end."""
    supported = search.shape[3] > 0.5
    fresh = states.sums[row, 1]
    room = float(search.room[0]) * search.room[1] * search.room[2]
    most = states.boxes.shape[1] - 1
    while states.numbers[row, 1] < most:
        at, mirror, _ = next_choice(search, states, row, 1)
        if at < 0:
            return
        place(search.goods, search.blocks, states, row, at, search.chosen[0], mirror, supported)
        keep_usable(search.blocks, states, row)
        if states.sums[row, 1] - fresh > 0.1 * room:
            fresh = states.sums[row, 1]
            refresh_reach(search, states.stock[row])


@kernel
def expand(search: Search, level: States, row: int, most: int, children: Reals, number: int) -> int:
    """Try the best ``most`` blocks of one parent, each completed greedily; returns the new number of children.

    Each row of ``children`` is (value of the completed plan, parent, space, mirror, block). The best plan seen stands
    in row 1 of ``search.work``.
    """
    refresh_reach(search, level.stock[row])
    keep_usable(search.blocks, level, row)
    at, mirror, count = next_choice(search, level, row, most)
    if at < 0:
        return number
    blocks = search.chosen[:count].copy()
    supported = search.shape[3] > 0.5
    for block in blocks:
        copy_state(level, row, search.work, 0)
        place(search.goods, search.blocks, search.work, 0, at, block, mirror, supported)
        keep_usable(search.blocks, search.work, 0)
        refresh_reach(search, level.stock[row])
        complete(search, search.work, 0)
        value = search.work.sums[0, 0]
        children[number, 0] = value
        children[number, 1] = row
        children[number, 2] = at
        children[number, 3] = mirror
        children[number, 4] = block
        number += 1
        if value > search.work.sums[1, 0]:
            copy_state(search.work, 0, search.work, 1)
    return number


@kernel
def descend(search: Search, level: States, below: States, children: Reals, number: int, width: int) -> int:
    """Make the best ``width`` children of distinct value the states of the next level; returns how many."""
    order = np.argsort(-children[:number, 0], kind="mergesort")
    made = 0
    last = -1.0
    supported = search.shape[3] > 0.5
    for index in order:
        child = children[index]
        if made and child[0] == last:
            continue
        last = child[0]
        copy_state(level, int(child[1]), below, made)
        place(search.goods, search.blocks, below, made, int(child[2]), int(child[4]), int(child[3]), supported)
        keep_usable(search.blocks, below, made)
        made += 1
        if made == width:
            break
    return made
