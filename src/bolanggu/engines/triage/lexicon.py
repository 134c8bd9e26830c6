"""Lexicon (诉求词表): the words of each category as terms that a text holds or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bolanggu.data import read_yaml


@dataclass(frozen=True, slots=True)
class Term:
    """Words that speak for a category with ``weight`` 1 (a hint) to 4 (settled).

    ``parts`` must all occur, each by one of its alternatives; ``plain`` is the one word of a simple term, else "".
    """

    category: str
    weight: int
    parts: tuple[tuple[str, ...], ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category of requests with its usual department."""

    code: str
    zh: str
    en: str
    department: str


@cache
def categories() -> dict[str, Category]:
    """All categories by code."""
    listed: dict[str, dict[str, str]] = read_yaml("governance/categories.yaml")
    return {code: Category(code, **words) for code, words in listed.items()}


@cache
def departments() -> dict[str, dict[str, str]]:
    """All responsible units by code, each with zh and en."""
    listed: dict[str, dict[str, str]] = read_yaml("governance/departments.yaml")
    return listed


@cache
def terms(lang: str) -> tuple[Term, ...]:
    """All terms of a language, zh or en."""
    listed: dict[str, dict[int, list[str]]] = read_yaml(f"governance/terms_{lang}.yaml")
    return tuple(
        _term(code, weight, str(words))
        for code, levels in listed.items()
        for weight, entries in levels.items()
        for words in entries
    )


def _term(code: str, weight: int, words: str) -> Term:
    parts = tuple(tuple(part.lower().split("|")) for part in words.split("&"))
    plain = parts[0][0] if len(parts) == 1 and len(parts[0]) == 1 else ""
    return Term(code, weight, parts, plain)


def holder(text: str, lang: str) -> Callable[[str], bool]:
    """A test whether ``text`` holds a word: anywhere in Chinese, at the beginning of a word in English.

    >>> holder("the dogs bark", "en")("dog"), holder("hotdog", "en")("dog"), holder("遛狗不拴绳", "zh")("狗")
    (True, False, True)
    """
    low = text.lower()
    if lang == "zh":
        return low.__contains__
    spaced = " " + re.sub(r"[^a-z0-9&'\-]+", " ", low) + " "
    return lambda word: " " + word in spaced
