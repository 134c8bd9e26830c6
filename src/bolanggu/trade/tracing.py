"""Tracing (追溯): from any thing back to buyers' lines, and forward to everything made of it, with shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from bolanggu.platform.lineage.edges import Direction, Step
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.platform.lineage.walking import kinds, walk, walk_all
from bolanggu.trade.naming import Named, named

Thing = tuple[str, str]


class UnknownThing(LookupError):
    """Nothing goes by that id."""

    code = "unknown_thing"


def trace(number: str) -> dict[str, Any]:
    """The walk of one id as JSON data.

    Every id that a dossier prints can be walked. What stands for other things is walked from those: a container
    number or a seal from its box, a trade or a paper from the trade's lines, a receipt, charge or payout from its
    transfer, a booking from its boxes. ``about`` says in words what the id is, where it is not a thing of its own.

    Raises
    ------
    UnknownThing
        Nothing has that id.
    """
    known = kinds(number)
    if known:
        kind = known[0]
        return _answer(number, kind, "", walk(kind, number, "back"), _forward(kind, number))
    of = named(number)
    if of is None:
        raise UnknownThing(
            f"nothing goes by {number}: give the id of a trade, line, order, carton, container, declaration, item,"
            " transfer, receipt, charge, payout, paper or index point"
        )
    if of.is_one:
        kind, number = of.things[0]
        return _answer(number, kind, of.about, walk(kind, number, "back"), _forward(kind, number))
    return _answer(number, of.kind, of.about, _all(of, "back"), _all(of, "forward"))


def _forward(kind: str, number: str) -> list[Step]:
    """What became of a thing; of an order also what its lines became: cartons, boxes, declarations, index points."""
    steps = walk(kind, number, "forward")
    if kind != "order":
        return steps
    lines = EdgeRow.objects.filter(to_kind="order", to_id=number, from_kind="line", superseded=False)
    worth = {("line", line): minor for line, minor in lines.order_by("from_id").values_list("from_id", "minor")}
    return steps + walk_all(_shares(worth), "forward", without=("order", "money"))


def _all(of: Named, direction: Direction) -> list[Step]:
    return walk_all(_shares(_measures(of.things)), direction) if of.things else []


def _measures(things: Sequence[Thing]) -> dict[Thing, int]:
    """How much each thing counts among several: the pieces that went into or out of it, else one each."""
    found: dict[Thing, int] = dict.fromkeys(things, 0)
    for near, far in (("to", "from"), ("from", "to")):
        rows = EdgeRow.objects.filter(**{f"{near}_id__in": [number for _, number in things]}, superseded=False)
        for row in rows.filter(aspect__in=("goods", "order")).values(
            f"{near}_kind", f"{near}_id", "pieces", f"{far}_id"
        ):
            thing = (row[f"{near}_kind"], row[f"{near}_id"])
            if thing in found:
                found[thing] += row["pieces"]
        if any(found.values()):
            break
    return found


def _shares(measures: Mapping[Thing, int]) -> dict[Thing, Fraction]:
    whole = sum(measures.values())
    return {
        thing: Fraction(measure, whole) if whole else Fraction(1, len(measures)) for thing, measure in measures.items()
    }


def _answer(number: str, kind: str, about: str, back: list[Step], forward: list[Step]) -> dict[str, Any]:
    answer: dict[str, Any] = {"id": number, "kind": kind}
    if about:
        answer["about"] = about
    return answer | {"back": [_as_dict(step) for step in back], "forward": [_as_dict(step) for step in forward]}


def _as_dict(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "id": step.id,
        "aspect": step.aspect,
        "depth": step.depth,
        "share": f"{step.share.numerator}/{step.share.denominator}",
        "share_percent": round(float(100 * step.share), 6),
        "pieces": step.pieces,
        "grams": step.grams,
        "minor": step.minor,
        "currency": step.currency,
    }
