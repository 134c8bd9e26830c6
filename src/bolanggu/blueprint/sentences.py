"""Sentences (原句): the sentence around a span of a document, where the city has loaded its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = "。！？；!?;"
_BREAK = re.compile(r"\n[ \t\u3000]*\n")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with the words of a figure in it: what stands before, the words, what stands after."""

    before: str
    words: str
    after: str


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Code points of the sentence around ``start:end``: from the mark or blank line before it to the one after it.

    >>> bounds("前句。出口五亿元，增长两成。后句", 3, 7)
    (3, 14)
    """
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    for gap in _BREAK.finditer(text, first, start):
        first = gap.end()
    last = min((at for mark in _ENDS if (at := text.find(mark, max(end - 1, start))) >= 0), default=len(text) - 1) + 1
    gap_after = _BREAK.search(text, end, last)
    if gap_after:
        last = gap_after.start()
    while first < start and text[first].isspace():
        first += 1
    return first, max(last, end)


def quote(text: str, start: int, end: int) -> Quote:
    r"""The sentence around a span, with the line breaks of columns mended.

    >>> quote("出口五亿\n元，增长两成。", 2, 6)
    Quote(before='出口', words='五亿元', after='，增长两成。')
    """
    first, last = bounds(text, start, end)
    return Quote(mended(text[first:start]), mended(text[start:end]), mended(text[end:last]))


def mended(words: str) -> str:
    r"""Words without the line breaks of columns; a break between Latin words, and a space, stay one space.

    Two spaces before a break make it one that the writer meant (Markdown).

    >>> mended("世界小商\n品之都"), mended("one\n two"), mended("上篇  下篇"), mended("第1位  \n全省")
    ('世界小商品之都', 'one two', '上篇 下篇', '第1位 全省')
    """
    return _SPACE.sub(lambda gap: _joint(words, gap), words)


def _joint(words: str, gap: re.Match[str]) -> str:
    """What a gap becomes: a column's break is nothing between Chinese letters."""
    if "\n" not in gap.group() or gap.group().startswith("  "):
        return " "
    around = words[max(0, gap.start() - 1) : gap.start()] + words[gap.end() : gap.end() + 1]
    return " " if around.isascii() and around.isalpha() else ""
