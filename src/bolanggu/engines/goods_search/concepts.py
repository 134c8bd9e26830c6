"""Concepts (概念): what a query in any of six languages means in the trade's words, looked up when the query is asked.

Labels come from the lexicon, so that an edit there needs no new index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from bolanggu.engines.goods_search.analysis import STOP_WORDS, is_han, stem
from bolanggu.engines.goods_search.folding import tokens
from bolanggu.engines.goods_search.wording import usual
from bolanggu.lexicon.items import items
from bolanggu.lexicon.labels import LANGUAGES, labels
from bolanggu.lexicon.words import words

#: Nouns of the lexicon that say how a good is, and what a hit on one is worth beside an item's 1.
ATTRIBUTES = {
    "materials": 0.35,
    "patterns": 0.35,
    "colours": 0.3,
    "styles": 0.3,
    "uses": 0.25,
    "audiences": 0.3,
    "groups": 0.5,
}
#: (noun, key) → how well its best label fits, and the words of the query that the label has.
Scored = dict[tuple[str, str], tuple[float, frozenset[str]]]
LEAST, ENGLISH_WORTH = 0.34, 0.5
#: A label without whose head word (the last one in English, the first one elsewhere) a query shares only by-words.
HEADLESS = 0.6
OTHER_ORDER = 0.8  # a clip for the hair is not hair on a clip
MOST_ITEMS, MOST_ATTRIBUTES = 8, 6


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS = {
    "en": STOP_WORDS,
    "es": _set("de del la el los las un una unos para con sin en y o por al a"),
    "fr": _set("de du des la le les l d un une pour avec sans en et ou a au aux sur"),
    "ru": _set("для с со из на и в во по под от к"),
    "ar": _set("من في على مع و الى عن ل ب"),
    "zh": _set("的 和 用 款 型"),
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the lexicon that a query means: its noun and key, and how surely, 0 … 1."""

    noun: str
    key: str
    score: float

    @property
    def wordings(self) -> tuple[str, ...]:
        """What titles call it, Chinese first."""
        word = items()[self.key] if self.noun == "items" else words(self.noun)[self.key]
        return tuple(dict.fromkeys((word.zh, *word.zh_also, word.en, *word.en_also)))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a query means: items, and attributes beside them."""

    items: tuple[Concept, ...]
    attributes: tuple[Concept, ...]


def small_words(lang: str) -> frozenset[str]:
    """Words of a language that carry no meaning in a query."""
    return _SMALL_WORDS.get(lang, STOP_WORDS)


def roots(text: str, lang: str) -> list[str]:
    """Stems of the words of a text, small words left out; Arabic without the article."""
    found = []
    for token in tokens(text):
        if token in small_words(lang):
            continue
        if lang == "ar" and token.startswith("ال") and len(token) > 4:
            token = token[2:]  # noqa: PLW2901 - the same word without its article
        found.append(stem(usual(token) if lang == "en" else token, lang) if not is_han(token) else token)
    return found


class _Labels:
    """All labels of one language, found by the stems they hold."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.labels: list[tuple[str, str, tuple[str, ...]]] = []
        self.holding: dict[str, list[int]] = defaultdict(list)
        try:
            table = labels(lang)
        except FileNotFoundError:
            table = {}
        for (noun, key), label in table.items():
            if noun != "items" and noun not in ATTRIBUTES:
                continue
            for text in (label.text, *label.also):
                self._add(noun, key, tuple(dict.fromkeys(roots(text, lang))))

    def _add(self, noun: str, key: str, stems: tuple[str, ...]) -> None:
        if stems:
            for each in stems:
                self.holding[each].append(len(self.labels))
            self.labels.append((noun, key, stems))

    def weight(self, root: str) -> float:
        return log(1 + len(self.labels) / (1 + len(self.holding.get(root, ()))))

    def find(self, query: Sequence[str]) -> Scored:
        """(noun, key) → how well its best label fits, and the query's stems that the label explains."""
        asked = set(query)
        whole = sum(map(self.weight, asked)) or 1.0
        found: Scored = {}
        for number in {number for root in asked for number in self.holding.get(root, ())}:
            noun, key, stems = self.labels[number]
            shared = asked.intersection(stems)
            held = sum(map(self.weight, shared))
            fit = held / sum(map(self.weight, stems))
            score = fit * fit * (0.5 + 0.5 * held / whole)
            if stems[-1 if self.lang == "en" else 0] not in shared:
                score *= HEADLESS
            if [root for root in stems if root in shared] != [root for root in query if root in shared]:
                score *= OTHER_ORDER
            if score > found.get((noun, key), (0.0,))[0]:
                found[noun, key] = (score, frozenset(shared))
        return found


