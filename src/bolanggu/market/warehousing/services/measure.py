"""Measure cartons (量方、过磅): what is measured stands beside what was promised, with who measured it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.warehousing.errors import NotInTheWarehouse
from bolanggu.market.warehousing.inputs import Measured
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires

_BATCH = 300


class LighterThanContents(ValueError):
    """A carton was measured lighter than what is in it."""

    code = "lighter_than_contents"


@requires("carton", "measure")
@transaction.atomic
def measure(*, by: Actor, at: datetime, measures: Sequence[Measured], reason: str) -> list[str]:
    """Write measures; those that differ from what stands are new versions. Returns the SSCCs whose measures changed.

    Raises
    ------
    NotInTheWarehouse
        A carton is not staged.
    LighterThanContents
        A gross mass is less than the contents' net mass.
    """
    of = {one.sscc: one for one in measures}
    cartons = _staged(sorted(of))
    for carton in cartons:
        if of[carton.sscc].gross_g < carton.net_g:
            raise LighterThanContents(
                f"carton {carton.sscc}: {of[carton.sscc].gross_g} g measured, but {carton.net_g} g are in it"
            )
    changed = [carton for carton in cartons if size_of(carton) != _size(of[carton.sscc])]
    facts = [(carton.sscc, facts_of(carton)) for carton in changed]
    versions.supersede(kind="carton", facts=facts, at=at, by=by, reason=reason)
    moved = {carton.sscc for carton in changed}
    for carton in cartons:
        carton.l_mm, carton.w_mm, carton.h_mm, carton.gross_g = _size(of[carton.sscc])
        carton.measured_at, carton.measured_source = at, by.source.value
        carton.version += carton.sscc in moved
    fields = ["l_mm", "w_mm", "h_mm", "gross_g", "measured_at", "measured_source", "version"]
    Carton.objects.bulk_update(cartons, fields, batch_size=_BATCH)
    if cartons:
        payload = {"cartons": len(cartons), "changed": len(changed), "reason": reason}
        outbox.write(kind="cartons.measured", subject=cartons[0].trade, at=at, by=by, payload=payload)
    return sorted(moved)


@requires("carton", "measure")
@transaction.atomic
def measured_as_promised(*, by: Actor, at: datetime, trade: str) -> int:
    """Note of all staged cartons of a trade that nobody measured that they measure what was promised; how many."""
    open_ = Carton.objects.filter(trade=trade, state=Carton.State.STAGED, measured_at=None)
    return open_.update(measured_at=at, measured_source=by.source.value)


def _staged(ssccs: Sequence[str]) -> list[Carton]:
    found: list[Carton] = []
    for start in range(0, len(ssccs), _BATCH):
        part = Carton.objects.select_for_update().filter(sscc__in=ssccs[start : start + _BATCH])
        found += part.order_by("sscc")
    states = {carton.sscc: carton.state for carton in found}
    for sscc in ssccs:
        if states.get(sscc) != Carton.State.STAGED:
            raise NotInTheWarehouse(
                f"carton {sscc} is {states.get(sscc, 'unknown')}; only a staged carton can be measured"
            )
    return found


def size_of(carton: Carton) -> tuple[int, int, int, int]:
    """Length, width, height in mm and gross mass in g as they stand."""
    return carton.l_mm, carton.w_mm, carton.h_mm, carton.gross_g


def _size(one: Measured) -> tuple[int, int, int, int]:
    return one.l_mm, one.w_mm, one.h_mm, one.gross_g


def facts_of(carton: Carton) -> dict[str, Any]:
    """What a carton says of itself, as JSON data."""
    names = ("l_mm", "w_mm", "h_mm", "gross_g", "net_g", "position", "of", "destination", "mark", "state")
    contents = list(carton.contents.order_by("line").values("line", "pieces", "net_g"))
    return {name: getattr(carton, name) for name in names} | {"contents": contents}
