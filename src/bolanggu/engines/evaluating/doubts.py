"""Doubts (可疑之处): the choices of an evaluator that another could make otherwise, and draws from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bolanggu.engines.evaluating.chain import Choices
from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.prepared import Prepared
from bolanggu.engines.evaluating.scheme import Scheme


@dataclass(frozen=True)
class Doubts:
    """What is varied: each list is drawn from with equal chance, weights move by ± ``spread``, one indicator may drop.

    A list with fewer than two entries varies nothing; the report names it under ``skipped``.
    """

    spread: float = 0.25
    imputations: tuple[str, ...] = ("group mean", "mean", "median")
    treatments: tuple[bool, ...] = (True, False)
    normalisations: tuple[str, ...] = ("minmax 1-100", "rank", "zscore")
    aggregations: tuple[str, ...] = ("arithmetic", "geometric", "harmonic")
    drop_one: bool = True


#: Field of `Doubts` → field of `Choices` that it varies.
FACTORS = {
    "imputations": "imputation",
    "treatments": "treatment",
    "normalisations": "normalisation",
    "aggregations": "aggregation",
}


@dataclass(frozen=True)
class Draw:
    """One run: the choices, every node's moved weight, and the indicator left out, if any."""

    choices: Choices
    weights: dict[str, float]
    dropped: str | None

    @property
    def factors(self) -> dict[str, str]:
        """What was drawn for each varied choice, as text."""
        named = {factor: str(getattr(self.choices, factor)) for factor in FACTORS.values()}
        return named | {"drop one": self.dropped or "none"}

    def __str__(self) -> str:
        return f"{self.choices.normalisation} with {self.choices.aggregation}"


def feasible(prepared: Prepared, chosen: Choices, doubts: Doubts) -> tuple[Doubts, Counter[str]]:
    """Leave out what these data do not allow, and name it; count each once."""
    skipped: Counter[str] = Counter()
    kept: dict[str, Any] = {}
    for plural, factor in FACTORS.items():
        options = getattr(doubts, plural)
        if factor == "imputation" and not np.isnan(prepared.values).any():
            skipped["imputation: not varied, no value is missing"] += 1
            options = (chosen.imputation,)
        kept[plural] = tuple(option for option in options if _works(prepared, chosen, factor, option, skipped))
        if len(kept[plural]) < 2 and f"{factor}: not varied, no value is missing" not in skipped:
            skipped[f"{factor}: not varied, fewer than two options"] += 1
    if not doubts.spread:
        skipped["weights: not varied, the spread is 0"] += 1
    if not doubts.drop_one:
        skipped["drop one: not varied, switched off"] += 1
    return replace(doubts, **kept), skipped


def _works(prepared: Prepared, chosen: Choices, factor: str, option: Any, skipped: Counter[str]) -> bool:
    if factor == "aggregation":
        return True
    trial = replace(chosen, **{factor: option})
    try:
        prepared.scores(trial.imputation, trial.treatment, trial.normalisation)
    except NotApplicable as problem:
        skipped[f"{factor} {option}: {problem}"] += 1
        return False
    return True


def draw(scheme: Scheme, chosen: Choices, doubts: Doubts, generator: np.random.Generator) -> Draw:
    """Draw each choice, a factor 1 ± spread for every weight, and one indicator to leave out (or none)."""
    picked: dict[str, Any] = {}
    for plural, factor in FACTORS.items():
        options = getattr(doubts, plural)
        if options:
            picked[factor] = options[int(generator.integers(len(options)))]
    moves = generator.uniform(1 - doubts.spread, 1 + doubts.spread, len(scheme.nodes))
    weights = {node.code: node.weight * move for node, move in zip(scheme.nodes, moves.tolist(), strict=True)}
    dropped = None
    if doubts.drop_one:
        at = int(generator.integers(len(scheme.indicators) + 1))
        dropped = scheme.indicators[at] if at < len(scheme.indicators) else None
    return Draw(replace(chosen, **picked), without(scheme, dropped, weights), dropped)


def without(scheme: Scheme, indicator: str | None, weights: Mapping[str, float]) -> dict[str, float]:
    """Weights with one indicator's at 0, and that of every aggregate that has nothing else."""
    left = dict(weights)
    if indicator is None:
        return left
    left[indicator] = 0.0
    for node in scheme.aggregates:
        if all(left[part.code] == 0 for part in scheme.parts(node.code)):
            left[node.code] = 0.0
    return left
