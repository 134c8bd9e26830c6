"""Statistics (统计) of indicators and the audit of a scheme: what a reader should know before believing a rank."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bolanggu.engines.evaluating.scheme import Floats, Scheme
from bolanggu.engines.evaluating.treating import KURTOSIS, SKEW, kurtosis, skewness

#: Shares below which an indicator is flagged: values there, values not 0, distinct values.
LEAST_AVAILABLE, LEAST_NONZERO, LEAST_UNIQUE = 0.65, 0.5, 0.5
#: Correlations inside a pillar above the first count one thing twice, below the second pull against each other.
DOUBLE, CONFLICT = 0.92, -0.4


@dataclass(frozen=True, slots=True)
class IndicatorStatistics:
    """One indicator's distribution; ``same`` is how often its commonest value stands. Flags name what is odd."""

    minimum: float
    maximum: float
    mean: float
    median: float
    deviation: float
    skewness: float
    kurtosis: float
    available: int
    nonzero: int
    unique: int
    same: int
    units: int

    @property
    def flags(self) -> tuple[str, ...]:
        """Subset of ``available``, ``nonzero``, ``unique`` (too few) and ``outliers``."""
        low = (
            ("available", self.available / self.units < LEAST_AVAILABLE),
            ("nonzero", self.nonzero / self.available < LEAST_NONZERO),
            ("unique", self.unique / self.available < LEAST_UNIQUE),
            ("outliers", abs(self.skewness) > SKEW and self.kurtosis > KURTOSIS),
        )
        return tuple(name for name, holds in low if holds)


def describe(values: Floats) -> IndicatorStatistics:
    """Describe one column; at least one value must be there.

    >>> found = describe(np.array([0.0, 1.0, 1.0, np.nan]))
    >>> found.available, found.nonzero, found.unique, found.same
    (3, 2, 2, 2)
    """
    known = values[np.isfinite(values)]
    distinct, counts = np.unique(known, return_counts=True)
    return IndicatorStatistics(
        float(known.min()),
        float(known.max()),
        float(known.mean()),
        float(np.median(known)),
        float(known.std(ddof=1)) if len(known) > 1 else float("nan"),
        skewness(known),
        kurtosis(known),
        len(known),
        int((known != 0).sum()),
        len(distinct),
        int(counts.max()),
        len(values),
    )


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two indicators of one pillar that count double (``double``) or pull against each other (``conflict``)."""

    pillar: str
    first: str
    second: str
    r: float
    kind: str


def correlations(scheme: Scheme, scores: dict[str, Floats]) -> list[Correlation]:
    """Audit each pillar's parts pair by pair, over the units that have both (at least three)."""
    found = []
    for node in scheme.aggregates:
        for first, second in combinations([part.code for part in scheme.parts(node.code)], 2):
            r = _pearson(scores[first], scores[second])
            if r > DOUBLE or r < CONFLICT:
                found.append(Correlation(node.code, first, second, r, "double" if r > 0 else "conflict"))
    return found


def _pearson(first: Floats, second: Floats) -> float:
    both = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 3 or not first[both].std() or not second[both].std():
        return float("nan")
    return float(np.corrcoef(first[both], second[both])[0, 1])


def cronbach(values: Floats) -> float:
    """Cronbach's alpha of the columns of complete rows: how far they measure one thing (0.7 is the usual wish).

    >>> round(cronbach(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])), 9)
    1.0
    """
    complete = values[np.isfinite(values).all(axis=1)]
    count = complete.shape[1]
    total = complete.sum(axis=1).var(ddof=1)
    return float(count / (count - 1) * (1 - complete.var(axis=0, ddof=1).sum() / total))
