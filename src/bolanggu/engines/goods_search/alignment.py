"""Alignment (对齐): how well a line and a title say the same, word by word, whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

from rapidfuzz import fuzz

from bolanggu.engines.goods_search.analysis import han_cut, is_han, stem, telling
from bolanggu.engines.goods_search.folding import tokens
from bolanggu.engines.goods_search.wording import contrasts, is_number, nearness, synonyms, usual

#: Weight of a word: rare words tell more.
Weigh = Callable[[str], float]
SAME = 0.97  # from here on a word has found its like
JOINED_AT_LEAST = 0.8
SHORTEST_JOINED, MOST_DIFFERENT = 4, 2  # letters


@dataclass(frozen=True, slots=True)
class Agreement:
    """What speaks for a line and a title being the same good; the first four parts lie between 0 and 1.

    ``line`` and ``title`` are the weighted shares of their words that the other side has, ``letters`` the
    likeness of the sorted texts, ``order`` of the texts as they stand, ``numbers`` 1 when both have numbers
    and share none, ``clashes`` counts properties (size, colour, shape …) in which the two exclude each other.
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


class Comparison:
    """One line held against many titles; remembers how near its words are to each word it meets.

    >>> line = Comparison(phrase("bag red", lambda word: 1.0))
    >>> agreement = line.with_title(phrase("red shopping bag", lambda word: 1.0))
    >>> agreement.line, round(agreement.title, 2), agreement.clashes
    (1.0, 0.67, 0.0)
    """

    def __init__(self, line: Phrase) -> None:
        self.line = line
        self._near: dict[str, tuple[tuple[int, float], ...]] = {}
        self._joined = [(at, one + two) for at, (one, two) in enumerate(pairwise(line.words))]
        self._joined_starts = {word[0] for _, word in self._joined}

    def with_title(self, title: Phrase) -> Agreement:
        """Compare the line with a title."""
        line = self.line
        mine, theirs = [0.0] * len(line.words), []
        for other in title.words:
            best = 0.0
            for at, near in self._nearness(other):
                mine[at] = max(mine[at], near)
                best = max(best, near)
            theirs.append(best)
        self._run_together(title.words, mine, theirs)
        self._run_apart(title.words, mine, theirs)
        return Agreement(
            line=sum(map(mul, line.weights, mine)) / line.whole,
            title=sum(map(mul, title.weights, theirs)) / title.whole,
            letters=fuzz.ratio(line.sorted_text, title.sorted_text) / 100,
            order=fuzz.ratio(line.text, title.text) / 100,
            numbers=float(bool(line.numbers and title.numbers and not line.numbers & title.numbers)),
            clashes=float(_clashes(line.properties, title.properties)) if line.properties else 0.0,
        )

    def _nearness(self, other: str) -> tuple[tuple[int, float], ...]:
        known = self._near.get(other)
        if known is None:
            pairs = ((at, nearness(word, other)) for at, word in enumerate(self.line.words))
            known = self._near[other] = tuple((at, near) for at, near in pairs if near)
        return known

    def _run_together(self, title: Sequence[str], mine: list[float], theirs: list[float]) -> None:
        """Let one word of the line stand for two neighbours of the title: ``jampot`` for ``jam pot``."""
        for i, word in enumerate(self.line.words):
            if mine[i] >= SAME or len(word) < SHORTEST_JOINED:
                continue
            for j, other in enumerate(title[:-1]):
                if word[0] == other[0] and abs(len(other) + len(title[j + 1]) - len(word)) <= MOST_DIFFERENT:
                    near = SAME * nearness(word, other + title[j + 1])
                    if near > max(mine[i], JOINED_AT_LEAST):
                        mine[i] = near
                        theirs[j : j + 2] = [max(near, found) for found in theirs[j : j + 2]]

    def _run_apart(self, title: Sequence[str], mine: list[float], theirs: list[float]) -> None:
        """Let two neighbours of the line stand for one word of the title."""
        for j, other in enumerate(title):
            if theirs[j] >= SAME or other[0] not in self._joined_starts or len(other) < SHORTEST_JOINED:
                continue
            for at, joined in self._joined:
                if abs(len(joined) - len(other)) > MOST_DIFFERENT:
                    continue
                near = SAME * nearness(joined, other)
                if near > max(theirs[j], JOINED_AT_LEAST):
                    theirs[j] = near
                    mine[at : at + 2] = [max(near, found) for found in mine[at : at + 2]]


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
