"""Sensitivity and uncertainty (敏感性与不确定性): how much of a rank is data, and how much the evaluator's choices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolanggu.engines.evaluating.chain import Choices, Units
from bolanggu.engines.evaluating.doubts import Doubts, draw, feasible, without
from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.prepared import Prepared
from bolanggu.engines.evaluating.scheme import Floats, Scheme

#: Draws made at most for each wanted run, when some cannot be evaluated.
MOST_DRAWS = 10


@dataclass(frozen=True)
class Report:
    """What the runs say about each unit.

    Attributes
    ----------
    nominal
        Rank under the evaluator's own choices.
    median, low, high
        Median and interval of the rank over all runs that could be made.
    movers
        For each unit the three indicators whose removal alone moves its rank most, with the move (positive: worse).
    explained
        Share of the ranks' variance, averaged over units, that goes with each varied choice alone (first order).
    runs, skipped
        Runs made; and what was not varied or could not be combined, with the reason and how often it was drawn.
    """

    nominal: Floats
    median: Floats
    low: Floats
    high: Floats
    movers: list[list[tuple[str, float]]]
    explained: dict[str, float]
    runs: int
    skipped: dict[str, int]


def explore(
    scheme: Scheme,
    units: Units,
    choices: Choices | None = None,
    doubts: Doubts | None = None,
    *,
    runs: int = 1000,
    seed: int,
    level: float = 0.9,
) -> Report:
    """Repeat the evaluation under other defensible choices.

    Parameters
    ----------
    scheme, units, choices
        The evaluation as it stands.
    doubts
        What is varied.
    runs, seed
        Evaluations to make (draws that cannot be evaluated are counted and drawn anew), seed of the generator.
    level
        Share of the runs inside the rank interval.

    Raises
    ------
    NotApplicable
        The evaluation itself, or every single draw, cannot be made.

    Examples
    --------
    >>> from bolanggu.engines.evaluating.scheme import Node
    >>> tree = Scheme((Node("a", 1, "I"), Node("b", 1, "I"), Node("I", 2, None)))
    >>> towns = Units(("x", "y", "z"), np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    >>> found = explore(tree, towns, Choices(imputation="none"), runs=20, seed=1)
    >>> found.low.tolist(), found.high.tolist(), "imputation" in " ".join(found.skipped)
    ([3.0, 2.0, 1.0], [3.0, 2.0, 1.0], True)
    """
    chosen = choices or Choices()
    prepared = Prepared(scheme, units, chosen)
    nominal = prepared.rank(chosen)
    varied, skipped = feasible(prepared, chosen, doubts or Doubts())
    generator = np.random.default_rng(seed)
    found: list[Floats] = []
    factors: list[dict[str, str]] = []
    for _ in range(MOST_DRAWS * runs):
        if len(found) == runs:
            break
        one = draw(scheme, chosen, varied, generator)
        try:
            found.append(prepared.rank(one.choices, one.weights))
        except NotApplicable as problem:
            skipped[f"{one}: {problem}"] += 1
            continue
        factors.append(one.factors)
    if not found:
        raise NotApplicable("no draw could be evaluated: " + "; ".join(skipped))
    table, tail = np.array(found), (1.0 - level) / 2
    low = np.quantile(table, tail, axis=0, method="lower")
    high = np.quantile(table, 1.0 - tail, axis=0, method="higher")
    movers = _movers(scheme, prepared, chosen, nominal)
    middle, explained = np.median(table, axis=0), _explained(table, factors)
    return Report(nominal, middle, low, high, movers, explained, len(found), dict(skipped))


def _movers(
    scheme: Scheme, prepared: Prepared, chosen: Choices, nominal: Floats, count: int = 3
) -> list[list[tuple[str, float]]]:
    """For each unit, the indicators whose removal moves its rank most."""
    if len(scheme.indicators) < 2:
        return [[] for _ in nominal]
    own = {node.code: node.weight for node in scheme.nodes}
    moves = np.array([prepared.rank(chosen, without(scheme, code, own)) - nominal for code in scheme.indicators])
    order = np.argsort(-np.abs(moves), axis=0, kind="stable")[:count]
    return [
        [(scheme.indicators[at], float(moves[at, unit])) for at in order[:, unit].tolist() if moves[at, unit]]
        for unit in range(len(nominal))
    ]


def _explained(table: Floats, factors: list[dict[str, str]]) -> dict[str, float]:
    """First-order shares: variance of the mean rank given one choice, over the variance of the rank, units summed."""
    total = float(table.var(axis=0).sum())
    shares = {}
    for factor in factors[0]:
        labels = np.array([one[factor] for one in factors])
        between = 0.0
        for option in set(labels.tolist()):
            rows = table[labels == option]
            between += len(rows) / len(table) * float(((rows.mean(axis=0) - table.mean(axis=0)) ** 2).sum())
        shares[factor] = between / total if total else 0.0
    return shares
