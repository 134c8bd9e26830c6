"""Coupling coordination (耦合协调度): how far two or more systems develop well, and together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.scheme import Floats

#: Lower bound of the degree → grade, in tenths, from extreme imbalance to high-quality coordination.
GRADES = (
    "extreme imbalance",
    "serious imbalance",
    "moderate imbalance",
    "mild imbalance",
    "near imbalance",
    "barely coordinated",
    "primary coordination",
    "intermediate coordination",
    "good coordination",
    "high-quality coordination",
)


@dataclass(frozen=True)
class Coupling:
    """For each unit: coupling C, development T, coordination degree D = √(C·T), all in 0..1, and D's grade."""

    coupling: Floats
    development: Floats
    degree: Floats

    @property
    def grades(self) -> list[str]:
        """One of `GRADES` for each unit."""
        return [GRADES[min(9, int(degree * 10 + 1e-12))] for degree in self.degree.tolist()]


def coordinate(levels: Floats, weights: Floats | None = None) -> Coupling:
    """Couple the levels of n systems: C = n · (ΠU)^(1/n) / ΣU, T = Σ aU, D = √(C·T).

    Parameters
    ----------
    levels
        Units × systems, each in 0..1.
    weights
        Importance a of each system, scaled to sum 1; equal if not said.

    Raises
    ------
    NotApplicable
        A level is missing or outside 0..1, or there are fewer than two systems.

    Examples
    --------
    >>> found = coordinate(np.array([[0.64, 0.64], [0.9, 0.1]]))
    >>> found.coupling.round(6).tolist(), found.degree.round(6).tolist(), found.grades[0]
    ([1.0, 0.6], [0.8, 0.547723], 'good coordination')
    """
    if levels.ndim != 2 or levels.shape[1] < 2:
        raise NotApplicable("coupling needs at least two systems")
    if not ((levels >= 0) & (levels <= 1)).all():
        raise NotApplicable("a system's level must be known and lie in 0..1; normalise first")
    share = np.full(levels.shape[1], 1.0) if weights is None else weights
    total = levels.sum(axis=1)
    product = np.exp(np.log(np.where(levels > 0, levels, 1.0)).mean(axis=1)) * (levels > 0).all(axis=1)
    coupling = np.divide(levels.shape[1] * product, total, where=total > 0, out=np.zeros_like(total)).clip(0, 1)
    development = levels @ (share / share.sum())
    return Coupling(coupling, development, np.sqrt(coupling * development))
