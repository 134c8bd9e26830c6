"""The anytime search (随时可停的搜索): an instant plan from grids, beams of growing width, then parts built anew.

Every taste keeps its own blocks and its own width; the tastes take turns, so that a short budget sees each of them
narrow and a long one each of them wide. The last part of the budget rebuilds parts of the best plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from .blocks import Blocks, make_blocks
from .lines import Found, Line, Stopwatch, Task, open_line
from .rebuilding import rebuild
from .taste import Taste, tastes

#: share of the budget after which parts of the best plan are rebuilt
BEAMS = 0.7


def search_plan(
    task: Task, *, seconds: float, seed: int = 0, chosen: Sequence[Taste] = (), stopwatch: Stopwatch = time.thread_time
) -> Found:
    """Best plan found for an empty container within ``seconds`` of ``stopwatch``.

    Parameters
    ----------
    task
        Goods, room and rules.
    seconds
        Budget. The instant plan is made in any case; a beam looks at the budget after each parent.
    seed
        0 takes blocks by their plain value; other seeds stir nearly equal ones.
    chosen
        Tastes; empty takes those that suit the number of types.
    stopwatch
        Seconds spent.
    """
    begun = stopwatch()

    def over(share: float = 1.0) -> bool:
        return stopwatch() - begun > share * seconds

    wanted = list(chosen) or tastes(len(task.goods.quantity), supported=task.supported)
    lines = _descents(task, wanted, seed, partial(over, 1.0 if task.supported else BEAMS))
    best = max(lines, key=lambda line: line.beam.search.work.sums[1, 0]).found()
    best.completions = sum(line.beam.completions for line in lines)
    if task.supported:
        return best
    return rebuild(task, best, wanted, np.random.default_rng(seed), over)


def _descents(task: Task, wanted: Sequence[Taste], seed: int, over: Callable[[], bool]) -> list[Line]:
    """Run the beams of all tastes in turn; the first line holds the instant plan."""
    grids = make_blocks(task.goods, task.room, wanted[0], supported=task.supported, joins=False)
    instant = open_line(task, wanted[0], grids, 0)
    instant.beam.first()
    lines, made = [instant], dict[tuple[float, int], Blocks]()
    for taste in wanted:
        if over() or instant.beam.holds_all():
            break
        if taste.kind not in made:
            made[taste.kind] = make_blocks(task.goods, task.room, taste, supported=task.supported, joins=True)
        lines.append(open_line(task, taste, made[taste.kind], seed))
        lines[-1].beam.first()
        lines[-1].beam.run(3, over)
    turns = lines[1:]
    while turns and not over():
        least = min(turns, key=lambda line: line.beam.completions)
        least.beam.run(1, over)
        turns = [line for line in turns if not line.beam.done()]
    return lines
