"""Weighting (赋权): equal, entropy (熵权法), principal components, budget allocation by experts."""

from __future__ import annotations

import numpy as np

from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.scheme import Floats, Scheme


def equal(count: int) -> Floats:
    """The same weight for each of ``count`` parts, summing to 1."""
    return np.full(count, 1.0 / count)


def entropy(values: Floats) -> Floats:
    """Entropy weights: indicators that set units apart weigh more. Units × indicators, none negative, none missing.

    w ∝ 1 − e, e = −Σ p ln p / ln n, p = x / Σx over the n units.

    >>> entropy(np.array([[1.0, 0.0], [1.0, 1.0]])).tolist()
    [0.0, 1.0]

    Raises
    ------
    NotApplicable
        A value is negative or missing, an indicator is 0 everywhere, or no indicator varies.
    """
    if not (values >= 0).all():
        raise NotApplicable("entropy weights need values that are known and not negative; normalise and impute first")
    total = values.sum(axis=0)
    if (total == 0).any() or len(values) < 2:
        raise NotApplicable("entropy weights need two units and an indicator that is not 0 everywhere")
    share = values / total
    logs = np.log(share, where=share > 0, out=np.zeros_like(share))
    spread = 1.0 + (share * logs).sum(axis=0) / np.log(len(values))
    spread = np.where(spread < 1e-15, 0.0, spread)
    if spread.sum() == 0:
        raise NotApplicable("no indicator varies between units, so entropy has nothing to weigh")
    return np.asarray(spread / spread.sum())


def principal(values: Floats, *, negative: bool = False) -> Floats:
    """Loadings of the first principal component of the standardised columns, turned so that their sum is positive.

    Parameters
    ----------
    values
        Units × indicators, none missing.
    negative
        True lets negative loadings pass: such a weight rewards units for what the scheme calls bad.

    Raises
    ------
    NotApplicable
        A value is missing, an indicator does not vary, or a loading is negative.

    Examples
    --------
    >>> principal(np.array([[1.0, 2.0], [2.0, 1.0], [5.0, 6.0]])).round(6).tolist()
    [0.707107, 0.707107]
    """
    spread = values.std(axis=0, ddof=1)
    if not np.isfinite(values).all() or (spread == 0).any():
        raise NotApplicable("principal components need known values that vary; impute and leave flat indicators out")
    standard = (values - values.mean(axis=0)) / spread
    loading = np.linalg.svd(standard, full_matrices=False)[2][0]
    loading = loading if loading.sum() >= 0 else -loading
    if not negative and (loading < 0).any():
        worst = int(np.argmin(loading)) + 1
        raise NotApplicable(f"part number {worst} has a negative loading, so more of it would count as worse")
    return np.asarray(loading)


def principal_of(scheme: Scheme, scores: dict[str, Floats], level: int, *, negative: bool = False) -> dict[str, float]:
    """Principal-component weights of all nodes of one level, group by group under their parents."""
    weights: dict[str, float] = {}
    for node in scheme.aggregates:
        parts = [part.code for part in scheme.parts(node.code) if part.level == level]
        if len(parts) == 1:
            weights[parts[0]] = 1.0
        elif parts:
            loading = principal(np.column_stack([scores[code] for code in parts]), negative=negative)
            weights |= dict(zip(parts, loading.tolist(), strict=True))
    return weights


def budget(points: Floats) -> tuple[Floats, float]:
    """Weights from experts who each share out the same number of points, and how far they agree.

    Parameters
    ----------
    points
        Experts × indicators, none negative, every row with the same sum.

    Returns
    -------
    Mean shares, summing to 1; and 1 minus the mean distance (half the absolute difference) of an expert from them.

    Raises
    ------
    NotApplicable
        Points are negative or missing, or an expert's points have another sum.

    Examples
    --------
    >>> weights, agreement = budget(np.array([[60.0, 40.0], [40.0, 60.0]]))
    >>> weights.tolist(), round(agreement, 6)
    ([0.5, 0.5], 0.9)
    """
    if not (points >= 0).all():
        raise NotApplicable("an expert's points are missing or negative")
    total = points.sum(axis=1)
    odd = np.flatnonzero(~np.isclose(total, total[0], rtol=1e-9))
    if len(odd) or total[0] == 0:
        number = int(odd[0]) + 1 if len(odd) else 1
        raise NotApplicable(
            f"expert number {number} shared out {total[number - 1]:g} points; all must share the same sum"
        )
    share = points / total[:, None]
    mean = share.mean(axis=0)
    return mean, float(1.0 - np.abs(share - mean).sum(axis=1).mean() / 2)
