"""Reading events: each named reader gets each event once, in order, and advances when its work commits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.platform.journal.models import Entry
from bolanggu.platform.outbox.models import Reader


@dataclass(frozen=True, slots=True)
class Event:
    """One event as read: its position, kind, subject, time, actor and facts."""

    position: int
    kind: str
    subject: str
    at: datetime
    actor: str
    source: str
    payload: dict[str, Any]


@contextmanager
def unread(name: str, *, limit: int = 1000, market: int = 1) -> Iterator[list[Event]]:
    """The next events for ``name``; its position advances in the same transaction as what is done with them."""
    with transaction.atomic():
        Reader.objects.get_or_create(market=market, name=name)
        reader = Reader.objects.select_for_update().get(market=market, name=name)
        rows = Entry.objects.filter(market=market, stream="event", sequence__gt=reader.position).order_by("sequence")
        events = [
            Event(e.sequence, e.kind, e.subject, e.at, e.actor, e.source, json.loads(e.payload)) for e in rows[:limit]
        ]
        yield events
        if events:
            reader.position = events[-1].position
            reader.save(update_fields=["position"])
