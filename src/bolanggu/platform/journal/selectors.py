"""Reading the journal: the chain's faults, entries of a subject, the head."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.platform.journal.chain import Break, Record, breaks
from bolanggu.platform.journal.models import Entry, Head, Seal
from bolanggu.platform.journal.services import sealed_message


def head(market: int = 1) -> tuple[int, str]:
    """Sequence and hash (hex) of the last entry; (0, zeros) before the first."""
    found = Head.objects.filter(market=market).first()
    return (found.sequence, bytes(found.hash).hex()) if found else (0, bytes(32).hex())


def last_of(subject: str, market: int = 1) -> tuple[int, str]:
    """Sequence and hash (hex) of the last event about a subject; (0, zeros) if there is none."""
    found = Entry.objects.filter(market=market, stream="event", subject=subject).order_by("-sequence").first()
    return (found.sequence, bytes(found.hash).hex()) if found else (0, bytes(32).hex())


def _chain(market: int) -> Iterator[tuple[int, int, Record, bytes, bytes]]:
    fields = ("sequence", "stream", "kind", "subject", "at", "actor", "source", "payload", "previous", "hash")
    rows = Entry.objects.filter(market=market).order_by("sequence").values_list(*fields)
    for sequence, *stated, previous, stored in rows.iterator(chunk_size=5000):
        yield market, sequence, Record(*stated), bytes(previous), bytes(stored)


def faults(market: int = 1) -> list[Break]:
    """Every place where the chain, its head or a seal does not hold; empty when all is well."""
    hashes: dict[int, bytes] = {}

    def remembered() -> Iterator[tuple[int, int, Record, bytes, bytes]]:
        for row in _chain(market):
            hashes[row[1]] = row[4]
            yield row

    found = list(breaks(remembered()))
    sequence, stored = head(market)
    if sequence != max(hashes, default=0) or (hashes and hashes[max(hashes)].hex() != stored):
        found.append(Break(sequence, f"the head names entry {sequence}, which does not end the chain"))
    return found + [Break(s.sequence, why) for s, why in _bad_seals(market, hashes)]


def _bad_seals(market: int, hashes: dict[int, bytes]) -> Iterator[tuple[Seal, str]]:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for made in Seal.objects.filter(market=market):
        if made.sequence and hashes.get(made.sequence) != bytes(made.hash):
            yield made, f"the seal over entry {made.sequence} covers another history"
            continue
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(made.key)).verify(
                bytes(made.signature), sealed_message(market, made.sequence, bytes(made.hash))
            )
        except InvalidSignature:
            yield made, f"the seal over entry {made.sequence} is not signed by its key"
