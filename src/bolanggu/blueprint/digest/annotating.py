"""Annotating (原文标注): the text in paragraphs and sentences, figures marked, commitments anchored.

Line breaks of newspaper columns are mended; no other letter is changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol, TypeVar

_T = TypeVar("_T")
_PARAGRAPH = re.compile(r"\n[ \t\u3000\r]*\n")
_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+")
_BREAK = re.compile(r"[ \t]*\r?\n[ \t\u3000]*")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of the text that figures stand on; ids of figures that share it."""

    start: int
    end: int
    ids: tuple[str, ...]


class Spanned(Protocol):
    """Anything that stands at a place of the text: code points, end exclusive."""

    @property
    def start(self) -> Any:
        """First code point."""

    @property
    def end(self) -> Any:
        """Code point after the last."""


def annotate(text: str, figures: Sequence[Spanned], commitments: Sequence[Spanned], *, by_place: bool = False) -> str:
    """HTML of the text: ``<p>`` a paragraph, ``<span class=s>`` a sentence, ``<mark id=fN>`` a figure.

    Figures are to be in the order of their start. With ``by_place`` ids are offsets (``o299``) instead of numbers
    (``f0`` for figures, ``c0`` for commitments).

    >>> from bolanggu.engines.figures import read
    >>> text = "2024年出口5亿元。"
    >>> annotate(text, read(text).figures, [])
    '<p><span class="s">2024年出口<mark id="f0">5亿元</mark>。</span></p>'
    """
    marks = list(_marks(figures, by_place=by_place))
    taken = {name for mark in marks for name in mark.ids}
    named = {(f"o{c.start}" if by_place else f"c{at}"): c.start for at, c in enumerate(commitments)}
    anchors = sorted((start, name) for name, start in named.items() if name not in taken)
    paragraphs = [
        _paragraph(text, start, end, _between(marks, start, end, _start), _between(anchors, start, end, _place))
        for start, end in _paragraphs(text)
    ]
    return "\n".join(part for part in paragraphs if part)


def _start(mark: _Mark) -> int:
    return mark.start


def _place(anchor: tuple[int, str]) -> int:
    return anchor[0]


def _between(things: list[_T], start: int, end: int, key: Callable[[_T], int]) -> list[_T]:
    """The part of a list in order whose keys lie in ``start:end``."""
    return things[bisect_left(things, start, key=key) : bisect_left(things, end, key=key)]


def _marks(figures: Sequence[Spanned], *, by_place: bool) -> Iterator[_Mark]:
    """Figures by span; those that share or overlap a span share a mark."""
    open_mark: _Mark | None = None
    for at, figure in enumerate(figures):
        name = f"o{figure.start}" if by_place else f"f{at}"
        if open_mark is not None and figure.start < open_mark.end:
            ids = open_mark.ids if name in open_mark.ids else (*open_mark.ids, name)
            open_mark = _Mark(open_mark.start, max(open_mark.end, figure.end), ids)
            continue
        if open_mark is not None:
            yield open_mark
        open_mark = _Mark(figure.start, figure.end, (name,))
    if open_mark is not None:
        yield open_mark


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        yield at, gap.start()
        at = gap.end()
    yield at, len(text)


def _paragraph(text: str, start: int, end: int, marks: list[_Mark], anchors: list[tuple[int, str]]) -> str:
    if not text[start:end].strip():
        return ""
    ends = _sentence_ends(text, start, end, marks)
    spans = []
    for first, last in zip([start, *ends], ends, strict=False):
        spans.append(f'<span class="s">{_sentence(text, first, last, marks, anchors)}</span>')
    heading = ' class="h"' if text[start:end].lstrip().startswith("#") else ""
    return f"<p{heading}>{''.join(spans)}</p>"


def _sentence_ends(text: str, start: int, end: int, marks: list[_Mark]) -> list[int]:
    """Ends of sentences, none of them inside a mark."""
    ends = [hit.end() for hit in _SENTENCE.finditer(text, start, end)]
    whole = [at for at in ends if not any(mark.start < at < mark.end for mark in marks)]
    return whole if whole and whole[-1] == end else [*whole, end]


def _sentence(text: str, start: int, end: int, marks: list[_Mark], anchors: list[tuple[int, str]]) -> str:
    pieces = []
    at = start
    for cut in sorted({start, end, *_cuts(start, end, marks, anchors)})[1:]:
        names = [name for place, name in anchors if place == at]
        pieces += [f'<a id="{name}"></a>' for name in names]
        pieces.append(_piece(text, at, cut, marks))
        at = cut
    return "".join(pieces)


def _cuts(start: int, end: int, marks: list[_Mark], anchors: list[tuple[int, str]]) -> Iterator[int]:
    for mark in marks:
        yield from (at for at in (mark.start, mark.end) if start < at < end)
    for place, _ in anchors:
        if start < place < end and not any(mark.start < place < mark.end for mark in marks):
            yield place


def _piece(text: str, start: int, end: int, marks: list[_Mark]) -> str:
    words = _mended(text, start, end)
    mark = next((mark for mark in marks if mark.start == start and mark.end == end), None)
    if mark is None:
        return words
    more = "".join(f'<a id="{name}"></a>' for name in mark.ids[1:])
    return f'<mark id="{mark.ids[0]}">{more}{words}</mark>'


def _mended(text: str, start: int, end: int) -> str:
    """Escaped words without line breaks between Chinese letters."""
    words = text[start:end]
    return escape(_BREAK.sub(lambda gap: _joint(words, gap), words))


def _joint(words: str, gap: re.Match[str]) -> str:
    if gap.group().startswith("  ") or words[gap.end() : gap.end() + 1] in {"-", "●", "#"}:
        return "\n"
    around = words[max(0, gap.start() - 1) : gap.start()] + words[gap.end() : gap.end() + 1]
    return " " if around.isascii() and around.isalpha() else ""
