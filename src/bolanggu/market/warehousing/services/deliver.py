"""Cartons are delivered at the other end, or are missing when the box is opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.warehousing.errors import NotInTheWarehouse
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("carton", "deliver")
@transaction.atomic
def deliver(*, by: Actor, at: datetime, ssccs: Sequence[str]) -> int:
    """Loaded cartons are handed over to the consignee; delivered and missing ones stay so."""
    return _mark(Carton.State.DELIVERED, ssccs, by=by, at=at, kind="cartons.delivered")


@requires("carton", "deliver")
@transaction.atomic
def miss(*, by: Actor, at: datetime, ssccs: Sequence[str]) -> int:
    """Loaded cartons are not in the box that was opened; those missed before stay so.

    Raises
    ------
    NotInTheWarehouse
        A carton was never loaded, or is delivered.
    """
    states = dict(Carton.objects.select_for_update().filter(sscc__in=list(ssccs)).values_list("sscc", "state"))
    for sscc in ssccs:
        if states.get(sscc) not in {Carton.State.LOADED, Carton.State.MISSING}:
            raise NotInTheWarehouse(f"carton {sscc} is {states.get(sscc, 'unknown')}; only a loaded one can be missing")
    return _mark(Carton.State.MISSING, ssccs, by=by, at=at, kind="cartons.missing")


def _mark(state: str, ssccs: Sequence[str], *, by: Actor, at: datetime, kind: str) -> int:
    moved = 0
    for start in range(0, len(ssccs), 500):
        part = Carton.objects.filter(sscc__in=ssccs[start : start + 500], state=Carton.State.LOADED)
        moved += part.update(state=state)
    if moved:
        outbox.write(kind=kind, subject=ssccs[0], at=at, by=by, payload={"cartons": moved, "ssccs": list(ssccs[:50])})
    return moved
