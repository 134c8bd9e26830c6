"""The classifier (归类器): candidates for a title with calibrated scores, the terms that led there, and rivals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bolanggu.engines.classifying.cleaning import Title, clean
from bolanggu.engines.classifying.finding import Hit, find_attributes, find_hits
from bolanggu.engines.classifying.learning import Confirmed
from bolanggu.engines.classifying.resolving import resolve
from bolanggu.engines.classifying.retrieval import Retrieval
from bolanggu.engines.classifying.vocabulary import Vocabulary

_MORE = 0.35
_RETRIEVED = 0.30
_CONFIRMED = 0.99


@dataclass(frozen=True, slots=True)
class Candidate:
    """A six-digit code with the probability that it is right, its text, and the terms and attributes that led to it."""

    hs6: str
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Candidates best first. ``sure`` is False where the engine abstains: a person should choose."""

    candidates: tuple[Candidate, ...]
    sure: bool


class Classifier:
    """Titles to codes. ``calibration`` holds the weights of the features that say how sure an answer is."""

    def __init__(self, vocabulary: Vocabulary, calibration: Mapping[str, float], *, sure_from: float = 0.6) -> None:
        """Index the vocabulary for retrieval; about a second for the whole nomenclature."""
        self.vocabulary = vocabulary
        self.calibration = calibration
        self.sure_from = sure_from
        self._retrieval = Retrieval(vocabulary.texts, vocabulary.phrases, vocabulary.names_zh)
        self._confirmed = Confirmed()
        self._by_head: dict[tuple[object, ...], tuple[str, float]] = {}

    def confirm(self, text: str, hs6: str) -> None:
        """Learn a person's choice: the same title gets it from now on, titles with the same goods words lean to it.

        Raises
        ------
        ValueError
            ``hs6`` is no subheading of the nomenclature.
        """
        if hs6 not in self.vocabulary.texts:
            raise ValueError(f"{hs6} is no subheading of the nomenclature")
        title = clean(text)
        self._confirmed.add(text, find_hits(title, self.vocabulary), find_attributes(title, self.vocabulary), hs6)
        self._by_head.clear()

    def classify(self, text: str, text_zh: str = "", *, top: int = 5) -> Answer:
        """Candidates for a title in English, Chinese or both."""
        known = self._confirmed.title(text, text_zh)
        if known:
            return Answer((Candidate(known, _CONFIRMED, "confirmed before"),), sure=True)
        title = clean(text, text_zh)
        weights, features, why = self._weigh(title, find_hits(title, self.vocabulary), retrieve=True)
        ranked = sorted(weights, key=lambda code: (-weights[code], code))
        if not ranked:
            return Answer((), sure=False)
        best = self.probability(features)
        scores = _spread(best, [weights[code] for code in ranked])
        found = [Candidate(code, score, why.get(code, "text")) for code, score in zip(ranked, scores, strict=True)]
        return Answer(tuple(found[:top]), sure=best >= self.sure_from)

    def classify_many(self, titles: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
        """The best code and its probability for many titles (English, Chinese); ("", 0.0) where nothing is known.

        Fast mode: titles with the same goods words and attributes share one answer, and only a title without any
        known goods word is searched for in the texts.
        """
        return [self._quick(text, text_zh) for text, text_zh in titles]

    def _quick(self, text: str, text_zh: str) -> tuple[str, float]:
        known = self._confirmed.title(text, text_zh)
        if known:
            return known, _CONFIRMED
        title = clean(text, text_zh)
        hits = find_hits(title, self.vocabulary)
        seen = find_attributes(title, self.vocabulary)
        key = (tuple((hit.term, round(hit.weight, 2)) for hit in hits), tuple(sorted(seen.items())))
        if not hits:
            key = (title,)  # type: ignore[assignment]
        found = self._by_head.get(key)
        if found is None:
            weights, features, _ = self._weigh(title, hits, retrieve=not hits)
            best = min(weights, key=lambda code: (-weights[code], code), default="")
            found = self._by_head[key] = (best, self.probability(features) if best else 0.0)
        return found

    def probability(self, features: Mapping[str, float]) -> float:
        """The calibrated probability of the best candidate."""
        logit = sum(self.calibration.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-logit))

    def features(self, text: str, text_zh: str = "") -> dict[str, float]:
        """What the calibration reads of a title, for fitting it."""
        title = clean(text, text_zh)
        return self._weigh(title, find_hits(title, self.vocabulary), retrieve=True)[1]

    def _weigh(
        self, title: Title, hits: Sequence[Hit], *, retrieve: bool
    ) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
        seen = find_attributes(title, self.vocabulary)
        weights: dict[str, float] = {}
        why: dict[str, str] = {}
        stated: dict[str, bool] = {}
        languages: dict[str, set[str]] = {}
        for hit in sorted(hits, key=lambda hit: -hit.weight):
            for choice in resolve(hit.concept, seen, self.vocabulary):
                weight = hit.weight * choice.share
                old = weights.get(choice.code, 0.0)
                weights[choice.code] = max(old, weight) + _MORE * min(old, weight)
                if choice.share == 1.0:
                    why.setdefault(choice.code, hit.term)
                    stated[choice.code] = stated.get(choice.code, False) or choice.stated
                    languages.setdefault(choice.code, set()).add(hit.language)
        for code, boost in self._confirmed.boosts(hits, seen).items():
            weights[code] = weights.get(code, 0.0) + boost
            why.setdefault(code, "confirmed for like titles")
        retrieved = self._retrieved(title, weights) if retrieve else 0.0
        ranked = [*sorted(weights.values(), reverse=True)[:2], 0.0, 0.0]
        best = max(weights, key=lambda code: weights[code], default="")
        features = {
            "bias": 1.0,
            "evidence": min(ranked[0], 2.0) if hits else 0.0,
            "lead": (ranked[0] - ranked[1]) / ranked[0] if ranked[0] else 0.0,
            "stated": float(stated.get(best, False)),
            "agree": float(len(languages.get(best, ())) == 2),
            "retrieved": retrieved if not hits else 0.0,
            "unknown": float(not hits),
            "clutter": min(1.0, max(0, len({hit.concept.code for hit in hits}) - 1) / 4),
            "length": min(1.0, (sum(len(c.raw) for c in title.clauses) + sum(map(len, title.chinese)) / 2) / 20),
        }
        return weights, features, why

    def _retrieved(self, title: Title, weights: dict[str, float]) -> float:
        """Add what the texts say, lightly beside known words; return how strong the best match is."""
        found = self._retrieval.search(title, 12)
        if not found:
            return 0.0
        top = found[0][1]
        scale = _RETRIEVED * min(1.0, top / 12.0)
        for code, score in found:
            weights[code] = weights.get(code, 0.0) + scale * score / top
        return min(1.0, top / 20.0)


def _spread(best: float, weights: Sequence[float]) -> list[float]:
    """Probabilities of all candidates: the best has ``best``, the others share the rest by weight."""
    rest = sum(weights[1:])
    left = (1 - best) * 0.85
    return [best, *(min(best, left * weight / rest) if rest else 0.0 for weight in weights[1:])]
