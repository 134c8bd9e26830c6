"""Canonical bytes of a batch: what the journal's hash vouches for. Fixed order, fixed widths, big-endian.

A row is: id (16 bytes), row (4), kind (1), linked (1), debit and credit account id (8 each), amount (8), at and
expires_at (8 each, microseconds since 1970 in UTC, 0 for none), pending (16, zeros for none), currency (3 bytes),
then purpose and ref, each UTF-8 after its length (2 bytes).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bolanggu.platform.ledger.book import Row

_FIXED = struct.Struct(">16sIBBqqqqq16s3s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NOBODY = bytes(16)


def micros(at: datetime | None) -> int:
    """Microseconds since 1970 in UTC; 0 for None.

    >>> micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return 0 if at is None else (at - _EPOCH) // _MICROSECOND


def digest(rows: Iterable[Row], at: datetime) -> str:
    """SHA-256 (hex) over the canonical bytes of the accepted rows of one batch that was posted ``at``."""
    instant = micros(at)
    return hashlib.sha256(b"".join([_packed(row, instant) for row in rows])).hexdigest()


def _packed(row: Row, instant: int) -> bytes:
    identity, place, kind, debit, credit, amount, currency, pending, expires_at, purpose, ref, linked = row
    what, whose = purpose.encode(), ref.encode()
    fixed = _FIXED.pack(
        identity.int.to_bytes(16, "big"),
        place,
        kind,
        linked,
        debit,
        credit,
        amount,
        instant,
        micros(expires_at),
        pending.bytes if pending else _NOBODY,
        currency.encode(),
    )
    return b"".join((fixed, len(what).to_bytes(2, "big"), what, len(whose).to_bytes(2, "big"), whose))
