"""Alignment (对齐): how well a line and a title say the same, word by word, whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bolanggu.engines.goods_search.analysis import han_cut, is_han, stem, telling
from bolanggu.engines.goods_search.folding import tokens
from bolanggu.engines.goods_search.wording import contrasts, is_number, nearness, synonyms, usual

#: Weight of a word: rare words tell more.
Weigh = Callable[[str], float]
SAME = 0.97  # from here on a word has found its like
JOINED_AT_LEAST = 0.8


@dataclass(frozen=True, slots=True)
class Agreement:
    """What speaks for a line and a title being the same good; the first four parts lie between 0 and 1.

    ``line`` and ``title`` are the weighted shares of their words that the other side has, ``letters`` the likeness of the
    sorted texts, ``order`` of the texts as they stand, ``numbers`` 1 when both have numbers and share none, ``clashes``
    counts properties (size, colour, shape …) in which the two exclude each other.
    """

    line: float
    title: float
    letters: float
    order: float
    numbers: float
    clashes: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text taken apart once for many comparisons; make it with `phrase`."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    whole: float
    text: str
    sorted_text: str
    numbers: frozenset[str]
    properties: Mapping[str, frozenset[str]]


def content(text: str) -> list[str]:
    """The words that count in an alignment.

    >>> content("Set of 3 T-Light holders w/ box")
    ['set', '3', 't', 'light', 'holders', 'box']
    """
    words: list[str] = []
    for token in tokens(text):
        if is_han(token):
            words += han_cut(token)
        else:
            words.append(token)
    return telling(words)


def phrase(text: str, weigh: Weigh) -> Phrase:
    """Take a text apart."""
    words = content(text)
    weights = tuple(weigh(word) for word in words)
    plain = [usual(word) for word in words]
    return Phrase(
        words=tuple(words),
        weights=weights,
        whole=sum(weights) or 1.0,
        text=" ".join(words),
        sorted_text=" ".join(sorted(words)),
        numbers=frozenset(word for word in plain if is_number(word)),
        properties=_properties(plain),
    )


def align(line: Phrase, title: Phrase) -> Agreement:
    """Compare a line with a title.

    >>> agreement = align(phrase("bag red", lambda word: 1.0), phrase("red shopping bag", lambda word: 1.0))
    >>> agreement.line, round(agreement.title, 2), agreement.clashes
    (1.0, 0.67, 0.0)
    """
    mine = [0.0] * len(line.words)
    theirs = [0.0] * len(title.words)
    for i, word in enumerate(line.words):
        for j, other in enumerate(title.words):
            near = nearness(word, other)
            if near:
                if near > mine[i]:
                    mine[i] = near
                if near > theirs[j]:
                    theirs[j] = near
    _join(line.words, title.words, mine, theirs)
    _join(title.words, line.words, theirs, mine)
    return Agreement(
        line=sum(map(float.__mul__, line.weights, mine)) / line.whole,
        title=sum(map(float.__mul__, title.weights, theirs)) / title.whole,
        letters=fuzz.ratio(line.sorted_text, title.sorted_text) / 100,
        order=fuzz.ratio(line.text, title.text) / 100,
        numbers=float(bool(line.numbers and title.numbers and not line.numbers & title.numbers)),
        clashes=float(_clashes(line.properties, title.properties)),
    )


def _join(one: Sequence[str], two: Sequence[str], found_one: list[float], found_two: list[float]) -> None:
    """Let one word stand for two neighbours of the other side: ``jampot`` and ``jam pot``."""
    for i, word in enumerate(one):
        if found_one[i] >= SAME or len(word) < 4:
            continue
        for j in range(len(two) - 1):
            if word[0] == two[j][0]:
                near = SAME * nearness(word, two[j] + two[j + 1])
                if near > max(found_one[i], JOINED_AT_LEAST):
                    found_one[i] = near
                    found_two[j] = max(found_two[j], near)
                    found_two[j + 1] = max(found_two[j + 1], near)


def _clashes(mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]) -> int:
    return sum(_exclude(words, theirs[group]) for group, words in mine.items() if group in theirs)


def _exclude(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return not mine & theirs and not any(synonyms(word) & theirs for word in mine)


def _properties(words: Sequence[str]) -> dict[str, frozenset[str]]:
    known = contrasts()
    found: dict[str, set[str]] = {}
    for word in map(stem, words):
        for group in known.get(word, ()):
            found.setdefault(group, set()).add(word)
    return {group: frozenset(named) for group, named in found.items()}
