"""Scoring (评分): from agreements to a rank and to a probability that a candidate is the good that was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log

from bolanggu.data import read_yaml
from bolanggu.engines.goods_search.alignment import Agreement


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate of one reading: agreement, BM25 relative to the best, and 1 for a line read without asides."""

    agreement: Agreement
    retrieval: float
    bare: float


LEAST_SHARE, MOST_SHARE = 1e-4, 0.97


@cache
def _weights(name: str) -> Mapping[str, float]:
    return dict(read_yaml("goods/match_weights.yaml")[name])


def rank_score(evidence: Evidence) -> float:
    """Linear score that orders the candidates of one line."""
    w, a = _weights("rank"), evidence.agreement
    return (
        w["line"] * a.line
        + w["title"] * a.title
        + w["letters"] * a.letters
        + w["order"] * a.order
        + w["numbers"] * a.numbers
        + w["clashes"] * a.clashes
        + w["retrieval"] * evidence.retrieval
        + w["bare"] * evidence.bare
    )


def shares(scores: Sequence[float]) -> list[float]:
    """Softmax of the scores of one line.

    >>> shares([1.0, 1.0])
    [0.5, 0.5]
    """
    most = max(scores, default=0.0)
    raw = [exp(score - most) for score in scores]
    whole = sum(raw)
    return [value / whole for value in raw]


def log_odds(share: float) -> float:
    """Log-odds of a share, bounded: standing alone among the candidates proves little.

    >>> log_odds(0.5), log_odds(1.0) == log_odds(0.99)
    (0.0, True)
    """
    share = min(max(share, LEAST_SHARE), MOST_SHARE)
    return log(share) - log(1 - share)


def probability(evidence: Evidence, share: float) -> float:
    """Calibrated probability, 0 … 1, that the candidate is the good meant; ``share`` is its part of the softmax."""
    w, a = _weights("calibration"), evidence.agreement
    odds = log_odds(share)
    z = w["constant"] + w["line"] * a.line + w["title"] * a.title + w["letters"] * a.letters + w["clashes"] * a.clashes
    return 1 / (1 + exp(-min(max(z + w["share"] * odds, -30.0), 30.0)))
