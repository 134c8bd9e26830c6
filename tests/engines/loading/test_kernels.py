"""The compiled kernels beside slow plain twins."""

from __future__ import annotations

import random
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.loading.cargo import consignment, ticking

from bolanggu.engines.loading import CartonType, ContainerType, load
from bolanggu.engines.loading.blocks import make_blocks
from bolanggu.engines.loading.goods import UNLIMITED, flatten
from bolanggu.engines.loading.spaces import MOST, cut, raise_top
from bolanggu.engines.loading.taste import Taste
from bolanggu.engines.loading.value import reach_sums

ROOM = ContainerType("room", 60, 40, 30)


def plain_reach(cartons, length, axis):
    sums = {0}
    for carton in cartons:
        edges = {edge[axis] for edge in carton.orientations()}
        for _ in range(carton.quantity):
            sums |= {s + edge for s in sums for edge in edges if s + edge <= length}
    return [max(s for s in sums if s <= r) for r in range(length + 1)]


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_sums_of_edges_are_those_of_plain_sets(seed):
    draw = random.Random(seed)
    upright = (True, draw.random() < 0.5, True)
    edges = [[draw.randint(3, 25) for _ in range(3)] for _ in range(4)]
    cartons = [CartonType(str(n), *edge, draw.randint(1, 4), upright=upright) for n, edge in enumerate(edges)]
    big = ContainerType("big", 150, 150, 150)
    goods = flatten(cartons, big)
    for axis in range(3):
        reach = np.zeros(151, np.int32)
        reach_sums(goods, goods.quantity, axis, reach)
        assert reach.tolist() == plain_reach(cartons, 150, axis)


def plain_rectangles(heights, level):
    """Every largest rectangle of cells of one height, as (x1, y1, x2, y2)."""
    wide, deep = heights.shape
    found = []
    for x1, x2 in combinations(range(wide + 1), 2):
        for y1, y2 in combinations(range(deep + 1), 2):
            if (heights[x1:x2, y1:y2] == level).all():
                found.append((x1, y1, x2, y2))
    return {
        a
        for a in found
        if not any(b != a and b[0] <= a[0] and b[1] <= a[1] and b[2] >= a[2] and b[3] >= a[3] for b in found)
    }


@pytest.mark.parametrize("seed", range(25))
def test_supported_spaces_are_the_largest_level_rectangles(seed):
    draw = random.Random(seed)
    heights = np.zeros((9, 7), np.int64)
    spaces, limits = np.zeros((MOST, 7), np.int32), np.full((MOST, 2), UNLIMITED)
    spaces[0] = (0, 0, 0, 9, 7, 20, 1)
    number, least = 1, np.ones(3, np.int32)
    for _ in range(8):
        row = spaces[draw.randrange(number)].copy()
        if row[2] + 3 > 20:
            continue
        x, y, z = int(row[0]), int(row[1]), int(row[2])
        dx, dy, dz = draw.randint(1, row[3] - x), draw.randint(1, row[4] - y), draw.choice([2, 2, 3])
        box = np.array([x, y, z, x + dx, y + dy, z + dz], np.int32)
        number = cut(spaces, limits, number, box, least, True)
        top = np.array([x, y, z + dz, x + dx, y + dy, 20, 1], np.int32)
        number = raise_top(spaces, limits, number, top, UNLIMITED, UNLIMITED, least)
        heights[x : x + dx, y : y + dy] = z + dz
        for level in np.unique(heights):
            ours = {(int(s[0]), int(s[1]), int(s[3]), int(s[4])) for s in spaces[:number] if s[2] == level}
            assert ours == plain_rectangles(heights, level)


@pytest.mark.parametrize("supported", [True, False])
@pytest.mark.parametrize("min_fill", [0.95, 1.0])
def test_blocks_hold_what_they_say(supported, min_fill):
    cartons = consignment(12, 5)
    room = ContainerType("room", 300, 235, 239)
    goods = flatten(cartons, room)
    taste = Taste(min_fill=min_fill, blocks=800)
    blocks = make_blocks(goods, np.array([300, 235, 239], np.int32), taste, supported=supported, joins=True)
    size = int(blocks.size[0])
    assert 10 < size <= 800
    seen = set()
    for block in range(size):
        parts = slice(blocks.start[block], blocks.start[block + 1])
        kinds, counts = blocks.part_type[parts], blocks.part_count[parts]
        assert (counts <= goods.quantity[kinds]).all()
        assert counts.sum() == blocks.cartons[block]
        assert (counts * goods.volume[kinds]).sum() == blocks.volume[block]
        assert blocks.volume[block] >= min_fill * blocks.edges[block].astype(float).prod() * (1 - 1e-12)
        name = (*blocks.edges[block].tolist(), *zip(kinds.tolist(), counts.tolist(), strict=True))
        assert name not in seen
        seen.add(name)


def plain_best(cartons, room):
    """Greatest volume by trying every set of cartons on corner points with full support."""
    items = [carton for carton in cartons for _ in range(carton.quantity)]
    best = 0

    def fits(box, placed):
        x, y, z, dx, dy, dz = box
        if x + dx > room.length or y + dy > room.width or z + dz > room.height:
            return False
        if any(
            x < px + pdx and px < x + dx and y < py + pdy and py < y + dy and z < pz + pdz and pz < z + dz
            for px, py, pz, pdx, pdy, pdz in placed
        ):
            return False
        if z == 0:
            return True
        area = sum(
            max(0, min(x + dx, px + pdx) - max(x, px)) * max(0, min(y + dy, py + pdy) - max(y, py))
            for px, py, pz, pdx, pdy, pdz in placed
            if pz + pdz == z
        )
        return area == dx * dy

    def search(rest, placed, volume):
        nonlocal best
        best = max(best, volume)
        for index, item in enumerate(rest):
            if any(other is item for other in rest[:index]):
                continue
            xs, ys, zs = ({0, *(b[a] + b[a + 3] for b in placed)} for a in range(3))
            for (dx, dy, dz), x, y, z in product(item.orientations(), xs, ys, zs):
                box = (x, y, z, dx, dy, dz)
                if fits(box, placed):
                    search([*rest[:index], *rest[index + 1 :]], [*placed, box], volume + item.volume)

    search(items, [], 0)
    return best


@pytest.mark.parametrize("seed", range(6))
def test_tiny_problems_are_solved_as_by_trying_everything(seed):
    draw = random.Random(seed)
    cartons = [
        CartonType(str(n), *(draw.randint(2, 5) for _ in range(3)), 1, upright=(True, True, True)) for n in range(3)
    ]
    room = ContainerType("tiny", 6, 5, 5)
    plan = load(cartons, room, seconds=60, stopwatch=ticking())
    assert plan.volume == plain_best(cartons, room)
