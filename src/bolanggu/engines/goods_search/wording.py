"""Wording (措辞): how near two words of a purchase list and a title are, whatever the typing."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bolanggu.data import path, read_csv, read_yaml
from bolanggu.engines.goods_search.analysis import is_han, skeleton, stem

SAME_ROOT, SYNONYM = 0.97, 0.8


@cache
def contrasts() -> dict[str, frozenset[str]]:
    """Stem of a word → the properties in which it excludes other words (a small one is not the large one)."""
    found: dict[str, set[str]] = {}
    for group, words in read_yaml("goods/contrasts.yaml").items():
        for word in words:
            found.setdefault(stem(word), set()).add(group)
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def _spelling() -> dict[str, str]:
    return {row["written"]: row["meant"] for row in read_csv("goods/spelling.csv")}


def usual(word: str) -> str:
    """The usual spelling of an abbreviation, an American form or a numeral.

    >>> usual("asst"), usual("gray"), usual("three"), usual("bag")
    ('assorted', 'grey', '3', 'bag')
    """
    return _spelling().get(word, word)


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in path("goods/synonyms.txt").read_text(encoding="utf-8").splitlines():
        words = {stem(word) for word in line.split()} if not line.startswith("#") else set()
        for word in words:
            groups.setdefault(word, set()).update(words - {word})
    return {word: frozenset(others) for word, others in groups.items()}


def synonyms(word: str) -> frozenset[str]:
    """Stems of the other words for the same thing.

    >>> sorted(synonyms("cups"))
    ['beaker', 'mug']
    """
    return _synonyms().get(stem(word), frozenset())


def is_number(word: str) -> bool:
    """True for a number or a measure."""
    return word[0].isdigit()


def _skeleton_of(short: str, full: str) -> bool:
    """True if the letters of ``short`` occur in ``full`` in their order, from the same first letter."""
    rest = iter(full)
    return short[0] == full[0] and all(letter in rest for letter in short)


class _Facts(NamedTuple):
    """What is needed of a word in every comparison."""

    plain: str  # not a number, not Chinese: comparable letter by letter
    root: str  # stem of the usual spelling
    others: frozenset[str]
    skeleton: str


@lru_cache(maxsize=200_000)
def _facts(word: str) -> _Facts:
    plain = "" if is_number(word) or is_han(word) else word
    return _Facts(plain, stem(usual(word)), synonyms(usual(word)), skeleton(word))


def nearness(mine: str, theirs: str) -> float:
    """From 0 (other word) to 1 (same word); numbers and measures are equal or not.

    >>> nearness("doiley", "doily") > 0.5, nearness("hldr", "holder") > 0.6, nearness("4", "6")
    (True, True, 0.0)
    """
    if mine == theirs:
        return 1.0
    one, two = _facts(mine), _facts(theirs)
    if one.root == two.root:
        return SAME_ROOT
    if not one.plain or not two.plain:
        return _chinese(mine, theirs) if is_han(mine) and is_han(theirs) else 0.0
    if two.root in one.others:
        return SYNONYM
    short, full = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    if short[0] != full[0]:
        return _by_letters(short, full, 0.7) if len(short) > 3 else 0.0
    best = 0.0
    if len(short) >= 3:
        best = 0.85 if one.skeleton == two.skeleton else _by_letters(short, full, 0.6)
        if full.startswith(short):
            best = max(best, 0.85 if len(short) >= 4 else 0.7)
    return min(max(best, _abbreviated(short, full)), 0.95)


def _chinese(mine: str, theirs: str) -> float:
    return 0.7 * min(len(mine), len(theirs)) / max(len(mine), len(theirs)) if mine in theirs or theirs in mine else 0.0


def _by_letters(short: str, full: str, least: float) -> float:
    edits = OSA.normalized_similarity(short, full, score_cutoff=least)
    return max(0.0, (edits - 0.5) * 1.9)


def _abbreviated(short: str, full: str) -> float:
    if len(short) >= 3 and len(full) >= len(short) + 2 and len(short) * 2 <= len(full) + 2:
        return 0.65 if _skeleton_of(short, full) else 0.0
    return 0.4 if len(short) == 2 and len(full) >= 4 and _skeleton_of(short, full) else 0.0
