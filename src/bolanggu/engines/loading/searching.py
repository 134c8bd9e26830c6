"""The anytime search (随时可停的搜索): blocks in waves, then beams of growing width until the budget ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .beam import Search, complete, descend, expand, refresh_reach
from .blocks import Blocks, empty_blocks, grids, join_all
from .goods import UNLIMITED, Goods, Ints, Reals
from .state import States, copy_state, empty_states
from .value import NEAR


@dataclass(frozen=True, slots=True)
class Taste:
    """Parameters of the value function and the rule that picks spaces.

    ``alpha``, ``beta``, ``gamma`` and ``slack`` as in Araya, Guerrero & Núñez 2017; ``rule`` 0 nearest corner, 1 front
    wall first, 2 floor first; ``min_fill`` of joined blocks.
    """

    alpha: float = 4.0
    beta: float = 1.0
    gamma: float = 0.2
    slack: float = 0.04
    rule: int = 0
    min_fill: float = 1.0
    blocks: int = 10_000


@dataclass
class Found:
    """Best plan of a search: block tree, and (block, mirrored axes, x, y, z) of each block placed."""

    value: float
    blocks: Blocks
    placed: Ints
    boxes: Ints
    completions: int = 0
    first_seconds: float | None = None


Stopwatch = Callable[[], float]


def make_blocks(goods: Goods, room: Ints, stock: Ints, taste: Taste, *, supported: bool, joins: bool) -> Blocks:
    """Grids of each type, thinned to half the capacity, and joins up to ``taste.blocks``."""
    blocks = empty_blocks(taste.blocks)
    sparse = 0
    while sparse < 2 and grids(goods, room, stock, blocks, sparse, False) > taste.blocks // 2:
        sparse += 1
    grids(goods, room, stock, blocks, sparse, True)
    if joins:
        rules = np.array([taste.min_fill, float(supported)])
        join_all(goods, room, stock, blocks, taste.blocks, rules, 0)
    return blocks


def ranked(blocks: Blocks, gamma: float) -> tuple[Blocks, Reals, Ints]:
    """Blocks by falling static value V · n^-γ, that value, and the row of each in the unsorted arrays."""
    size = int(blocks.size[0])
    static = blocks.value[:size] * blocks.count[:size].astype(float) ** -gamma
    order = np.argsort(-static, kind="stable").astype(np.int32)
    lengths = np.diff(blocks.start[: size + 1])[order]
    start = np.zeros(size + 1, np.int32)
    start[1:] = np.cumsum(lengths)
    parts = np.repeat(blocks.start[order] - start[:-1], lengths) + np.arange(start[-1])
    fields = {
        name: getattr(blocks, name)[order]
        for name in Blocks._fields
        if name not in {"start", "part_type", "part_count", "size"}
    }
    return (
        Blocks(
            **fields,
            start=start,
            part_type=blocks.part_type[parts],
            part_count=blocks.part_count[parts],
            size=blocks.size.copy(),
        ),
        static[order],
        order,
    )


def open_search(
    goods: Goods, blocks: Blocks, static: Reals, room: Ints, taste: Taste, payload: float, *, supported: bool, most: int
) -> Search:
    """Shared arrays of one search."""
    return Search(
        goods=goods,
        blocks=blocks,
        static=static,
        room=room,
        shape=np.array([taste.alpha, taste.beta, taste.slack, float(supported), payload, float(taste.rule)]),
        reach_x=np.zeros(room[0] + 1, np.int32),
        reach_y=np.zeros(room[1] + 1, np.int32),
        reach_z=np.zeros(room[2] + 1, np.int32),
        near=np.zeros((6, NEAR, 5), np.int32),
        found=np.zeros(6, np.int32),
        work=empty_states(2, goods.quantity.shape[0], static.shape[0]),
        chosen=np.zeros(most, np.int32),
        scores=np.zeros(most),
    )


def root(states: States, row: int, stock: Ints, spaces: Ints, limits: Reals, blocks: int) -> None:
    """Make one row the empty container, or what is left of it."""
    states.stock[row] = stock
    states.spaces[row, : len(spaces)] = spaces
    states.limits[row, : len(spaces)] = limits
    states.numbers[row] = (len(spaces), 0, blocks)
    states.usable[row, :blocks] = np.arange(blocks)
    states.sums[row] = 0.0


@dataclass
class Beam:
    """Beams of growing width over one set of blocks, stopped between two expansions by ``over``."""

    search: Search
    start: States
    most_width: int = 128
    completions: int = 0
    width: float = 1.0
    levels: list[States] = field(default_factory=list)

    def first(self) -> None:
        """Complete the start greedily: the instant plan."""
        refresh_reach(self.search, self.start.stock[0])
        copy_state(self.start, 0, self.search.work, 0)
        complete(self.search, self.search.work, 0)
        copy_state(self.search.work, 0, self.search.work, 1)
        self.completions += 1

    def run(self, over: Callable[[], bool]) -> None:
        """Widen the beam by √2 after each descent until the budget is over or the width is at its limit."""
        kinds, blocks = self.start.stock.shape[1], self.start.usable.shape[1]
        while not over() and self.width <= self.most_width:
            width = max(1, round(self.width))
            self.levels = [empty_states(width, kinds, blocks), empty_states(width, kinds, blocks)]
            self._descend(width, over)
            self.width *= 2**0.5

    def _descend(self, width: int, over: Callable[[], bool]) -> None:
        level, below = self.levels
        copy_state(self.start, 0, level, 0)
        number = 1
        children = np.zeros((width * width + width, 5))
        while number:
            share = max(1, (width * width) // number)
            count = 0
            for row in range(number):
                before = count
                count = expand(self.search, level, row, share, children, count)
                self.completions += count - before
                if over():
                    return
            number = descend(self.search, level, below, children, count, width)
            level, below = below, level


def search_plan(
    goods: Goods,
    room: Ints,
    taste: Taste,
    *,
    seconds: float,
    supported: bool,
    payload: float = UNLIMITED,
    stopwatch: Stopwatch = time.process_time,
) -> Found:
    """Best plan found for an empty container within ``seconds`` of ``stopwatch``."""
    begun = stopwatch()
    blocks = make_blocks(goods, room, goods.quantity, taste, supported=supported, joins=True)
    sorted_blocks, static, order = ranked(blocks, taste.gamma)
    size = static.shape[0]
    search = open_search(goods, sorted_blocks, static, room, taste, payload, supported=supported, most=128 * 128)
    start = empty_states(1, goods.quantity.shape[0], size)
    whole = np.array([[0, 0, 0, *room, 1]], np.int32)
    root(start, 0, goods.quantity, whole, np.full((1, 2), UNLIMITED), size)
    beam = Beam(search, start)
    beam.first()
    first = stopwatch() - begun
    beam.run(lambda: stopwatch() - begun > seconds)
    number = search.work.numbers[1, 1]
    placed = search.work.placed[1, :number].copy()
    placed[:, 0] = order[placed[:, 0]]
    return Found(search.work.sums[1, 0], blocks, placed, search.work.boxes[1, :number].copy(), beam.completions, first)
