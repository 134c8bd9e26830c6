"""Writing to the journal: append under the head's lock, and seal the head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.platform.bulk import insert
from bolanggu.platform.journal.chain import GENESIS, Record, entry_hash
from bolanggu.platform.journal.models import Entry, Head, Seal

_STATED = Record.__slots__


@transaction.atomic
def append(records: Sequence[Record], *, market: int = 1) -> tuple[int, bytes]:
    """Append records in order and return the sequence and hash of the new head.

    Must run inside the transaction of the deed. The head row is the serialisation point of a market: call
    it late in the transaction. No records are no entry.
    """
    head = _locked_head(market)
    sequence, previous = head.sequence, bytes(head.hash)
    rows = []
    for record in records:
        sequence += 1
        hashed = entry_hash(previous, market, sequence, record)
        rows.append((market, sequence, *(getattr(record, name) for name in _STATED), previous, hashed))
        previous = hashed
    insert(Entry, ("market", "sequence", *_STATED, "previous", "hash"), rows)
    Head.objects.filter(pk=head.pk).update(sequence=sequence, hash=previous)
    return sequence, previous


def _locked_head(market: int) -> Head:
    head = Head.objects.select_for_update().filter(market=market).first()
    if head is None:
        Head.objects.get_or_create(market=market, defaults={"sequence": 0, "hash": GENESIS})
        head = Head.objects.select_for_update().get(market=market)
    return head


@transaction.atomic
def seal(*, private_key: bytes, at: datetime, market: int = 1) -> Seal:
    """Sign the head of the chain with an Ed25519 key (32 raw bytes); the same head and key seal once."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    head = _locked_head(market)
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    public = key.public_key().public_bytes_raw().hex()
    message = sealed_message(market, head.sequence, bytes(head.hash))
    made, _ = Seal.objects.get_or_create(
        market=market,
        sequence=head.sequence,
        key=public,
        defaults={"hash": bytes(head.hash), "signature": key.sign(message), "at": at},
    )
    return made


def sealed_message(market: int, sequence: int, head: bytes) -> bytes:
    """The bytes that a seal signs."""
    return b"bolanggu journal\n" + f"{market}\n{sequence}\n{head.hex()}\n".encode()
