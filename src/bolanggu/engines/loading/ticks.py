"""Ticks (计步): a stopwatch that counts steps of the search instead of time, for plans that are the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Ticks:
    """Counts how often the search looks at its watch; ``per_second`` looks are taken for a second.

    A search asks about 500 times a second for a few hundred cartons on a small machine. Budgets measured so give the
    same plan on every machine and under every load; the time they take varies.

    >>> watch = Ticks(per_second=500)
    >>> watch(), watch()
    (0.002, 0.004)
    """

    per_second: int = 500
    count: int = 0

    def __call__(self) -> float:
        """Look at the watch: one tick later than before, in nominal seconds."""
        self.count += 1
        return self.count / self.per_second
