"""Recognising (识别): which item of the lexicon a title names. No database."""

from __future__ import annotations

import re
from functools import cache

from bolanggu.engines.goods_search.analysis import han_cut, is_han, stem
from bolanggu.engines.goods_search.folding import tokens
from bolanggu.lexicon.items import Item, items
from bolanggu.lexicon.words import words

_LONGEST_EN = 4


@cache
def _english() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for item in items().values():
        for text in (item.en, *item.en_also):
            found.setdefault(tuple(stem(token) for token in tokens(text)), item.key)
    return found


@cache
def _chinese() -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items().values():
        for text in (item.zh, *item.zh_also):
            found.setdefault("".join(tokens(text)), item.key)
    return found


@cache
def _longest_chinese() -> int:
    return max(map(len, _chinese()))


@cache
def _decoration() -> re.Pattern[str]:
    """Packing and sales words of Chinese titles, which name no goods though a box or a bag may stand in them."""
    texts = {text for noun in ("packs", "sales") for word in words(noun).values() for text in (word.zh, *word.zh_also)}
    texts |= {f"{text}装" for text in ("礼盒", "彩盒", "袋", "盒", "卡", "箱", "吸塑卡")}
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))), re.IGNORECASE)


def item_of(title_zh: str, title_en: str = "") -> Item | None:
    """The item that a title names: the longest wording, of equally long ones the last (the head of the name).

    >>> item_of("2026新款儿童卡通发夹 粉色").key, item_of("", "PINK GLITTER HAIR CLIP").key
    ('hair_clip', 'hair_clip')
    >>> item_of("", "something else altogether") is None
    True
    """
    key = _in_chinese(_decoration().sub(" ", title_zh)) if title_zh else ""
    key = key or (_in_english(title_en) if title_en else "")
    return items()[key] if key else None


def _in_chinese(title: str) -> str:
    best, key = 1, ""
    for run in filter(is_han, tokens(title)):
        for start in range(len(run)):
            for length in range(min(_longest_chinese(), len(run) - start), max(best, 2) - 1, -1):
                found = _chinese().get(run[start : start + length])
                if found:
                    best, key = length, found
                    break
    return key or _single(title)


def _single(title: str) -> str:
    cut = [word for run in filter(is_han, tokens(title)) for word in han_cut(run)]
    return next((_chinese()[word] for word in reversed(cut) if word in _chinese()), "")


def _in_english(title: str) -> str:
    roots = [stem(token) for token in tokens(title)]
    for length in range(min(_LONGEST_EN, len(roots)), 0, -1):
        for start in range(len(roots) - length, -1, -1):
            found = _english().get(tuple(roots[start : start + length]))
            if found:
                return found
    return ""
