"""Setting known blocks down again (重放): a state in which part of a plan stands already."""

from __future__ import annotations

import numpy as np

from .goods import Goods, Ints, Reals
from .kernel import kernel
from .spaces import cut, raise_top
from .state import States, least_edges


@kernel
def replay(goods: Goods, room: Ints, states: States, boxes: Ints, mirrors: Ints, facts: Reals, supported: bool) -> bool:
    """Set envelopes down one after the other in a state whose stock is what will be left; False if one hangs.

    ``facts`` has a row (top x, top y, value, volume, g, presses, bears, high, layers) for each envelope. On an envelope
    that hangs nothing is put.
    """
    sound = True
    before = states.numbers[0, 1]
    least = np.empty(3, np.int32)
    least_edges(goods, states.stock[0], least)
    if supported:
        least[:] = 1  # a top too small for what is left may carry what is set down next
    spaces, limits, sums = states.spaces[0], states.limits[0], states.sums[0]
    top = np.empty(7, np.int32)
    number = states.numbers[0, 0]
    for at in range(boxes.shape[0]):
        box, fact = boxes[at], facts[at]
        base = base_of(spaces, limits, number, box) if supported else 0
        sound = sound and base >= 0
        bears, layers = min(limits[base, 0] - fact[5], fact[6]), min(limits[base, 1] - fact[7], fact[8])
        number = cut(spaces, limits, number, box, least, supported)
        if supported and base >= 0 and fact[0] > 0:
            crown(box, mirrors[at], fact, room, top)
            number = raise_top(spaces, limits, number, top, bears, layers, least)
        states.boxes[0, before + at] = box
        sums[0] += fact[2]
        sums[1] += fact[3]
        sums[2] += fact[4]
        sums[3] = max(sums[3], box[3])
    states.numbers[0, 0] = number
    states.numbers[0, 1] = before + boxes.shape[0]
    return bool(sound)


@kernel
def base_of(spaces: Ints, limits: Reals, number: int, box: Ints) -> int:
    """Find the space on which a box stands, the strongest of several; -1 if there is none."""
    best = -1
    for at in range(number):
        level = spaces[at, 2] == box[2]
        along = spaces[at, 0] <= box[0] and box[3] <= spaces[at, 3]
        across = spaces[at, 1] <= box[1] and box[4] <= spaces[at, 4]
        if level and along and across and (best < 0 or limits[at, 0] > limits[best, 0]):
            best = at
    return best


@kernel
def crown(box: Ints, mirror: int, fact: Reals, room: Ints, top: Ints) -> None:
    """Write the space above a box's flat top, up to the roof."""
    for axis in range(2):
        flat = int(fact[axis])
        top[axis] = box[axis + 3] - flat if (mirror >> axis) & 1 else box[axis]
        top[axis + 3] = top[axis] + flat
    top[2] = box[5]
    top[5] = room[2]
    top[6] = 1
