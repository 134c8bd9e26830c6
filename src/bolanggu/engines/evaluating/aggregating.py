"""Aggregating (合成): level by level up the tree, missing parts dropping out with their weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.scheme import Floats, Scheme


def _shares(values: Floats, weights: Floats) -> Floats:
    """Weights of the values that are there, summing to 1 in each row; NaN in rows without any."""
    present = np.isfinite(values) * weights
    total = present.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(present, total, where=total != 0, out=np.full_like(present, np.nan)))


def arithmetic(values: Floats, weights: Floats) -> Floats:
    """Weighted mean of each row.

    >>> arithmetic(np.array([[1.0, 3.0], [1.0, np.nan]]), np.array([1.0, 1.0])).tolist()
    [2.0, 1.0]
    """
    return np.asarray((_shares(values, weights) * np.nan_to_num(values)).sum(axis=1))


def geometric(values: Floats, weights: Floats) -> Floats:
    """Weighted geometric mean of each row: a weak part is not made good by a strong one.

    Raises
    ------
    NotApplicable
        A value is 0 or negative; normalise to 1-100.
    """
    _refuse_nonpositive(values, "geometric")
    return np.asarray(np.exp((_shares(values, weights) * np.log(np.where(np.isnan(values), 1.0, values))).sum(axis=1)))


def harmonic(values: Floats, weights: Floats) -> Floats:
    """Weighted harmonic mean of each row: the weakest part rules.

    Raises
    ------
    NotApplicable
        A value is 0 or negative; normalise to 1-100.
    """
    _refuse_nonpositive(values, "harmonic")
    return np.asarray(1.0 / (_shares(values, weights) / np.where(np.isnan(values), 1.0, values)).sum(axis=1))


def copeland(values: Floats, weights: Floats) -> Floats:
    """Copeland score: units beaten minus units that beat it, by majority of weight (ties count half); no compensation.

    Raises
    ------
    NotApplicable
        A value is missing.

    Examples
    --------
    >>> copeland(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 0.0]]), np.array([2.0, 1.0])).tolist()
    [-2.0, 0.0, 2.0]
    """
    if not np.isfinite(values).all():
        raise NotApplicable("copeland compares complete units only; impute first")
    wins = (values[:, None, :] > values[None, :, :]) + 0.5 * (values[:, None, :] == values[None, :, :])
    support = wins @ (weights / weights.sum())
    return np.asarray(np.sign(np.round(support - 0.5, 12)).sum(axis=1))


MEANS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "harmonic": harmonic,
    "copeland": copeland,
}


def aggregate(
    scheme: Scheme,
    normalised: Floats,
    how: str | Mapping[int, str] = "arithmetic",
    weights: Mapping[str, float] | None = None,
) -> dict[str, Floats]:
    """Scores of all nodes: the indicators as they are, every aggregate from its parts.

    Parameters
    ----------
    scheme
        The tree with its weights.
    normalised
        Units × indicators in the order of ``scheme.indicators``.
    how
        One of `MEANS` for all levels, or one for each level from 2 up.
    weights
        Of every node but the top, instead of the scheme's own.

    Raises
    ------
    NotApplicable
        An unknown mean, or one that the scores do not allow.

    Examples
    --------
    >>> from bolanggu.engines.evaluating.scheme import Node
    >>> tree = Scheme((Node("a", 1, "I"), Node("b", 1, "I"), Node("I", 2, None)))
    >>> aggregate(tree, np.array([[20.0, 80.0]]), "geometric")["I"].round(9).tolist()
    [40.0]
    """
    scores = dict(zip(scheme.indicators, normalised.T, strict=True))
    for node in scheme.aggregates:
        name = how if isinstance(how, str) else how.get(node.level, "arithmetic")
        if name not in MEANS:
            raise NotApplicable(f"{name!r} is not an aggregation; choose {', '.join(MEANS)}")
        codes = [part.code for part in scheme.parts(node.code)]
        own = scheme.weights(node.code) if weights is None else np.array([weights[code] for code in codes])
        scores[node.code] = MEANS[name](np.column_stack([scores[code] for code in codes]), own)
    return scores


def _refuse_nonpositive(values: Floats, mean: str) -> None:
    if (values <= 0).any():
        raise NotApplicable(f"a {mean} mean needs values above 0; normalise with minmax 1-100")


def ranks(score: Floats) -> Floats:
    """1 for the best; equal scores share the better rank; units without a score come last together.

    >>> ranks(np.array([3.0, 9.0, 3.0])).tolist()
    [2.0, 1.0, 2.0]
    """
    known = np.where(np.isnan(score), -np.inf, score)
    ascending = np.sort(known)
    return np.asarray(1.0 + len(known) - np.searchsorted(ascending, known, side="right"), dtype=np.float64)
