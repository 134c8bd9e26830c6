"""Lines of a search (搜索线): one taste at work on its own blocks, and the plan that comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .beam import Search
from .blocks import Blocks
from .descending import Beam
from .goods import UNLIMITED, Goods, Ints, Reals
from .replaying import replay
from .spaces import keep_free
from .state import States, empty_states
from .taste import Taste
from .value import NEAR

#: children of one level at most: width squared
MOST_WIDTH = 160

Stopwatch = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Standing:
    """Cartons that stand already, lower ones first: (x1, y1, z1, x2, y2, z2), and the facts that `replay` reads."""

    boxes: Ints
    facts: Reals


@dataclass(frozen=True, slots=True)
class Task:
    """What is searched: goods in a room, a mass limit in g, and whether bases must be supported.

    ``free`` has a row (x1, y1, z1, x2, y2, z2) for each cuboid that stays empty; ``standing`` is in the room already.
    """

    goods: Goods
    room: Ints
    supported: bool
    payload: float = UNLIMITED
    free: Ints | None = None
    standing: Standing | None = None

    def stacking(self) -> tuple[float, float]:
        """Mean g per mm³ and mean height in mm of the cartons; 0 where no carton limits what stands on it."""
        goods = self.goods
        if not self.supported or (min(goods.bears.min(), goods.layers.min()) >= UNLIMITED):
            return 0.0, 0.0
        mass, volume = (goods.grams * goods.quantity).sum(), (goods.volume * goods.quantity).sum()
        return max(float(mass / volume), 1e-12), float(goods.variant_edges[:, 2].mean())


@dataclass
class Found:
    """Best plan of a search.

    ``placed`` has a row (which of ``sources``, block of it, mirrored axes as bits) for each block set down, ``boxes``
    its envelope.
    """

    value: float
    sources: tuple[Blocks, ...]
    placed: Ints
    boxes: Ints
    completions: int = 0


@dataclass
class Line:
    """One taste at work: its beam and the rows of its sorted blocks in the unsorted ones."""

    beam: Beam
    blocks: Blocks
    order: Ints
    stood: int = 0

    def found(self, first: int = 0) -> Found:
        """Give the best plan of this line, without what stood before and from its block number ``first`` on."""
        work = self.beam.search.work
        first += self.stood
        number = work.numbers[1, 1]
        placed = np.zeros((number - first, 3), np.int32)
        placed[:, 1:] = work.placed[1, first:number]
        placed[:, 1] = self.order[placed[:, 1]]
        return Found(work.sums[1, 0], (self.blocks,), placed, work.boxes[1, first:number].copy(), self.beam.completions)


def ranked(blocks: Blocks, gamma: float, noise: Reals) -> tuple[Blocks, Reals, Ints]:
    """Blocks by falling static value V · n^-γ, that value, and the row of each in the unsorted arrays."""
    size = int(blocks.size[0])
    static = blocks.value[:size] * blocks.cartons[:size].astype(float) ** -gamma * noise[:size]
    order = np.argsort(-static, kind="stable").astype(np.int32)
    lengths = np.diff(blocks.start[: size + 1])[order]
    start = np.zeros(size + 1, np.int32)
    start[1:] = np.cumsum(lengths)
    parts = np.repeat(blocks.start[order] - start[:-1], lengths) + np.arange(start[-1])
    aside = {"start", "part_type", "part_count", "size"}
    rows = {name: getattr(blocks, name)[order] for name in Blocks._fields if name not in aside}
    pieces = {"part_type": blocks.part_type[parts], "part_count": blocks.part_count[parts]}
    return Blocks(**rows, **pieces, start=start, size=blocks.size.copy()), static[order], order


def face_shares(blocks: Blocks) -> Reals:
    """Share of one face across each axis in a block's surface; the three sum to a half."""
    x, y, z = (blocks.edges[:, axis].astype(float) for axis in range(3))
    faces = np.stack([y * z, x * z, x * y], axis=1)
    return np.ascontiguousarray(faces / (2 * faces.sum(axis=1, keepdims=True)))


def open_line(task: Task, taste: Taste, blocks: Blocks, seed: int) -> Line:
    """Open a beam for one taste on given blocks; a seed other than 0 stirs the order of nearly equal blocks."""
    noise = np.ones(int(blocks.size[0]))
    if seed:
        noise += np.random.default_rng(seed).normal(0.0, 2e-3, len(noise))
    rows, static, order = ranked(blocks, taste.gamma, noise)
    kinds, size = task.goods.quantity.shape[0], static.shape[0]
    shape = [
        taste.alpha,
        taste.beta,
        taste.slack,
        float(task.supported),
        task.payload,
        float(taste.rule),
        *task.stacking(),
    ]
    search = Search(
        goods=task.goods,
        blocks=rows,
        static=static,
        shares=face_shares(rows),
        room=task.room,
        shape=np.array(shape),
        reach_x=np.zeros(task.room[0] + 1, np.int32),
        reach_y=np.zeros(task.room[1] + 1, np.int32),
        reach_z=np.zeros(task.room[2] + 1, np.int32),
        near=np.zeros((6, NEAR, 5), np.int32),
        found=np.zeros(6, np.int32),
        work=empty_states(2, kinds, size),
        chosen=np.zeros(MOST_WIDTH**2, np.int32),
        scores=np.zeros(MOST_WIDTH**2),
    )
    start = _start(task, size)
    return Line(Beam(search, start, MOST_WIDTH), blocks, order, int(start.numbers[0, 1]))


def _start(task: Task, size: int) -> States:
    """Make the container before the search the only state: empty but for what stands already or stays free."""
    start = empty_states(1, task.goods.quantity.shape[0], size)
    start.stock[0] = task.goods.quantity
    start.spaces[0, 0] = (0, 0, 0, *task.room, 1)
    start.numbers[0] = (1, 0, size)
    start.usable[0] = np.arange(size)
    for box in () if task.free is None else task.free:
        number = keep_free(start.spaces[0], start.limits[0], start.numbers[0, 0], box, task.supported)
        start.numbers[0, 0] = number
    if task.standing is not None:
        boxes, facts = task.standing.boxes, task.standing.facts
        replay(task.goods, task.room, start, boxes, np.zeros(len(boxes), np.int32), facts, task.supported)
    return start
