"""Resolving (定税目): from a kind of goods and the attributes seen to a code and its rivals within the family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bolanggu.engines.classifying.vocabulary import Concept, FamilyRow, Vocabulary

_IMPLIED = 0.5
_MISSING = 0.75
#: Share of a hit's weight that goes to the first, second … rival of the chosen member.
_RIVALS = (0.5, 0.42, 0.36, 0.31, 0.27, 0.23, 0.2)


@dataclass(frozen=True, slots=True)
class Choice:
    """A code for a concept: its share of the hit's weight, and whether stated attributes chose it."""

    code: str
    share: float
    stated: bool


def resolve(concept: Concept, seen: Mapping[str, float], vocabulary: Vocabulary) -> list[Choice]:
    """The code of a concept and its rivals, best first."""
    if not concept.family:
        return [Choice(concept.code, 1.0, stated=True)]
    weights = dict(seen)
    for name in concept.implied:
        weights[name] = max(weights.get(name, 0.0), _IMPLIED)
        for other in vocabulary.implied.get(name, ()):
            weights[other] = max(weights.get(other, 0.0), _IMPLIED * 0.95)
    ranked: dict[str, float] = {}
    for position, row in enumerate(vocabulary.families[concept.family]):
        fit = _fit(row, weights, vocabulary) - position * 0.001
        ranked[row.code] = max(ranked.get(row.code, -9.0), fit)
    order = sorted(ranked, key=lambda code: -ranked[code])
    stated = ranked[order[0]] > _IMPLIED + 0.1
    rivals = zip(order[1:], _RIVALS, strict=False)
    return [Choice(order[0], 1.0, stated), *(Choice(code, share, stated=False) for code, share in rivals)]


def _fit(row: FamilyRow, weights: Mapping[str, float], vocabulary: Vocabulary) -> float:
    """How well a member fits: the weight of its attributes seen, less a penalty for each that is not."""
    if not row.when:
        return 0.12
    fit = 0.0
    for name in row.when:
        weight = weights.get(name, 0.0)
        fit += weight * vocabulary.weights.get(name, 1.0) if weight > 0 else -_MISSING
    return fit
