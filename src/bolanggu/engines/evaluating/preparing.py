"""Preparing (预处理): denominate, impute, screen. Matrices are units × indicators, NaN where a value is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.scheme import Floats, Scheme


def denominate(scheme: Scheme, raw: Floats, denominators: Mapping[str, Floats]) -> Floats:
    """Divide each indicator that names a denominator by that column of the units.

    Raises
    ------
    NotApplicable
        A denominator is missing, or 0 for some unit.
    """
    result = raw.copy()
    for column, code in enumerate(scheme.indicators):
        name = next(node.denominator for node in scheme.nodes if node.code == code)
        if name is None:
            continue
        if name not in denominators:
            raise NotApplicable(f"indicator {code} is to be divided by {name}, which the units do not have")
        if (denominators[name] == 0).any():
            raise NotApplicable(f"{name} is 0 for a unit, and indicator {code} is to be divided by it")
        result[:, column] /= denominators[name]
    return result


def impute(values: Floats, how: str, groups: Sequence[str] | None = None) -> tuple[Floats, NDArray[np.bool_]]:
    """Fill missing values by the mean or median of the indicator, over all units or the unit's group.

    Parameters
    ----------
    values
        Units × indicators.
    how
        ``none``, ``mean``, ``median``, ``group mean`` or ``group median``.
    groups
        The group of each unit, for the last two.

    Returns
    -------
    The filled matrix, and which cells were filled (to be shown: nobody observed them).

    Raises
    ------
    NotApplicable
        A group has no value at all of an indicator.

    Examples
    --------
    >>> filled, made_up = impute(np.array([[1.0], [np.nan], [3.0]]), "mean")
    >>> filled.ravel().tolist(), made_up.ravel().tolist()
    ([1.0, 2.0, 3.0], [False, True, False])
    """
    missing = np.isnan(values)
    if how == "none":
        return values.copy(), np.zeros_like(missing)
    middles: dict[str, Callable[[Floats], Any]] = {"mean": np.mean, "median": np.median}
    middle = middles.get(how.removeprefix("group "))
    if middle is None:
        raise NotApplicable(f"{how!r} is not an imputation; choose none, mean, median, group mean, group median")
    if how.startswith("group") and groups is None:
        raise NotApplicable(f"imputation by {how} needs the group of each unit")
    labels = np.array(groups if how.startswith("group") else [""] * len(values))
    filled = values.copy()
    for unit, column in np.argwhere(missing).tolist():
        known = values[(labels == labels[unit]) & ~missing[:, column], column]
        if not len(known):
            raise NotApplicable(f"no unit of group {labels[unit]!r} has indicator number {column + 1}")
        filled[unit, column] = middle(known)
    return filled, missing


def screen(values: Floats, least: float = 0.9) -> NDArray[np.bool_]:
    """Say which units have at least the share ``least`` of their values.

    >>> screen(np.array([[1.0, np.nan], [1.0, 2.0]])).tolist()
    [False, True]
    """
    return np.asarray(np.isfinite(values).mean(axis=1) >= least)
