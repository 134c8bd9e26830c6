"""Inequality (差异): Gini, Theil T and L over weighted units, and their parts within and between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.scheme import Floats


def _checked(values: Floats, weights: Floats | None, *, positive: bool) -> tuple[Floats, Floats]:
    share = np.ones(len(values)) if weights is None else weights
    bound = values > 0 if positive else values >= 0
    if not len(values) or not bound.all() or not np.isfinite(values).all():
        raise NotApplicable(f"inequality needs known values {'above 0' if positive else 'that are not negative'}")
    if not (share >= 0).all() or share.sum() == 0 or (share @ values) == 0:
        raise NotApplicable("weights must not be negative, and something must be there to share")
    return values, share / share.sum()


def gini(values: Floats, weights: Floats | None = None) -> float:
    """Gini coefficient: 0 when all have the same. ``weights`` are people (or firms) behind each value.

    >>> round(gini(np.array([0.0, 0.0, 0.0, 4.0])), 9)
    0.75
    """
    values, share = _checked(values, weights, positive=False)
    order = np.argsort(values, kind="stable")
    values, share = values[order], share[order]
    middle = np.cumsum(share) - share / 2
    return float(2 * (share * values * middle).sum() / (share @ values) - 1)


def theil(values: Floats, weights: Floats | None = None) -> float:
    """Theil's T: Σ share of people · x/μ · ln(x/μ); a value of 0 adds nothing.

    >>> round(theil(np.array([0.0, 4.0])), 9) == round(float(np.log(2)), 9)
    True
    """
    values, share = _checked(values, weights, positive=False)
    ratio = values / (share @ values)
    return float((share * ratio * np.log(np.where(ratio > 0, ratio, 1.0))).sum())


def log_deviation(values: Floats, weights: Floats | None = None) -> float:
    """Theil's L, the mean logarithmic deviation: Σ share of people · ln(μ/x).

    Raises
    ------
    NotApplicable
        A value is 0 or negative.
    """
    values, share = _checked(values, weights, positive=True)
    return float(share @ np.log((share @ values) / values))


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``total`` = ``between`` + Σ of ``within`` + ``overlap``; ``within`` gives each group's part.

    ``overlap`` is 0 for the Theil measures, which decompose exactly; for Gini it is what is due to groups that overlap.
    """

    total: float
    between: float
    within: dict[str, float]
    overlap: float


def decompose(
    values: Floats, groups: Sequence[str], weights: Floats | None = None, measure: str = "theil"
) -> Decomposition:
    """Split inequality into what lies between groups and what lies inside them.

    Parameters
    ----------
    values, groups, weights
        One for each unit; weights are the people behind it, equal if not said.
    measure
        ``theil`` (weights of groups: share of the quantity), ``log deviation`` (share of people) or ``gini`` (product).

    Examples
    --------
    >>> found = decompose(np.array([1.0, 1.0, 3.0, 3.0]), ["a", "a", "b", "b"])
    >>> round(found.between - found.total, 12), found.within
    (0.0, {'a': 0.0, 'b': 0.0})
    """
    measures = {"theil": theil, "log deviation": log_deviation, "gini": gini}
    if measure not in measures:
        raise NotApplicable(f"{measure!r} is not a measure; choose {', '.join(measures)}")
    values, people = _checked(values, weights, positive=measure == "log deviation")
    labels, inside = np.array(groups), measures[measure]
    names = sorted(set(groups))
    share = np.array([people[labels == name].sum() for name in names])
    amount = np.array([people[labels == name] @ values[labels == name] for name in names])
    if (share == 0).any():
        raise NotApplicable(f"group {names[int(np.argmin(share))]!r} has no weight")
    quantity = amount / amount.sum()
    factor = {"theil": quantity, "log deviation": share, "gini": share * quantity}[measure]
    within = {
        name: float(factor[at] * inside(values[labels == name], people[labels == name])) if quantity[at] else 0.0
        for at, name in enumerate(names)
    }
    total, between = inside(values, people), inside(amount / share, share)
    overlap = total - between - sum(within.values()) if measure == "gini" else 0.0
    return Decomposition(total, between, within, overlap)
