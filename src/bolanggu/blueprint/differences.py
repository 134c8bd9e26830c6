"""Differences (修订比对): what a newly read text would change in the tree, line by line, with the reason.

Figures become observations of the indicators whose names they bear; goals, scenes and the like are found again by
their words or proposed as new; targets are proposed with their year, with a number only where the text gives one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bolanggu.blueprint.sentences import mended
from bolanggu.blueprint.vintages import Relation, Stated, relation
from bolanggu.engines.figures import Commitment, Figure, Reading

_NUMBER = re.compile(r"(?P<whole>\d[\d,，]*)(?:[.．](?P<part>\d+))?")
_KINDS = {
    "goal": "goal",
    "track": "track",
    "scene": "scene",
    "measure": "measure",
    "task": "task",
    "principle": "principle",
}
#: share of letters of a label that must stand in the words for the words to name it
_LIKE = 0.99
_LETTER = re.compile(r"[^\w]")


@dataclass(frozen=True, slots=True)
class Line:
    """One change: ``add`` or ``mention`` of an observation, indicator, node or target, its data and the reason."""

    act: str
    thing: str
    code: str
    after: dict[str, Any]
    note: str = ""
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the tree knows.

    ``indicators``: (name, ``growth`` or empty, unit) → code; ``values`` by (indicator, period, comparator); ``labels``
    of boxes by kind and code; ``spans`` of boxes and targets that this very document gave already, with their codes;
    ``read`` the spans of its figures that are observed already.
    """

    indicators: Mapping[tuple[str, str, str], str]
    values: Mapping[tuple[str, str, str], Sequence[Stated]]
    labels: Mapping[str, Mapping[str, str]]
    spans: Sequence[tuple[int, int, str]] = ()
    read: Sequence[tuple[str, int, int]] = ()


def precision(figure: Figure) -> Decimal:
    """Worth of the last digit that the text gives, in the unit of the value; 0 where no digit stands.

    >>> from bolanggu.engines.figures import read
    >>> precision(read("2025年GDP达2693.3亿元。").figures[0])
    Decimal('10000000')
    """
    hit = _NUMBER.search(figure.text)
    number = Decimal(re.sub("[,，]", "", hit["whole"]) + "." + (hit["part"] or "0")) if hit else Decimal(0)
    if hit is None or not number:
        return Decimal(0)
    multiplier = abs(Decimal(str(figure.value))) / number
    return (multiplier * Decimal(1).scaleb(-len(hit["part"] or ""))).quantize(Decimal("0.000001")).normalize() + 0


def lines(reading: Reading, standing: Standing, document_kind: str, vintage: str) -> list[Line]:
    """Every change that a text proposes, figures first."""
    aims = [one for one in reading.commitments if one.kind == "target"]
    seen = [figure for figure in reading.figures if not _inside(figure, aims)]
    figures = list(_figures(seen, standing, document_kind, vintage))
    return [*figures, *_nodes(reading.commitments, standing)]


def _inside(figure: Figure, aims: Sequence[Commitment]) -> bool:
    """True if the figure belongs to a target: what is to be is no observation."""
    return any(aim.start <= figure.start and figure.end <= aim.end for aim in aims)


def _figures(figures: Sequence[Figure], standing: Standing, kind: str, vintage: str) -> Iterator[Line]:
    proposed: set[str] = set()
    taken = set(standing.indicators.values())
    for figure in figures:
        growth = "growth" if figure.kind == "growth" else ""
        code = standing.indicators.get((figure.indicator, growth, figure.unit))
        if code is None:
            code = _code(figure, taken)
            if code not in proposed:
                proposed.add(code)
                yield Line("add", "indicator", code, _indicator(figure), "no indicator has this name")
        if any(code == known and figure.start < end and start < figure.end for known, start, end in standing.read):
            continue
        after = _observation(figure, code)
        yield Line("add", "observation", code, after, _note(figure, after, standing, kind, vintage))


def _code(figure: Figure, taken: set[str]) -> str:
    """A code of the indicator's name; with its unit where the bare name is taken."""
    bare = f"{figure.indicator}{'_GROWTH' if figure.kind == 'growth' else ''}"[:36]
    return f"{bare}_{figure.unit}"[:40] if bare in taken else bare


