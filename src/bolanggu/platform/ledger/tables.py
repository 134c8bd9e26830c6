"""What posting needs of a database: read all that a batch names under the journal's lock, and write it back.

One class a database: `sqlite_tables.SQLite`, `postgresql_tables.PostgreSQL`. Every read and write is set-based.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from bolanggu.platform.journal.chain import Record, entry_hash
from bolanggu.platform.ledger.book import Balance, Row
from bolanggu.platform.ledger.plain_batch import Change, Known

BALANCE = "id, code, currency, limited, debits_posted, credits_posted, debits_pending, credits_pending"
ROW = "id, row, kind, debit_id, credit_id, amount, currency, pending_id, expires_at, purpose, ref, linked"
ENTRY = "market, sequence, stream, kind, subject, at, actor, source, payload, previous, hash"


#: Transfers, accounts, and through when the books are closed.
Read = tuple[list[Row], list[Balance], datetime | None]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a market's journal, held until the transaction ends."""

    market: int
    sequence: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch names: its transfers, the holds they end, account codes."""

    ids: Collection[UUID]
    holds: Collection[UUID]
    codes: Collection[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of what a batch names, and through when the market's books are closed."""

    head: Head
    rows: list[Row]
    balances: list[Balance]
    closed_through: datetime | None


@dataclass(frozen=True, slots=True)
class Glance:
    """What seemed to stand when it was read without a lock."""

    rows: list[Row]
    balances: list[Balance]
    closed_through: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """An accepted batch: its entry in the journal, its transfers, and the balances after it."""

    record: Record
    at: datetime
    rows: Sequence[Row]
    balances: Sequence[Balance]


@dataclass(frozen=True, slots=True)
class Added:
    """A batch accepted without a lock: its entry in the journal, its transfers, and what it adds to balances."""

    record: Record
    at: datetime
    rows: Sequence[Row]
    changes: Sequence[Change]


class Tables(Protocol):
    """What posting needs of a database."""

    def lock(self, market: int) -> bool:
        """Hold the market's journal until the end of the transaction; False if nothing was ever written there."""

    def read(self, market: int, asked: Asked) -> Standing | None:
        """Lock the journal, then read what the batch names; None if nothing was ever written in the market."""

    def known(self, market: int, codes: Collection[str]) -> Mapping[str, Known] | None:
        """What these accounts are, for `add`; None where one does not exist, or where it is not worth trying."""

    def glance(self, market: int, asked: Asked) -> Glance | None:
        """Read accounts and holds without a lock, for `add`; None where it is not worth trying."""

    def write(self, head: Head, written: Written) -> None:
        """Append the entry to the journal, insert the transfers, store the balances."""

    def add(self, market: int, added: Added, codes: Collection[str]) -> bool:
        """Try to write what was decided without a lock: append, insert, add to the balances; False if refused.

        The database refuses what a lock would have shown: an id that came to stand, a hold that ended, a limit, a
        closed period. Nothing is left then. Outside a transaction it is one by itself. ``codes`` are those of the
        accounts: what was remembered of them is forgotten where the database refuses.
        """


def tables() -> Tables:
    """Give the tables of the database that is connected."""
    if connection.vendor == "postgresql":
        from bolanggu.platform.ledger.postgresql_tables import PostgreSQL

        return PostgreSQL()
    from bolanggu.platform.ledger.sqlite_tables import SQLite

    return SQLite()


def entry_values(head: Head, record: Record) -> tuple[Any, ...]:
    """Columns of the journal's next entry, as `ENTRY` names them."""
    sequence = head.sequence + 1
    hashed = entry_hash(head.hash, head.market, sequence, record)
    stated = (record.stream, record.kind, record.subject, record.at, record.actor, record.source, record.payload)
    return (head.market, sequence, *stated, head.hash, hashed)


def with_closing(rows: Sequence[tuple[Any, ...]]) -> tuple[list[Balance], datetime | None]:
    """Balances from rows whose last column says through when the books are closed."""
    closed = rows[0][-1] if rows else None
    return [Balance(*row[:-1]) for row in rows], instant(closed)


def instant(stored: datetime | str | None) -> datetime | None:
    """A time as either database gives it, in UTC."""
    if isinstance(stored, str):
        stored = datetime.fromisoformat(stored)
    if stored is None or stored.tzinfo is not None:
        return stored
    return stored.replace(tzinfo=UTC)
