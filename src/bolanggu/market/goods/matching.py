"""Matching lists and searching (找货): the index's answers with what the database knows of each good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bolanggu.engines.goods_search.folding import tokens
from bolanggu.engines.goods_search.match import Card, Line, match
from bolanggu.lexicon.labels import LANGUAGES
from bolanggu.market.goods import search_index
from bolanggu.market.goods.models import Alias, Product

#: A line is ordered from this probability on; see the reliability table of benchmarks/goods_match_weights.py.
ORDER_FROM = 0.5
_PAGE = 900


@dataclass(frozen=True, slots=True)
class Found:
    """A good that a line may mean; ``score`` is the probability that it does."""

    code: str
    title: str
    score: float

    def as_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return {"code": self.code, "title": self.title, "score": self.score}


@dataclass(frozen=True, slots=True)
class LineMatch:
    """What was found for one line: candidates best first, codes that tie with the first, and why it stays unmatched."""

    text: str
    candidates: tuple[Found, ...] = ()
    ties: tuple[str, ...] = ()
    reason: str = ""
    non_goods: bool = field(default=False)

    @property
    def chosen(self) -> Found | None:
        """The good to order, None where the line stays unmatched."""
        return self.candidates[0] if self.candidates and not self.reason else None


def match_lines(
    texts: Sequence[str],
    *,
    top: int = 5,
    buyer: str = "",
    prices: Sequence[int | None] | None = None,
    langs: Sequence[str | None] | None = None,
) -> list[LineMatch]:
    """Match the lines of a list to goods.

    Parameters
    ----------
    texts
        One text a line.
    top
        Candidates wanted a line; with 1 a line with an exact title costs no further search.
    buyer
        Number of the buyer whose confirmed wordings count before everybody's.
    prices
        Unit prices in minor units of the goods' currency; they break ties.
    langs
        Language of each line where the list states it: zh, en, es, fr, ru or ar.
    """
    index = search_index.current()
    aliases = _aliases(texts, buyer)
    known: dict[int, Card] = {}
    titles: dict[str, str] = {}

    def cards(wanted: Sequence[int]) -> Mapping[int, Card]:
        for pk, code, zh, en, *tiers in _rows(wanted, priced=prices is not None):
            known[pk] = Card(code, tuple(title for title in (en, zh) if title), tiers[0][0][1] if tiers else None)
            titles[code] = en or zh
        return known

    unknown = [None] * len(texts)
    stated = zip(texts, prices or unknown, langs or unknown, strict=True)
    lines = [Line(text, price, lang if lang in LANGUAGES else None) for text, price, lang in stated]
    found = []
    for line, answer in zip(lines, match(index, lines, cards, top=top), strict=True):
        candidates = tuple(Found(each.code, titles[each.code], each.score) for each in answer.candidates)
        result = LineMatch(line.text, candidates, answer.ties, answer.reason, bool(answer.reason and not candidates))
        found.append(_judged(_with_alias(result, aliases.get(_folded(line.text)), top)))
    return found


def _with_alias(found: LineMatch, alias: Found | None, top: int) -> LineMatch:
    if alias is None:
        return found
    others = tuple(replace(each, score=min(each.score, 0.5)) for each in found.candidates if each.code != alias.code)
    return LineMatch(found.text, (alias, *others)[:top])


def _judged(found: LineMatch) -> LineMatch:
    if found.reason or not found.candidates or found.candidates[0].score >= ORDER_FROM:
        return found
    if found.ties:
        return replace(
            found, reason=f"several goods fit equally: {', '.join([found.candidates[0].code, *found.ties[:4]])}"
        )
    best = found.candidates[0]
    return replace(found, reason=f"no good fits well enough; nearest {best.code} {best.title} ({best.score:.0%})")


def _folded(text: str) -> str:
    return " ".join(tokens(text))[:300]


def _aliases(texts: Sequence[str], buyer: str) -> dict[str, Found]:
    """Folded wording → the good that it was confirmed for; the buyer's own before everybody's."""
    wanted = sorted({_folded(text) for text in texts})
    found: dict[str, Found] = {}
    for start in range(0, len(wanted), _PAGE):
        rows = (
            Alias.objects.filter(
                wording__in=wanted[start : start + _PAGE], buyer__in={"", buyer}, product__state="listed"
            )
            .order_by("buyer")
            .values_list("wording", "product__code", "product__title_en", "product__title_zh")
        )
        found |= {wording: Found(code, en or zh, 1.0) for wording, code, en, zh in rows}
    return found


def _rows(wanted: Sequence[int], *, priced: bool) -> list[tuple[Any, ...]]:
    columns = ("pk", "code", "title_zh", "title_en", *(["tiers"] if priced else []))
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _PAGE):
        rows += Product.objects.filter(pk__in=wanted[start : start + _PAGE], state="listed").values_list(*columns)
    return rows
