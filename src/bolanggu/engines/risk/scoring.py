"""Scoring (评分): signals to a calibrated probability as a sum of log-odds, with the reasons that carry it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bolanggu.engines.risk import goods, parties, payments, values, ways
from bolanggu.engines.risk.records import Records, Signal

INDICATORS: Mapping[str, Callable[[Records], Iterator[Signal]]] = {
    "RK-01": values.cap_splitting,
    "RK-02": values.bunching,
    "RK-03": values.unit_prices,
    "RK-04": parties.missing_chain,
    "RK-05": parties.shell_burst,
    "RK-06": goods.carousel,
    "RK-07": payments.strange_payer,
    "RK-08": payments.receipt_ratio,
    "RK-09": payments.used_twice,
    "RK-10": goods.physics,
    "RK-11": values.recounting,
    "RK-12": goods.misclassified,
    "RK-13": goods.brand_words,
    "RK-14": goods.danger_words,
    "RK-15": parties.denied_party,
    "RK-16": parties.buyer_identity,
    "RK-17": payments.long_con,
    "RK-18": ways.routes,
    "RK-19": ways.mirror_gap,
    "RK-20": ways.award_farming,
    "RK-21": ways.hit_feedback,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds: of a declaration without any signal, and what each indicator adds at full strength.

    ``base_rate`` is the share of bad ones in the records the weights were fitted on; `shifted` moves it to another.
    """

    bias: float
    of: Mapping[str, float]
    base_rate: float

    def shifted(self, base_rate: float) -> Weights:
        """The same evidence for another share of bad declarations (prior shift).

        >>> round(Weights(-3.0, {}, 0.02).shifted(0.02).bias, 9)
        -3.0
        """
        moved = math.log(base_rate / (1 - base_rate)) - math.log(self.base_rate / (1 - self.base_rate))
        return Weights(self.bias + moved, self.of, base_rate)


@dataclass(frozen=True, slots=True)
class Reason:
    """A signal with the log-odds that it adds to the score."""

    signal: Signal
    log_odds: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """One declaration: its probability, lane, and reasons from heavy to light. A lane opens a review, no more."""

    subject: str
    score: float
    lane: str
    reasons: tuple[Reason, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """All rows that the reasons name, each once."""
        return tuple(dict.fromkeys(row for reason in self.reasons for row in reason.signal.evidence))


def signals(records: Records) -> dict[str, dict[str, Signal]]:
    """The strongest signal of each indicator by declaration; a declaration without any is left out."""
    found: dict[str, dict[str, Signal]] = {}
    for indicator in INDICATORS.values():
        for signal in indicator(records):
            own = found.setdefault(signal.subject, {})
            if signal.indicator not in own or own[signal.indicator].strength < signal.strength:
                own[signal.indicator] = signal
    return found


def assess(records: Records, weights: Weights, *, yellow: float = 0.2, red: float = 0.7) -> list[Assessment]:
    """Assess all declarations, the riskiest first.

    Parameters
    ----------
    records
        What was recorded; missing facts leave an indicator silent.
    weights
        Fitted log-odds, see `fitting.fit`.
    yellow, red
        Scores from which a declaration goes to the yellow and the red lane.
    """
    found = signals(records)
    made = [_assessed(entry.number, found.get(entry.number, {}), weights, yellow, red) for entry in records.entries]
    return sorted(made, key=lambda one: (-one.score, one.subject))


def _assessed(subject: str, own: Mapping[str, Signal], weights: Weights, yellow: float, red: float) -> Assessment:
    reasons = [Reason(signal, weights.of.get(name, 0.0) * signal.strength) for name, signal in own.items()]
    telling = tuple(sorted((one for one in reasons if one.log_odds > 0), key=lambda one: -one.log_odds))
    score = 1 / (1 + math.exp(-weights.bias - sum(one.log_odds for one in telling)))
    lane = "red" if score >= red else "yellow" if score >= yellow else "green"
    return Assessment(subject, score, lane, telling)


def drawn(assessments: Sequence[Assessment], share: float, *, seed: int) -> tuple[str, ...]:
    """Green declarations drawn at random for a look (2 to 5 %), so that the rates of the others stay honest."""
    green = sorted(one.subject for one in assessments if one.lane == "green")
    return tuple(sorted(Random(seed).sample(green, round(share * len(green)))))
