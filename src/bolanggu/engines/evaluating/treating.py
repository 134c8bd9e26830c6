"""Treating (异常值处理) of outliers: winsorise a few points, else take logarithms. Thresholds as in COINr 1.1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolanggu.engines.evaluating.scheme import Floats

SKEW, KURTOSIS, MOST_POINTS = 2.0, 3.5, 5


def skewness(values: Floats) -> float:
    """Sample-adjusted skewness G1 = g1 √(n(n−1)) / (n−2); NaN are left out, NaN for fewer than 3 or equal values.

    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    1.763633
    """
    known = _centred(values)
    count, spread = len(known), float((known**2).sum())
    if count < 3 or spread == 0:
        return float("nan")
    moment = np.sqrt(count) * float((known**3).sum()) / spread**1.5
    return float(moment * np.sqrt(count * (count - 1)) / (count - 2))


def kurtosis(values: Floats) -> float:
    """Sample-adjusted excess kurtosis G2; NaN are left out, NaN for fewer than 4 or equal values.

    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    3.228
    """
    known = _centred(values)
    count, spread = len(known), float((known**2).sum())
    if count < 4 or spread == 0:
        return float("nan")
    ratio = count * float((known**4).sum()) / spread**2
    return float(((count + 1) * (ratio - 3) + 6) * (count - 1) / ((count - 2) * (count - 3)))


def _centred(values: Floats) -> Floats:
    """Distances of the known values from their mean, the largest scaled to 1 so that no power under- or overflows."""
    known = values[np.isfinite(values)]
    centred = known - known.mean() if len(known) else known
    largest = np.abs(centred).max(initial=0.0)
    return np.asarray(centred / largest if largest else centred)


def passes(values: Floats) -> bool:
    """True if |skewness| < 2 or kurtosis < 3.5 (a column too short or flat to say passes)."""
    skew, kurt = skewness(values), kurtosis(values)
    return bool(np.isnan(skew) or np.isnan(kurt) or abs(skew) < SKEW or kurt < KURTOSIS)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was done to one indicator: ``none``, ``winsorised`` (how many points) or ``logarithm``; did it help."""

    done: str
    points: int
    passes: bool


def treat(values: Floats) -> tuple[Floats, Treatment]:
    """Treat one indicator.

    Winsorising moves one extreme at a time to the next value, at the upper end while skewness ≥ 0, ties together, at
    most five points. If that does not help, the original values become ln(x − min + 0.01 · (max − min)). Where only
    one other value would be left, nothing is done: the indicator would no longer tell units apart.

    Returns
    -------
    The treated values (NaN stay) and what was done.

    Examples
    --------
    >>> treated, what = treat(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 99.0]))
    >>> treated.tolist(), what
    ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0], Treatment(done='winsorised', points=1, passes=True))
    """
    if passes(values):
        return values.copy(), Treatment("none", 0, passes=True)
    moved = values.copy()
    touched = np.zeros(len(values), dtype=bool)
    while not passes(moved):
        extreme = np.nanmax(moved) if skewness(moved) >= 0 else np.nanmin(moved)
        at = moved == extreme
        if (touched | at).sum() > MOST_POINTS:
            low, high = np.nanmin(values), np.nanmax(values)
            logs = np.log(values - low + 0.01 * (high - low))
            return logs, Treatment("logarithm", 0, passes(logs))
        rest = moved[~at & np.isfinite(moved)]
        if rest.min() == rest.max():
            return values.copy(), Treatment("none", 0, passes=False)
        moved[at] = rest.max() if skewness(moved) >= 0 else rest.min()
        touched |= at
    return moved, Treatment("winsorised", int(touched.sum()), passes=True)


def treat_all(values: Floats) -> tuple[Floats, list[Treatment]]:
    """Treat every column."""
    done = [treat(column) for column in values.T]
    return np.column_stack([column for column, _ in done]), [what for _, what in done]
