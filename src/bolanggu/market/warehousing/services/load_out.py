"""Cartons leave the warehouse into a container, and come back when it is opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.warehousing.models import Carton
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("container", "load")
@transaction.atomic
def load_out(*, by: Actor, at: datetime, ssccs: Sequence[str]) -> int:
    """Cartons leave the warehouse into a container; loaded ones stay so."""
    moved = 0
    for start in range(0, len(ssccs), 500):
        part = Carton.objects.filter(sscc__in=ssccs[start : start + 500], state=Carton.State.STAGED)
        moved += part.update(state=Carton.State.LOADED)
    if moved:
        outbox.write(kind="cartons.loaded", subject=ssccs[0], at=at, by=by, payload={"cartons": moved})
    return moved


@requires("container", "load")
@transaction.atomic
def take_back(*, by: Actor, at: datetime, ssccs: Sequence[str], reason: str) -> int:
    """Cartons come back from a container that was opened before it left; staged ones stay so."""
    moved = 0
    for start in range(0, len(ssccs), 500):
        part = Carton.objects.filter(sscc__in=ssccs[start : start + 500], state=Carton.State.LOADED)
        moved += part.update(state=Carton.State.STAGED)
    if moved:
        payload = {"cartons": moved, "reason": reason}
        outbox.write(kind="cartons.taken_back", subject=ssccs[0], at=at, by=by, payload=payload)
    return moved