@cache
def _table(lang: str) -> _Labels:
    return _Labels(lang)


@cache
def _zh_labels() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (noun, key), label in labels("zh").items():
        if noun == "items" or noun in ATTRIBUTES:
            for text in (label.text, *label.also):
                found["".join(tokens(text))].append((noun, key))
    return found


def meaning(text: str, lang: str) -> Meaning:
    """What a query means in the words of the lexicon.

    >>> [concept.key for concept in meaning("hair clip", "en").items][0]
    'hair_clip'
    >>> [concept.key for concept in meaning("粉色发夹", "zh").attributes]
    ['pink', 'hair_clips']
    """
    if lang == "zh":
        return _meaning(_chinese(text))
    scored = _table(lang).find(roots(text, lang))
    if lang != "en":
        scored = _with_english(scored, _table("en").find(roots(text, "en")))
    return _meaning(scored)


def _with_english(own: Scored, english: Scored) -> Scored:
    """Let English words in a query of another language count: ``clip pelo`` is a clip for the hair."""
    merged = dict(own)
    for key, (score, held) in english.items():
        before, known = own.get(key, (0.0, frozenset()))
        merged[key] = (before + score * ENGLISH_WORTH, known | held)
    return merged


def _meaning(scored: Scored) -> Meaning:
    ordered = sorted(scored.items(), key=lambda entry: (-entry[1][0], entry[0]))
    best = max((score for (noun, _), (score, _) in ordered if noun == "items"), default=0.0)
    named = [
        Concept("items", key, score / best)
        for (noun, key), (score, _) in ordered
        if noun == "items" and score >= LEAST * best
    ]
    told = [
        Concept(noun, key, ATTRIBUTES[noun] * min(1.0, score))
        for (noun, key), (score, held) in ordered
        if noun != "items" and score >= LEAST / 2 and held
    ]
    return Meaning(tuple(named[:MOST_ITEMS]), tuple(told[:MOST_ATTRIBUTES]))


def _chinese(text: str) -> Scored:
    """Labels that stand in a Chinese query, longer ones surer."""
    found: Scored = {}
    for run in filter(is_han, tokens(text)):
        pieces = {run[start:end] for start in range(len(run)) for end in range(start + 1, min(len(run), start + 8) + 1)}
        for piece in pieces & _zh_labels().keys():
            score = (len(piece) / len(run)) ** 0.5
            for noun_key in _zh_labels()[piece]:
                if score > found.get(noun_key, (0.0,))[0]:
                    found[noun_key] = (score, frozenset({piece}))
    return found


def in_lexicon(word: str, lang: str) -> bool:
    """True if a label of the language holds the word as it is spelt.

    >>> in_lexicon("umbrellas", "en"), in_lexicon("umbrela", "en")
    (True, False)
    """
    return (word if is_han(word) else stem(word, lang)) in _table(lang).holding


def siblings(concept: Concept) -> list[str]:
    """Keys of the other items of an item's group: near goods when nothing nearer is there."""
    group = items()[concept.key].group
    return [item.key for item in items().values() if item.group == group and item.key != concept.key]


def language_of(text: str) -> str:
    """The language of a query by its script, and for Latin letters by the lexicon's labels; English when nothing tells.

    >>> language_of("مشبك شعر"), language_of("заколка"), language_of("发夹 pink"), language_of("hair clip")
    ('ar', 'ru', 'zh', 'en')
    """
    for token in tokens(text):
        if is_han(token):
            return "zh"
        if "а" <= token[0] <= "я":
            return "ru"
        if "ء" <= token[0] <= "ي":
            return "ar"
    latin = [lang for lang in LANGUAGES if lang in {"en", "es", "fr"}]
    return max(latin, key=lambda lang: (round(_coverage(text, lang), 2), lang == "en"))


def _coverage(text: str, lang: str) -> float:
    small = sum(token in small_words(lang) for token in tokens(text) if len(token) > 1)
    known = sum(bool(_table(lang).holding.get(root)) for root in roots(text, lang))
    return known + 0.5 * small
