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
    made = hashlib.sha256()
    instant = micros(at)
    for row in rows:
        purpose, ref = row.purpose.encode(), row.ref.encode()
        made.update(
            _FIXED.pack(
                row.id.bytes,
                row.row,
                row.kind,
                row.linked,
                row.debit,
                row.credit,
                row.amount,
                instant,
                micros(row.expires_at),
                row.pending.bytes if row.pending else _NOBODY,
                row.currency.encode(),
            )
            + len(purpose).to_bytes(2, "big")
            + purpose
            + len(ref).to_bytes(2, "big")
            + ref
        )
    return made.hexdigest()
