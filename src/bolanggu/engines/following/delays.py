"""Arrival learnt from history (到达预测): P50 and P90 of what is left, from journeys that came before.

A lane's history is the delay of each finished leg against its plan, in hours. Few of them say little: the
quantiles of a lane are drawn towards those of its mode, and those towards all, by how many there are (`WEIGHT`
observations of the wider group). Quantiles are order statistics, so that P90 covers nine in ten of new ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

#: How many observations the wider group counts as.
WEIGHT = 20
ALL = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished leg: its service, its mode, and hours later than planned (early ones are negative)."""

    service: str
    mode: str
    late_h: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """When something is there with even odds and with nine chances in ten, and from how many legs it is learnt."""

    p50: datetime
    p90: datetime
    learnt_from: int


class History:
    """Delays of finished legs, by service, mode and all.

    Examples
    --------
    >>> history = History([Finished("S1", "sea", hours) for hours in range(100)])
    >>> round(history.late_h("S1", "sea", 0.9))
    90
    """

    def __init__(self, finished: Sequence[Finished]) -> None:
        groups: dict[tuple[str, str], list[float]] = defaultdict(list)
        for leg in finished:
            for key in (("service", leg.service), ("mode", leg.mode), (ALL, ALL)):
                groups[key].append(leg.late_h)
        self._sorted = {key: np.sort(np.array(hours)) for key, hours in groups.items()}

    def late_h(self, service: str, mode: str, share: float) -> float:
        """Hours late that ``share`` of the legs of a service do not exceed; 0 where nothing is known."""
        value, known = 0.0, False
        for key in ((ALL, ALL), ("mode", mode), ("service", service)):
            if key in self._sorted:
                hours = self._sorted[key]
                own = quantile(hours, share)
                weight = len(hours) / (len(hours) + WEIGHT) if known else 1.0
                value, known = weight * own + (1 - weight) * value, True
        return value

    def count(self, service: str, mode: str) -> int:
        """How many finished legs of the service there are, or of its mode where it has none."""
        return len(self._sorted.get(("service", service), self._sorted.get(("mode", mode), ())))

    def arrival(self, service: str, mode: str, planned: datetime, *, now_late_h: float = 0.0) -> Arrival:
        """When a leg on its way arrives.

        Parameters
        ----------
        planned
            Its planned arrival.
        now_late_h
            Hours by which it left late, as far as known: it is no less late than that at the P90.
        """
        hours = [max(self.late_h(service, mode, share), now_late_h) for share in (0.5, 0.9)]
        p50, p90 = (planned + timedelta(hours=late) for late in sorted(hours))
        return Arrival(p50, p90, self.count(service, mode))


def quantile(ordered: NDArray[np.float64], share: float) -> float:
    """The order statistic that a new observation does not exceed with at least ``share``, or the largest.

    >>> quantile(np.array([1.0, 2.0, 3.0, 4.0]), 0.5)
    3.0
    """
    rank = int(np.ceil(share * (len(ordered) + 1)))
    return float(ordered[min(rank, len(ordered)) - 1])
