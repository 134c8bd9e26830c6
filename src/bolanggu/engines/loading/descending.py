"""One beam (定向搜索的一束): descents of growing width over one set of blocks, stopped between two expansions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .beam import Search, complete, descend, expand, refresh_reach
from .state import States, copy_state, empty_states


@dataclass
class Beam:
    """Descents from ``start``; the width grows by √2 after each.

    The best plan stands in row 1 of ``search.work``. ``completions`` counts plans completed.
    """

    search: Search
    start: States
    most_width: int
    completions: int = 0
    width: float = 1.0
    rows: int = 0
    levels: tuple[States, ...] = ()

    def done(self) -> bool:
        """Whether the widest descent is behind, or nothing is left to gain."""
        return round(self.width) > self.most_width or self.holds_all()

    def holds_all(self) -> bool:
        """Whether the best plan holds every carton."""
        worth = (self.search.goods.value * self.search.goods.quantity).sum()
        return bool(self.search.work.sums[1, 0] >= worth * (1 - 1e-12))

    def first(self) -> None:
        """Complete the start greedily."""
        refresh_reach(self.search, self.start.stock[0])
        copy_state(self.start, 0, self.search.work, 0)
        complete(self.search, self.search.work, 0)
        copy_state(self.search.work, 0, self.search.work, 1)
        self.completions += 1

    def run(self, descents: int, over: Callable[[], bool]) -> None:
        """Make so many descents, unless the budget is over before."""
        for _ in range(descents):
            if self.done() or over():
                return
            self._descend(round(self.width), over)
            self.width *= 2**0.5

    def _descend(self, width: int, over: Callable[[], bool]) -> None:
        level, below = self._levels(width)
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

    def _levels(self, width: int) -> tuple[States, ...]:
        """Arrays for two levels of at least ``width`` states, kept from descent to descent."""
        if self.rows < width:
            self.rows = 2 * width
            kinds, blocks = self.start.stock.shape[1], self.start.usable.shape[1]
            self.levels = (empty_states(self.rows, kinds, blocks), empty_states(self.rows, kinds, blocks))
        return self.levels
