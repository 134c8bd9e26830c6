"""Free spaces (剩余空间): the largest empty cuboids, cut by each block placed and joined where tops are level.

A space is a row (x1, y1, z1, x2, y2, z2, live). With support a load is a landscape: below each carton everything is
full, so a space is a flat rectangle at one height up to the roof, and a placed block ends every space of its level
below it. Level tops of neighbours are joined into larger supported bases. A space into which no block fits goes to
sleep (live = 0): nothing is put there, but it may still become part of a larger base.
"""

from __future__ import annotations

import numpy as np

from .goods import Ints, Reals
from .kernel import kernel

MOST = 512


@kernel
def covers(spaces: Ints, limits: Reals, outer: int, inner: int) -> bool:
    """Whether space ``outer`` holds ``inner`` and bears at least as much."""
    for side in range(3):
        if spaces[outer, side] > spaces[inner, side] or spaces[outer, side + 3] < spaces[inner, side + 3]:
            return False
    return bool(limits[outer, 0] >= limits[inner, 0] and limits[outer, 1] >= limits[inner, 1])


@kernel
def apart(spaces: Ints, at: int, box: Ints, supported: bool) -> bool:
    """Whether a space and a box share no room; with support only spaces of the box's own level can."""
    if spaces[at, 0] >= box[3] or spaces[at, 3] <= box[0] or spaces[at, 1] >= box[4] or spaces[at, 4] <= box[1]:
        return True
    return not supported and (spaces[at, 2] >= box[5] or spaces[at, 5] <= box[2])


@kernel
def move(spaces: Ints, limits: Reals, source: int, targets: Ints, target_limits: Reals, to: int) -> None:
    """Copy one space."""
    for side in range(7):
        targets[to, side] = spaces[source, side]
    target_limits[to, 0] = limits[source, 0]
    target_limits[to, 1] = limits[source, 1]


@kernel
def add_space(spaces: Ints, limits: Reals, number: int, row: Ints, bears: float, layers: float, first: int) -> int:
    """Append a space unless one from index ``first`` on covers it; drops those it covers; returns the new number."""
    if number >= MOST:
        return number
    for side in range(7):
        spaces[number, side] = row[side]
    limits[number, 0] = bears
    limits[number, 1] = layers
    for other in range(first, number):
        if covers(spaces, limits, other, number):
            return number
    kept = first
    for other in range(first, number):
        if not covers(spaces, limits, number, other):
            if kept != other:
                move(spaces, limits, other, spaces, limits, kept)
            kept += 1
    if kept != number:
        move(spaces, limits, number, spaces, limits, kept)
    return kept + 1


@kernel
def cut(spaces: Ints, limits: Reals, number: int, box: Ints, least: Ints, supported: bool) -> int:
    """Cut ``box`` out of all spaces; with support the box counts as reaching the roof; returns the new number."""
    kept = 0
    touched = 0
    old = np.empty((number, 7), np.int32)
    old_limits = np.empty((number, 2))
    for at in range(number):
        if not apart(spaces, at, box, supported):
            move(spaces, limits, at, old, old_limits, touched)
            touched += 1
            continue
        if kept != at:
            move(spaces, limits, at, spaces, limits, kept)
        kept += 1
    child = np.empty(7, np.int32)
    for piece in range(touched):
        for side in range(2 if supported else 3):
            for upper in range(2):
                for edge in range(7):
                    child[edge] = old[piece, edge]
                if upper:
                    child[side] = box[side + 3]
                else:
                    child[side + 3] = box[side]
                if child[side + 3] - child[side] >= least[side]:
                    kept = add_space(spaces, limits, kept, child, old_limits[piece, 0], old_limits[piece, 1], 0)
    return kept


@kernel
def keep_free(spaces: Ints, limits: Reals, number: int, box: Ints, supported: bool) -> int:
    """Cut a box that stays empty out of all spaces: below it a lower roof, above it room only without support."""
    old, old_limits = spaces[:number].copy(), limits[:number].copy()
    child = np.empty(7, np.int32)
    kept = 0
    for at in range(number):
        meets = True
        for side in range(3):
            meets = meets and old[at, side] < box[side + 3] and box[side] < old[at, side + 3]
        if not meets:
            kept = add_space(spaces, limits, kept, old[at], old_limits[at, 0], old_limits[at, 1], 0)
            continue
        for side in range(3):
            for upper in range(2):
                if side == 2 and upper and supported:
                    continue
                child[:] = old[at]
                if upper:
                    child[side] = box[side + 3]
                else:
                    child[side + 3] = box[side]
                if child[side + 3] > child[side]:
                    kept = add_space(spaces, limits, kept, child, old_limits[at, 0], old_limits[at, 1], 0)
    return kept


@kernel
def joined(rows: Ints, one: int, two: int, side: int, child: Ints) -> bool:
    """Join two level rectangles along a side over what they share across it; False if they do not touch."""
    across = 1 - side
    if rows[two, side] > rows[one, side + 3] or rows[one, side] > rows[two, side + 3]:
        return False
    child[across] = max(rows[one, across], rows[two, across])
    child[across + 3] = min(rows[one, across + 3], rows[two, across + 3])
    if child[across] >= child[across + 3]:
        return False
    child[side] = min(rows[one, side], rows[two, side])
    child[side + 3] = max(rows[one, side + 3], rows[two, side + 3])
    child[2] = rows[one, 2]
    child[5] = min(rows[one, 5], rows[two, 5])
    child[6] = 1
    return True


@kernel
def put_fresh(fresh: Ints, limits: Reals, count: int, child: Ints, bears: float, layers: float) -> int:
    """Append a space to the work list unless one there covers it; nothing is dropped; returns the new count."""
    if count >= fresh.shape[0]:
        return count
    for side in range(7):
        fresh[count, side] = child[side]
    limits[count, 0] = bears
    limits[count, 1] = layers
    for other in range(count):
        if covers(fresh, limits, other, count):
            return count
    return count + 1


@kernel
def raise_top(spaces: Ints, limits: Reals, number: int, top: Ints, bears: float, layers: float, least: Ints) -> int:
    """Add the space above a block's top and every larger base it makes with level neighbours; returns the new number.

    The largest rectangles of a union are the closure of its rectangles under joining two that touch along an axis over
    the part they have in common across it.
    """
    fresh = np.empty((64, 7), np.int32)
    fresh_limits = np.empty((64, 2))
    count = 0
    for at in range(number):
        if spaces[at, 2] == top[2] and count < 48:
            move(spaces, limits, at, fresh, fresh_limits, count)
            count += 1
    first = count
    count = put_fresh(fresh, fresh_limits, count, top, bears, layers)
    child = np.empty(7, np.int32)
    done = first
    while done < count:
        at = 0
        while at < count:
            for side in range(2):
                if at != done and joined(fresh, done, at, side, child):
                    more = min(fresh_limits[done, 0], fresh_limits[at, 0])
                    piled = min(fresh_limits[done, 1], fresh_limits[at, 1])
                    count = put_fresh(fresh, fresh_limits, count, child, more, piled)
            at += 1
        done += 1
    for at in range(first, count):
        if fresh[at, 3] - fresh[at, 0] >= least[0] and fresh[at, 4] - fresh[at, 1] >= least[1]:
            number = add_space(spaces, limits, number, fresh[at], fresh_limits[at, 0], fresh_limits[at, 1], 0)
    return number
