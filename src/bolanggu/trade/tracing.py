"""Tracing (追溯): from any thing back to buyers' lines, and forward to everything made of it, with shares."""

from __future__ import annotations

from typing import Any

from bolanggu.market.consolidation.models import Equipment
from bolanggu.platform.lineage.edges import Step
from bolanggu.platform.lineage.walking import kinds, walk


class UnknownThing(LookupError):
    """Nothing goes by that id."""

    code = "unknown_thing"


def trace(number: str) -> dict[str, Any]:
    """The walk of one id as JSON data. An ISO 6346 number stands for the boxes loaded into that container.

    Raises
    ------
    UnknownThing
        No line, order, carton, container, customs item, transfer or index point has that id.
    """
    kind, number = _thing(number)
    return {
        "id": number,
        "kind": kind,
        "back": [_as_dict(step) for step in walk(kind, number, "back")],
        "forward": [_as_dict(step) for step in walk(kind, number, "forward")],
    }


def _thing(number: str) -> tuple[str, str]:
    known = kinds(number)
    if not known:
        loaded = Equipment.objects.filter(number=number).order_by("-pk").values_list("plan__number", flat=True).first()
        if loaded is None:
            raise UnknownThing(
                f"nothing goes by {number}: give the id of a line, order, carton, container, item or transfer"
            )
        return "container", loaded
    return known[0], number


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
