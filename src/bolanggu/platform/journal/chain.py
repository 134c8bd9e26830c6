"""The hash chain: canonical bytes of an entry, and its hash over the one before. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Record:
    """What an entry states, before it has its place in the chain."""

    stream: str
    kind: str
    subject: str
    at: datetime
    actor: str
    source: str
    payload: str


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: the same data always give the same text.

    >>> canonical({"b": 1, "a": "货"})
    '{"a":"货","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def instant(at: datetime) -> str:
    """A time in UTC to the microsecond, in one fixed form."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(previous: bytes, market: int, sequence: int, record: Record) -> bytes:
    """SHA-256 over the previous hash and every field, each preceded by its length in bytes."""
    digest = hashlib.sha256(previous)
    fields = (
        str(market),
        str(sequence),
        record.stream,
        record.kind,
        record.subject,
        instant(record.at),
        record.actor,
        record.source,
        record.payload,
    )
    for field in fields:
        raw = field.encode()
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.digest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why."""

    sequence: int
    why: str


def breaks(rows: Iterable[tuple[int, int, Record, bytes, bytes]]) -> Iterator[Break]:
    """Walk (market, sequence, record, previous, hash) in order and name every place that does not hold."""
    expected, before = 1, GENESIS
    for market, sequence, record, previous, stored in rows:
        if sequence != expected:
            yield Break(sequence, f"entry {expected} is missing before entry {sequence}")
        if previous != before:
            yield Break(sequence, f"entry {sequence} does not follow from the entry before it")
        if entry_hash(previous, market, sequence, record) != stored:
            yield Break(sequence, f"entry {sequence} is not what was written")
        expected, before = sequence + 1, stored
