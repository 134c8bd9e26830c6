"""Neighbourhood search (邻域搜索): part of the best plan is taken out and that room filled anew.

Blocks are made again from the cartons that are then left, so that small remainders find small blocks; a narrow beam
completes what was kept. A plan that is not worse takes the place of the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .blocks import make_blocks
from .goods import Ints, Longs
from .kernel import kernel
from .lines import Found, Line, Task, open_line
from .replaying import replay
from .taste import Taste

#: blocks made for one rebuilding at most
FRESH_BLOCKS = 2500
#: descents of the beam of one rebuilding: widths 1, 1, 2, 3, 4
DESCENTS = 5
#: share of the length that a slab taken out has, of the blocks kept when the last ones go, of those round a spot
SLABS, KEPT, ROUND = (0.2, 0.55), (0.3, 0.85), (0.15, 0.5)

Flags = npt.NDArray[np.bool_]


def rebuild(
    task: Task, found: Found, tastes: Sequence[Taste], generator: np.random.Generator, over: Callable[[], bool]
) -> Found:
    """Rebuild parts of a plan until the budget is over or everything is loaded; gives the best plan."""
    worth = float((task.goods.value * task.goods.quantity).sum()) * (1 - 1e-12)
    turn = completions = 0
    while len(found.placed) > 1 and found.value < worth and not over():
        kept = np.flatnonzero(~_going(task, found, generator))
        taste = replace(tastes[turn % len(tastes)], blocks=FRESH_BLOCKS)
        fresh = _refilled(found, kept, open_line_for(task, found, kept, taste, generator), over)
        if fresh is not None:
            completions += fresh.completions
            found = fresh if fresh.value >= found.value else found
        turn += 1
    found.completions += completions
    return found


def _going(task: Task, found: Found, generator: np.random.Generator) -> Flags:
    """Choose the blocks that are taken out: a slab, the last ones, or those round a spot."""
    boxes, number = found.boxes, len(found.boxes)
    way = generator.integers(3)
    if way == 0:
        going = np.arange(number) >= int(number * generator.uniform(*KEPT))
    elif way == 1:
        length = task.room[0] * generator.uniform(*SLABS)
        start = generator.uniform(-length / 2, task.room[0] - length / 2)
        going = (boxes[:, 0] < start + length) & (boxes[:, 3] > start)
    else:
        spot = generator.uniform(0, 1, 3) * task.room
        away = np.maximum(np.maximum(boxes[:, :3] - spot, spot - boxes[:, 3:]), 0)
        order = np.argsort((away**2).sum(axis=1), kind="stable")
        going = np.zeros(number, bool)
        going[order[: max(2, int(number * generator.uniform(*ROUND)))]] = True
    if task.supported:
        loosen(boxes, going)
    return going


@kernel
def loosen(boxes: Ints, going: Flags) -> None:
    """Take out with a block everything above it; blocks stand in the order in which they were set down."""
    for upper in range(boxes.shape[0]):
        for lower in range(upper):
            if going[lower] and not going[upper] and boxes[upper, 2] >= boxes[lower, 5]:
                along = boxes[upper, 0] < boxes[lower, 3] and boxes[lower, 0] < boxes[upper, 3]
                going[upper] = along and boxes[upper, 1] < boxes[lower, 4] and boxes[lower, 1] < boxes[upper, 4]


def open_line_for(task: Task, found: Found, kept: Longs, taste: Taste, generator: np.random.Generator) -> Line | None:
    """Open a line whose start holds what is kept and whose blocks are of what is left; None where nothing fits."""
    stock = task.goods.quantity.copy()
    for source, block, _ in found.placed[kept].tolist():
        blocks = found.sources[source]
        parts = slice(blocks.start[block], blocks.start[block + 1])
        stock[blocks.part_type[parts]] -= blocks.part_count[parts]
    if not stock.any():
        return None
    made = make_blocks(task.goods._replace(quantity=stock), task.room, taste, supported=task.supported, joins=True)
    line = open_line(task, taste, made, int(generator.integers(1, 2**31)))
    start = line.beam.start
    start.stock[0] = stock
    facts = np.array([_facts(found, row) for row in kept], float).reshape(-1, 9)
    mirrors = np.ascontiguousarray(found.placed[kept, 2])
    stands = replay(task.goods, task.room, start, found.boxes[kept], mirrors, facts, task.supported)
    return line if stands else None


def _facts(found: Found, row: int) -> tuple[float, ...]:
    """What `replay` needs to know of a block set down."""
    source, block, _ = found.placed[row]
    blocks = found.sources[source]
    sums = (blocks.value[block], blocks.volume[block], blocks.grams[block])
    return (
        *blocks.top[block], *sums, blocks.presses[block], blocks.bears[block], blocks.high[block], blocks.layers[block]
    )  # fmt: skip


def _refilled(found: Found, kept: Longs, line: Line | None, over: Callable[[], bool]) -> Found | None:
    """Give the plan with what is kept of the old one and the line's best completion of it."""
    if line is None:
        return None
    line.beam.first()
    line.beam.run(DESCENTS, over)
    fresh = line.found(len(kept))
    used, source = np.unique(found.placed[kept, 0], return_inverse=True)
    old = found.placed[kept].copy()
    old[:, 0] = source
    fresh.placed[:, 0] = len(used)
    sources = (*(found.sources[index] for index in used), line.blocks)
    boxes = np.concatenate([found.boxes[kept], fresh.boxes])
    return Found(fresh.value, sources, np.concatenate([old, fresh.placed]), boxes, fresh.completions)
