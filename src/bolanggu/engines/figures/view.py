"""View (去空白视图): an official text without its white space, each character with its offset in the raw text.

Newspapers break lines anywhere, also inside a number, so all matching is done on the view and reported through
``offsets``.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: stands in the view for the end of a paragraph
PARAGRAPH = "\n"
#: stands in the view for a gap between two numbers of one line (a table), which must not be joined
GAP = "\x1f"

_CHUNK = re.compile(r"[^\s\ufeff\u200b]+")
_MARKER = re.compile(
    r"[#●■◆▲○•·]|[-*](?=[ \t*“一-鿿])"
    r"|[（(]?[一二三四五六七八九十]{1,3}[)）、]|[（(]?\d{1,2}[)）、]|\d{1,2}[.．](?!\s*\d)"
)
_IN_NUMBER = frozenset(".,:/-：．，—–")
_CLOSED = frozenset("。！？!?；;：:”」』）)…*—")
_GROUPED = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1B), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


@dataclass(frozen=True, slots=True)
class View:
    """A normalised text and the way back to the raw one.

    ``text[i]`` was ``raw[offsets[i]]``; both scripts and both widths read alike, character by character.
    """

    raw: str
    text: str
    offsets: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw code-point offsets, end exclusive, of the view's slice ``start:end``."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def slice(self, start: int, end: int) -> str:
        """The raw words of the view's slice, line breaks included."""
        first, last = self.span(start, end)
        return self.raw[first:last]


@cache
def table() -> dict[int, int]:
    """Character by character: traditional to simplified (OpenCC's table), full width to half width."""
    import opencc

    file = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
    letters = {ord(pair[0]): ord(pair[1]) for pair in pairs if len(pair[0]) == len(pair[1]) == 1}
    marks = dict(zip("％．∶＋－／﹪○—–～~〜‑−「」『』();!?,", "%.:+-/%零-------“”“”（）；！？，", strict=True))
    return letters | _FULL_WIDTH | {ord(key): ord(value) for key, value in marks.items()}


def view(raw: str) -> View:
    r"""Build the view of ``raw``; linear time.

    >>> seen = view("增長\n１２ 0余家")
    >>> seen.text, seen.span(2, 5)
    ('增长120余家', (3, 7))
    """
    pieces: list[str] = []
    offsets = array("l")
    end = begin = 0
    for match in _CHUNK.finditer(raw):
        start = match.start()
        if pieces and (mark := _joint(raw, begin, end, start)):
            pieces.append(mark)
            offsets.append(end)
            begin = start
        pieces.append(match.group())
        end = match.end()
        offsets.extend(range(start, end))
    text = "".join(pieces).translate(table())
    return View(raw, _GROUPED.sub(lambda hit: hit.group().replace("，", ","), text), offsets)


def _joint(raw: str, begin: int, end: int, start: int) -> str:
    """What stands in the view for the white space ``raw[end:start]`` after the paragraph that began at ``begin``."""
    space = raw[end:start]
    inside = raw[start].isdigit() and (raw[end - 1].isdigit() or raw[end - 1] in _IN_NUMBER)
    breaks = space.count("\n") or space.count("\r")
    if breaks and not (inside and breaks == 1) and _MARKER.match(raw, start):
        return PARAGRAPH
    if breaks > 1 or (breaks and space.endswith(("\u3000\u3000", "    "))):
        return "" if _broken(raw[begin:end]) else PARAGRAPH
    if not breaks and inside and raw[end - 1].isdigit() and ("\t" in space or len(space) > 1):
        return GAP
    return ""


def _broken(paragraph: str) -> bool:
    """True if a column ended inside a sentence: it has a comma and no closing mark."""
    return paragraph[-1] not in _CLOSED and ("，" in paragraph or "," in paragraph)