def _indicator(figure: Figure) -> dict[str, Any]:
    growth = figure.kind == "growth"
    natures = {"growth": "rate", "rank": "rank", "share": "share", "change": "rate", "difference": "rate"}
    return {
        "label_zh": figure.indicator + ("增速" if growth else ""),
        "names": [] if growth else [figure.indicator],
        "unit": figure.unit,
        "nature": natures.get(figure.kind, "flow" if figure.unit in {"元", "美元", "人次"} else "stock"),
        "direction": -1 if figure.kind == "rank" else 1,
        "base": figure.indicator if growth else "",
    }


def _observation(figure: Figure, code: str) -> dict[str, Any]:
    return {
        "indicator": code,
        "period": figure.period or "",
        "value": str(Decimal(str(figure.value))),
        "precision": f"{precision(figure):f}",
        "bound": figure.bound,
        "status": "E" if "预计" in (figure.qualifier or "") else "A",
        "comparator": (figure.scope or "")[:60],
        "qualifier": (figure.qualifier or "")[:60],
        "start": figure.start,
        "end": figure.end,
    }


def _note(figure: Figure, after: dict[str, Any], standing: Standing, kind: str, vintage: str) -> str:
    known = standing.values.get((after["indicator"], after["period"], after["comparator"]), ())
    if not after["period"]:
        return "the text does not settle the period"
    if not known:
        return "new"
    own = Stated(0, Decimal(after["value"]), Decimal(after["precision"]), figure.bound, kind, vintage)
    relations = {relation(own, one) for one in known}
    worst = next(
        (r for r in (Relation.DIFFERS, Relation.OTHER_BASIS, Relation.ROUNDED) if r in relations), Relation.AGREES
    )
    return worst.value


def _nodes(commitments: Sequence[Commitment], standing: Standing) -> Iterator[Line]:
    codes: dict[int, str] = {}
    for at, commitment in enumerate(commitments):
        words = mended(commitment.text)
        place = {"start": commitment.start, "end": commitment.end}
        given = _given(commitment, standing.spans)
        if given:
            codes[at] = given
            continue
        if commitment.kind == "target":
            yield _target(commitment, words, codes.get(commitment.parent if commitment.parent is not None else -1))
            continue
        named = _named(words, commitment.kind, standing)
        codes[at] = named or f"{commitment.kind}-{commitment.start}"
        if named:
            yield Line("mention", "node", named, place, "the plan is drawn on")
        else:
            parent = codes.get(commitment.parent) if commitment.parent is not None else None
            after = {
                "kind": _KINDS[commitment.kind],
                "label_zh": words[:120],
                "driver_zh": (commitment.lever or "")[:80],
                "parent": parent,
                **place,
            }
            yield Line("add", "node", codes[at], after, "no box has these words")


def _given(commitment: Commitment, spans: Sequence[tuple[int, int, str]]) -> str | None:
    """Code of the box that this document gave already at this place: at least half of the shorter span is shared."""
    for start, end, code in spans:
        shared = min(end, commitment.end) - max(start, commitment.start)
        if 2 * shared >= min(end - start, commitment.end - commitment.start) > 0:
            return code
    return None


def _target(commitment: Commitment, words: str, node: str | None) -> Line:
    after = {
        "label_zh": words[:120],
        "by": commitment.by or "",
        "node": node,
        "start": commitment.start,
        "end": commitment.end,
        "indicator": commitment.indicator if commitment.measurable else None,
        "value": str(commitment.value) if commitment.measurable and commitment.value is not None else None,
    }
    note = "new" if commitment.measurable else "no number: not assessable"
    return Line("add", "target", f"target-{commitment.by or 'undated'}-{commitment.start}", after, note)


def _named(words: str, kind: str, standing: Standing) -> str | None:
    """Code of the box that the words name: the longest label that stands in them, of the same kind first."""
    bare = _LETTER.sub("", words)
    for kinds in ((kind,), tuple(standing.labels)):
        found = [
            (len(label), code)
            for one in kinds
            for code, label in standing.labels.get(one, {}).items()
            if len(label) > 1 and _LETTER.sub("", label) in bare
        ]
        longest = max(found, default=None)
        if longest is not None and (kinds == (kind,) or longest[0] >= _LIKE * len(bare)):
            return longest[1]
    return None
