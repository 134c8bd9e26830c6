"""Capture events: the same event again changes nothing, a late or early one finds its place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.journal.chain import canonical, instant
from bolanggu.values.evidence import Tense


@dataclass(frozen=True, slots=True)
class Happening:
    """A milestone of a thing at a place and time, planned, estimated or actual."""

    trade: str
    thing_kind: str
    thing: str
    tense: Tense
    milestone: str
    place: str
    happens_at: datetime
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def event_id(self) -> str:
        """Hash of the event's own facts (RFC 6920 name), the same on every system that states them."""
        facts = [self.thing, self.tense.value, self.milestone, self.place, instant(self.happens_at)]
        return f"ni:///sha-256;{hashlib.sha256(canonical(facts).encode()).hexdigest()}"


@requires("tracking", "capture")
@transaction.atomic
def capture(*, by: Actor, at: datetime, happenings: Sequence[Happening]) -> int:
    """Store events that are not known yet and return how many were new."""
    known = set(
        TrackingEvent.objects.filter(event_id__in=[h.event_id for h in happenings]).values_list("event_id", flat=True)
    )
    fresh = {h.event_id: h for h in happenings if h.event_id not in known}
    TrackingEvent.objects.bulk_create(
        [
            TrackingEvent(
                event_id=event_id,
                trade=h.trade,
                thing_kind=h.thing_kind,
                thing=h.thing,
                tense=h.tense.value,
                milestone=h.milestone,
                place=h.place,
                happens_at=h.happens_at,
                detail=h.detail,
                source=by.source.value,
                stated_at=at,
            )
            for event_id, h in fresh.items()
        ],
        batch_size=300,
    )
    trades = sorted({h.trade for h in fresh.values()})
    outbox.write_many([outbox.Notice("tracking.captured", trade) for trade in trades], at=at, by=by)
    return len(fresh)
