"""Rolling windows (滚动窗口) and the splices that join each new window to the published series.

In the formulas P is the published series, y the index of the new window that ends at t, x the one that ended at t − 1.
All are logarithms here, so the reference's products and quotients are sums and differences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.price_index.fault import UnknownMethod, WindowRefused
from bolanggu.engines.price_index.panel import Floats

#: ln index of periods first..last (both included), relative to the first.
WindowIndex = Callable[[int, int], Floats]


@dataclass(frozen=True)
class Step:
    """What a splice may read when it publishes period ``at``: all values are logarithms."""

    published: Floats
    at: int
    new: Floats
    old: Floats

    @property
    def width(self) -> int:
        """Periods in a window."""
        return len(self.new)

    @property
    def half(self) -> int:
        """(W − 1) / 2."""
        return (self.width - 1) // 2

    def follow(self, back: int) -> float:
        """The published value ``back`` periods ago, carried to now by the new window."""
        return float(self.published[self.at - back] + self.new[-1] - self.new[-1 - back])

    def revise(self, back: int) -> float:
        """Last published value times the new window's change over ``back`` periods over the old window's up to then."""
        old = self.old[-1] - self.old[self.width - back]
        return float(self.published[self.at - 1] + self.new[-1] - self.new[-1 - back] - old)


def _mean_pub(step: Step) -> float:
    return float(np.mean([step.follow(back) for back in range(1, step.width)]))


def _mean(step: Step) -> float:
    return float(np.mean([step.revise(back) for back in range(1, step.width)]))


#: Splice → ln of the value to publish.
ROLLING: dict[str, Callable[[Step], float]] = {
    "movement": lambda step: step.follow(1),
    "window": lambda step: step.revise(step.width - 1),
    "half": lambda step: step.revise(step.half),
    "mean": _mean,
    "wisp": lambda step: step.follow(step.width - 1),
    "hasp": lambda step: step.follow(step.half),
    "mean_pub": _mean_pub,
}
EXPANDING = ("fbew", "fbmw")
SPLICES = (*ROLLING, *EXPANDING)

#: Never revises, uses every link, least luck of the base period.
DEFAULT_SPLICE = "mean_pub"


def check_window(width: int, splice: str) -> None:
    """Refuse a splice that does not exist and a width that it cannot use.

    Raises
    ------
    UnknownMethod, WindowRefused
    """
    if splice not in SPLICES:
        raise UnknownMethod(f"{splice!r} is not a splice; choose {', '.join(SPLICES)}")
    if width < 2:
        raise WindowRefused(f"a window of {width} compares nothing; give at least 2 periods")
    if splice in ("half", "hasp") and width % 2 == 0:
        raise WindowRefused(f"the {splice} splice needs an odd window, not {width}: it has no middle period")


def roll(periods: int, width: int, splice: str, window_index: WindowIndex) -> Floats:
    """Publish ``periods`` logarithms: the first window as it is, every later period by its splice.

    >>> roll(3, 2, "movement", lambda first, last: np.arange(last - first + 1.0)).tolist()
    [0.0, 1.0, 2.0]
    """
    check_window(width, splice)
    if width >= periods:
        return window_index(0, periods - 1)
    published = np.full(periods, np.nan)
    published[:width] = old = window_index(0, width - 1)
    for at in range(width, periods):
        first = at - width + 1
        base = (at - 1) // (width - 1) * (width - 1)
        if splice == "fbew":
            new = window_index(base, at)
            published[at] = published[base] + new[-1] - new[0]
            continue
        new = window_index(first, at)
        if splice == "fbmw":
            published[at] = published[base] + new[-1] - new[base - first]
        else:
            published[at] = ROLLING[splice](Step(published, at, new, old))
        old = new
    return published
