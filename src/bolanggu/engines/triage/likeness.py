"""Likeness (相似度): how like the words of each category a text is, by characters (Chinese) or words (English).

Each category is one vector of weighted features made from its terms and invented phrases: log(1 + count) times the
inverse share of categories that know the feature, at length 1. A text that no term settles still has a likeness.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bolanggu.data import read_yaml
from bolanggu.engines.triage.lexicon import categories, terms

#: a feature of a phrase counts this much, one of a term its weight times the second number
PHRASE, TERM = 1.5, 1 / 6
#: features known to more than this share of the categories say nothing
COMMON = 0.8
_SEGMENT = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Model:
    """For each feature its inverse share, and its weight in each category that knows it."""

    rarity: dict[str, float]
    weights: dict[str, list[tuple[str, float]]]


def features(text: str, lang: str) -> list[str]:
    """Sequences of one to three characters of Chinese, words and pairs of words of English.

    >>> features("停水", "zh"), features("No water!", "en")
    (['停', '水', '停水'], ['no', 'water', 'no water'])
    """
    if lang == "en":
        found = _WORD.findall(text.lower())
        return [*found, *(f"{first} {second}" for first, second in pairwise(found))]
    return [
        segment[at : at + size]
        for segment in _SEGMENT.findall(text)
        for size in (1, 2, 3)
        for at in range(len(segment) - size + 1)
    ]


@cache
def model(lang: str) -> Model:
    """Build the vectors of all categories; takes a fraction of a second once."""
    counts: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for term in terms(lang):
        for part in term.parts:
            share = TERM * term.weight / (len(part) ** 0.5 * len(term.parts))
            for word in part:
                for feature in features(word, lang):
                    counts[term.category][feature] += share
    phrases: dict[str, str] = read_yaml(f"governance/phrases_{lang}.yaml")
    for code, listed in phrases.items():
        for phrase in listed.split(" " if lang == "zh" else "; "):
            for feature in features(phrase, lang):
                counts[code][feature] += PHRASE
    known = Counter(feature for found in counts.values() for feature in found)
    total = len(categories())
    rarity = {feature: math.log(total / count + 1e-4) for feature, count in known.items() if count < COMMON * total}
    weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, found in counts.items():
        vector = {feature: math.log1p(count) * rarity[feature] for feature, count in found.items() if feature in rarity}
        length = math.sqrt(sum(value * value for value in vector.values()))
        for feature, value in vector.items():
            weights[feature].append((code, value / length))
    return Model(rarity, dict(weights))


def likeness(text: str, lang: str) -> dict[str, float]:
    """Cosine of the text with every category that shares a feature with it, 0..1.

    >>> found = likeness("楼道里电瓶车飞线充电", "zh")
    >>> max(found, key=found.get)
    'fire'
    """
    built = model(lang)
    counts = Counter(feature for feature in features(text, lang) if feature in built.rarity)
    own = {feature: math.log1p(count) * built.rarity[feature] for feature, count in counts.items()}
    length = math.sqrt(sum(value * value for value in own.values())) or 1.0
    found: dict[str, float] = defaultdict(float)
    for feature, value in own.items():
        for code, weight in built.weights[feature]:
            found[code] += value * weight / length
    return dict(found)
