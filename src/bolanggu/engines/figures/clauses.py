"""Clauses (句段): a text cut into sentences, each with its numbers, its periods and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bolanggu.engines.figures import filters
from bolanggu.engines.figures.scanner import indefinite
from bolanggu.engines.figures.tokens import Kind, Token
from bolanggu.engines.figures.view import PARAGRAPH

_EQUALS = re.compile(r"[是为于].$|恢复[到至]$|相当于.$")
_END = re.compile(r"[。；！？\n]+[”’）]?")


@dataclass(slots=True)
class Item:
    """A figure in its sentence: the words since the last one (``left``) and up to the next (``right``).

    ``dated`` is the period token nearest before it in the sentence, ``own`` true if it stands directly in ``left``.
    """

    token: Token
    left: str
    right: str
    dated: Token | None
    own: bool
    head: str


@dataclass(slots=True)
class Sentence:
    """From one full stop or semicolon to the next; ``first`` marks the start of a paragraph."""

    start: int
    end: int
    text: str
    first: bool
    items: list[Item]
    periods: list[Token]


def sentences(text: str, tokens: list[Token]) -> Iterator[Sentence]:
    """All sentences that hold a number or a period, in order; the others too, empty, so that distance can be told."""
    at, start, first = 0, 0, True
    ends = [(match.start(), match.end()) for match in _END.finditer(text)]
    if not ends or ends[-1][1] < len(text):
        ends.append((len(text), len(text)))
    for stop, following in ends:
        held: list[Token] = []
        while at < len(tokens) and tokens[at].start < stop:
            if tokens[at].end <= stop:
                held.append(tokens[at])
            at += 1
        yield _sentence(text, start, stop, first, held)
        first = PARAGRAPH in text[stop:following]
        start = following


def _sentence(text: str, start: int, stop: int, first: bool, held: list[Token]) -> Sentence:
    items: list[Item] = []
    seen = start
    cuts: list[tuple[int, int]] = []
    dated: Token | None = None
    own = False
    for number, token in enumerate(held):
        later = held[number + 1 :]
        if token.kind is Kind.PERIOD:
            if not _is_basis(text, token, later):
                dated, own = token, True
            cuts.append(_cut(text, token))
            continue
        following = later[0].start if later else stop
        left, right = _without(text, seen, token.start, cuts), text[token.end : following] or text[token.end : stop]
        previous = items[-1].token if items else None
        before = text[max(start, token.start - 20) : token.start]
        if indefinite(text, token) or not _wanted(token, left, right, before, previous, later):
            continue
        if items:
            items[-1].right = text[items[-1].token.end : token.start] or items[-1].right
        items.append(Item(token, left, right, dated, own, text[start : token.start]))
        seen, own, cuts = token.end, False, []
    return Sentence(start, stop, text[start:stop], first, items, [token for token in held if token.kind is Kind.PERIOD])


def _is_basis(text: str, token: Token, later: list[Token]) -> bool:
    """True for a period that is only compared with: 比 2020 年, 是“十三五”时期的 1.5 倍."""
    if token.period and token.period.basis:
        return True
    multiple = bool(later) and later[0].kind in (Kind.MULTIPLE, Kind.PERCENT)
    if (
        multiple
        and text.startswith("的", token.end)
        and _EQUALS.search(text[max(0, token.start - 4) : token.start + 1])
    ):
        token.period = replace(token.period, basis=True) if token.period else None
        return True
    return False


def _cut(text: str, token: Token) -> tuple[int, int]:
    """The part of a period to take out of the words before a figure; 到 stays, it tells from and to."""
    return token.start + (text[token.start] in "到至"), token.end


def _without(text: str, start: int, end: int, cuts: list[tuple[int, int]]) -> str:
    """``text[start:end]`` without the periods in it."""
    if not cuts:
        return text[start:end]
    pieces = []
    for first, last in cuts:
        pieces.append(text[start:first])
        start = last
    return "".join((*pieces, text[start:end]))


_JOINT = re.compile(r"(?:、|和|与|及|以及|，|-|至|到|或)")


def _wanted(token: Token, left: str, right: str, before: str, previous: Token | None, later: list[Token]) -> bool:
    """`filters.is_figure`, and the numbers without unit whose unit stands on a later member of the list."""
    halved = token.word == "个" and bool(later) and later[0].kind is Kind.POINTS
    if token.kind is Kind.NUMBER and (not token.unit or halved) and _JOINT.fullmatch(right) and later:
        for number, following in enumerate(later):
            if following.kind is Kind.PERIOD:
                return False
            if following.unit:
                if (
                    following.kind not in (Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.MULTIPLE)
                    or following.group == "guarded"
                ):
                    return False
                _lend(token, following, right)
                return not following.small
            if number + 1 < len(later) and later[number + 1].start - following.end > 2:
                return False
        return False
    return filters.is_figure(token, left, right, before, previous)


def _lend(token: Token, lender: Token, joint: str) -> None:
    """Give a number the unit and, if it has none of its own, the multiplier of the member that carries them."""
    if token.scale == 1 and lender.scale > 1:
        token.value, token.scale = token.value * lender.scale, lender.scale
    token.unit, token.word, token.group, token.kind = lender.unit, lender.word, lender.group, lender.kind
    if joint in "-至到":
        token.qualifiers.append("from")
        lender.qualifiers.append("to")
