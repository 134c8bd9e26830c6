"""Capture documents of others: EPCIS 2.0 and DCSA T&T events, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.tracking.dcsa import happening_of
from bolanggu.market.tracking.epcis import happenings_of
from bolanggu.market.tracking.happening import Happening
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.market.tracking.services.capture import store
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.fault import Fault


class EventKnown(ValueError):
    """An event with the same hash stands already: it is the same event."""

    code = "event_known"


@dataclass(frozen=True, slots=True)
class Captured:
    """What a capture did: names of new events, names of known ones, and what could not be read."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    faults: tuple[Fault, ...]


@requires("tracking", "capture")
@transaction.atomic
def capture_epcis(
    *, by: Actor, at: datetime, events: Sequence[Any], proceed: bool = False, refuse_known: bool = False
) -> Captured:
    """Capture EPCIS events, all or none (``rollback``), or with ``proceed`` those that can be read.

    An event with an ``errorDeclaration`` declares the one with the same facts an error: that one is void from then on.

    Raises
    ------
    EventKnown
        With ``refuse_known``, an event stands already.
    Fault
        Without ``proceed``, the first event that cannot be read.
    """
    read: list[Happening] = []
    faults: list[Fault] = []
    for row, event in enumerate(events, 1):
        try:
            read += happenings_of(event, row=row)
        except Fault as fault:
            if not proceed:
                raise
            faults.append(fault)
    errors = [h.event_id for h in read if h.body and "errorDeclaration" in h.body]
    TrackingEvent.objects.filter(market=1, event_id__in=errors).update(void=True)
    standing = [h for h in read if h.event_id not in errors]
    return _kept(standing, faults, by=by, at=at, refuse_known=refuse_known)


@requires("tracking", "capture")
@transaction.atomic
def capture_dcsa(*, by: Actor, at: datetime, events: Sequence[Any]) -> Captured:
    """Capture DCSA events, all or none; those known already change nothing."""
    read = [happening_of(event, row=row) for row, event in enumerate(events, 1)]
    return _kept(read, [], by=by, at=at, refuse_known=False)


def _kept(
    read: Sequence[Happening], faults: Sequence[Fault], *, by: Actor, at: datetime, refuse_known: bool
) -> Captured:
    names = dict.fromkeys(h.event_id for h in read)
    known = set(TrackingEvent.objects.filter(market=1, event_id__in=list(names)).values_list("event_id", flat=True))
    if refuse_known and known:
        raise EventKnown(f"the event {min(known)} stands already; the same hash is the same event")
    store([_with_trade(h) for h in read if h.event_id not in known], by=by, at=at)
    new = tuple(name for name in names if name not in known)
    return Captured(new, tuple(name for name in names if name in known), tuple(faults))


def _with_trade(happening: Happening) -> Happening:
    """The happening with the trade that earlier events of its thing name, where it names none."""
    if happening.trade:
        return happening
    earlier = TrackingEvent.objects.filter(market=1, thing=happening.thing).exclude(trade="").order_by("-position")
    row = earlier.values_list("trade", flat=True).first()
    return replace(happening, trade=row) if row else happening
