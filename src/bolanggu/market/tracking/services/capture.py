"""Capture events: the same event again changes nothing, a late or early one finds its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.tracking.happening import Happening
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.numbering.services import take


@requires("tracking", "capture")
@transaction.atomic
def capture(*, by: Actor, at: datetime, happenings: Sequence[Happening]) -> int:
    """Store events that are not known yet and return how many were new."""
    return store(happenings, by=by, at=at)


def store(happenings: Sequence[Happening], *, by: Actor, at: datetime) -> int:
    """Store what is new, in the transaction of the act; positions are taken one act at a time."""
    known = {
        pair
        for start in range(0, len(happenings), 500)
        for pair in TrackingEvent.objects.filter(
            market=1, event_id__in={h.event_id for h in happenings[start : start + 500]}
        ).values_list("event_id", "thing")
    }
    fresh = {(h.event_id, h.thing): h for h in happenings if (h.event_id, h.thing) not in known}
    if not fresh:
        return 0
    first = take("tracking_event", len(fresh))
    rows = [_row(h, position, by, at) for position, h in enumerate(fresh.values(), first)]
    TrackingEvent.objects.bulk_create(rows, batch_size=300)
    subjects = sorted({h.trade or h.thing for h in fresh.values()})
    outbox.write_many([outbox.Notice("tracking.captured", subject) for subject in subjects], at=at, by=by)
    return len(fresh)


def _row(happening: Happening, position: int, by: Actor, at: datetime) -> TrackingEvent:
    return TrackingEvent(
        position=position,
        event_id=happening.event_id,
        trade=happening.trade,
        thing_kind=happening.thing_kind,
        thing=happening.thing,
        tense=happening.tense.value,
        milestone=happening.milestone,
        place=happening.place,
        happens_at=happening.happens_at,
        detail=happening.detail,
        form=happening.form,
        body=happening.body,
        source=by.source.value,
        stated_at=at,
    )
