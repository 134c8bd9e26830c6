"""Robust middle and spread (稳健统计): median and MAD, which a few bad values cannot move."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

#: Spreads from the middle beyond which a value is far off.
OUTLIER = 3.5
#: Fewest values that make a cell to compare with.
CELL = 8
#: MAD of a normal sample times this is its standard deviation.
_MAD = 1.4826


def middle(values: Iterable[float], *, least: float) -> tuple[float, float]:
    """Median and spread; the spread is at least ``least``, so that values which never move make no outlier of a hair.

    >>> middle([1.0, 2.0, 3.0, 4.0, 100.0], least=0.1)
    (3.0, 1.4826)
    """
    array = np.fromiter(values, dtype=np.float64)
    median = float(np.median(array))
    return median, max(least, _MAD * float(np.median(np.abs(array - median))))
