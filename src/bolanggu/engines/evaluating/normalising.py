"""Normalising (标准化): bring indicators of different units to one scale. All take and give units × indicators.

Values come in multiplied by their direction, so that more is better everywhere; NaN stay NaN.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.scheme import Floats


def minmax(values: Floats, low: float = 0.0, high: float = 100.0) -> Floats:
    """Worst unit → ``low``, best → ``high``.

    >>> minmax(np.array([[1.0], [2.0], [3.0]]), 1, 100).ravel().tolist()
    [1.0, 50.5, 100.0]

    Raises
    ------
    NotApplicable
        All units have the same value of an indicator.
    """
    least, most = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    _refuse_flat(most - least)
    return np.asarray(low + (high - low) * (values - least) / (most - least))


def zscore(values: Floats) -> Floats:
    """Mean 0, sample standard deviation 1."""
    spread = np.nanstd(values, axis=0, ddof=1)
    _refuse_flat(spread)
    return np.asarray((values - np.nanmean(values, axis=0)) / spread)


def rank(values: Floats) -> Floats:
    """1 for the worst; equal values share the lowest rank.

    >>> rank(np.array([[5.0], [7.0], [5.0]])).ravel().tolist()
    [1.0, 3.0, 1.0]
    """
    below = (values[None, :, :] < values[:, None, :]).sum(axis=1).astype(np.float64)
    return np.where(np.isnan(values), np.nan, below + 1.0)


def borda(values: Floats) -> Floats:
    """Number of units that are worse."""
    return rank(values) - 1.0


def percent_rank(values: Floats) -> Floats:
    """Borda score over the number of other units with a value: 0 for the worst, 1 for a single best."""
    return np.asarray(borda(values) / (np.isfinite(values).sum(axis=0) - 1))


def distance_to_best(values: Floats) -> Floats:
    """1 − (best − x) / (best − worst)."""
    return minmax(values, 0.0, 1.0)


def share_of_best(values: Floats) -> Floats:
    """X / best. Meaningless for indicators of direction −1, whose best is the negative nearest to 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(values / np.nanmax(values, axis=0))


def scaled(values: Floats, low: float = 0.0, high: float = 100.0) -> Floats:
    """100 · (x − low) / (high − low) with bounds set from outside."""
    return np.asarray(100.0 * (values - low) / (high - low))


#: Name → normalisation, under the short names that COINr gave them.
NORMALISATIONS: dict[str, Callable[[Floats], Floats]] = {
    "minmax": minmax,
    "minmax 1-100": lambda values: minmax(values, 1.0, 100.0),
    "zscore": zscore,
    "rank": rank,
    "borda": borda,
    "prank": percent_rank,
    "dist2max": distance_to_best,
    "fracmax": share_of_best,
    "scaled": scaled,
}


def normalise(values: Floats, directions: Floats, how: str) -> Floats:
    """Turn indicators the right way round and bring them to one scale.

    Parameters
    ----------
    values
        Units × indicators, as measured.
    directions
        +1 or −1 for each indicator.
    how
        A key of `NORMALISATIONS`.

    Raises
    ------
    NotApplicable
        An unknown name; ``fracmax`` with a direction of −1 (it would turn the indicator round without a word); an
        indicator that does not vary.
    """
    if how not in NORMALISATIONS:
        raise NotApplicable(f"{how!r} is not a normalisation; choose {', '.join(NORMALISATIONS)}")
    if how == "fracmax" and (directions < 0).any():
        raise NotApplicable("fracmax turns indicators of direction -1 round; use minmax, or invert them first")
    return NORMALISATIONS[how](values * directions)


def _refuse_flat(spread: Floats) -> None:
    flat = np.flatnonzero(~(spread > 0))
    if len(flat):
        raise NotApplicable(f"indicator number {int(flat[0]) + 1} is the same for all units; leave it out")
