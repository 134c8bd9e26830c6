"""Writing events: one or many, in the transaction of the deed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
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
    records = [Record("event", n.kind, n.subject, at, by.name, by.source.value, canonical(n.payload)) for n in notices]
    waiting = _WAITING.get()
    if waiting is None:
        _append(records)
    else:
        waiting += records


_WAITING: ContextVar[list[Record] | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Keep the events of the deeds within, and write them at the end: one lock of the head, held as short as can be.

    It stands inside the transaction of those deeds; where they fail, nothing is written.
    """
    if _WAITING.get() is not None:
        yield
        return
    kept = _WAITING.set([])
    try:
        yield
        _append(_WAITING.get() or [])
    finally:
        _WAITING.reset(kept)


def _append(records: Sequence[Record]) -> None:
    from bolanggu.platform.journal.services import append

    if records:
        append(records)
