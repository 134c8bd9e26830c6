"""Fitting (拟合): log-odds of each indicator by ridge logistic regression; none may speak for innocence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from bolanggu.engines.risk.records import Records, Signal
from bolanggu.engines.risk.scoring import INDICATORS, Weights, signals

_RIDGE = 0.5
_ROUNDS = 200


def fit(worlds: Collection[tuple[Records, Collection[str]]]) -> Weights:
    """Fit weights on records whose bad declarations are known.

    Parameters
    ----------
    worlds
        Pairs of records and the numbers of the declarations that are bad.

    Notes
    -----
    Newton steps on the penalised likelihood; an indicator whose weight would be negative is held at 0, since the
    absence of evidence is no evidence and a signal is never a merit.
    """
    rows, truth = [], []
    for records, bad in worlds:
        found = signals(records)
        for entry in records.entries:
            rows.append(features(found.get(entry.number, {})))
            truth.append(entry.number in bad)
    matrix = np.column_stack([np.ones(len(rows)), np.array(rows)])
    labels = np.array(truth, dtype=np.float64)
    free = np.ones(matrix.shape[1], dtype=bool)
    while True:
        weights = _newton(matrix[:, free], labels)
        whole = np.zeros(matrix.shape[1])
        whole[free] = weights
        negative = (whole < 0) & (np.arange(len(whole)) > 0)
        if not negative.any():
            break
        free &= ~negative
    return Weights(float(whole[0]), dict(zip(INDICATORS, map(float, whole[1:]), strict=True)), float(labels.mean()))


def features(own: Mapping[str, Signal]) -> list[float]:
    """Strengths in the order of the indicators, 0 where one is silent."""
    return [own[name].strength if name in own else 0.0 for name in INDICATORS]


def _newton(matrix: npt.NDArray[np.float64], labels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    penalty = np.full(matrix.shape[1], _RIDGE)
    penalty[0] = 0.0
    weights = np.zeros(matrix.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - labels) + penalty * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights
