"""Wording (措辞): how near two words of a purchase list and a title are, whatever the typing."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from bolanggu.data import path, read_csv, read_yaml
from bolanggu.engines.goods_search.analysis import is_han, skeleton, stem


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


@lru_cache(maxsize=500_000)
def nearness(mine: str, theirs: str) -> float:
    """From 0 (other word) to 1 (same word); numbers and measures are equal or not.

    >>> nearness("doilies", "doiley") > 0.5, nearness("hldr", "holder") > 0.6, nearness("4", "6")
    (True, True, 0.0)
    """
    if mine == theirs:
        return 1.0
    if is_number(mine) or is_number(theirs):
        return 1.0 if usual(mine) == usual(theirs) else 0.0
    if is_han(mine) or is_han(theirs):
        return 0.7 * min(len(mine), len(theirs)) / max(len(mine), len(theirs)) if mine in theirs or theirs in mine else 0.0
    if usual(mine) == usual(theirs) or stem(usual(mine)) == stem(usual(theirs)):
        return 0.97
    if stem(theirs) in synonyms(usual(mine)):
        return 0.8
    short, full = sorted((mine, theirs), key=len)
    best = 0.0
    if len(short) >= 3 and skeleton(short) == skeleton(full):
        best = 0.85
    if len(short) >= 3:
        edits = OSA.normalized_similarity(short, full, score_cutoff=0.6)
        best = max(best, (edits - 0.5) * 1.9)
        if full.startswith(short):
            best = max(best, 0.85 if len(short) >= 4 else 0.7)
        elif len(full) >= len(short) + 2 and _skeleton_of(short, full) and len(short) * 2 <= len(full) + 2:
            best = max(best, 0.65)
    elif len(short) == 2 and len(full) >= 4 and _skeleton_of(short, full):
        best = 0.4
    return min(best, 0.95)
