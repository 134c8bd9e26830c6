"""Writing events: one or many, in the transaction of the deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.journal.chain import Record, canonical


@dataclass(frozen=True, slots=True)
class Notice:
    """What one event says: ``order.placed`` of order ``YW-1``, with its facts."""

    kind: str
    subject: str
    payload: Mapping[str, Any] = field(default_factory=dict)


def write(*, kind: str, subject: str, at: datetime, by: Actor, payload: Mapping[str, Any] | None = None) -> None:
    """Write one event in the current transaction."""
    write_many([Notice(kind, subject, payload or {})], at=at, by=by)


def write_many(notices: Sequence[Notice], *, at: datetime, by: Actor) -> None:
    """Write events in order in the current transaction, with one lock of the journal's head."""
    from bolanggu.platform.journal.services import append

    append([Record("event", n.kind, n.subject, at, by.name, by.source.value, canonical(n.payload)) for n in notices])
