"""Set-based reads and writes of the ledger's tables, one class a database.

Every call is one statement whatever the size of the batch (SQLite writes with one prepared statement, repeated).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from bolanggu.platform.ledger.book import Balance, Row

_BALANCE = "id, code, currency, limited, debits_posted, credits_posted, debits_pending, credits_pending"
_ROW = "id, row, kind, debit_id, credit_id, amount, currency, pending_id, expires_at, purpose, ref, linked"
_CLOSED = "(SELECT max(through) FROM ledger_closing WHERE market = %s)"
_LOCK = "SELECT sequence FROM journal_head WHERE market = %s"


class Tables(Protocol):
    """What posting needs of a database."""

    def lock(self, market: int) -> bool:
        """Hold the market's journal until the end of the transaction; False if nothing was ever written there."""

    def rows(self, ids: Collection[UUID]) -> list[Row]:
        """Transfers with these ids, and the endings of holds with these ids."""

    def balances(
        self, market: int, codes: Collection[str], ids: Collection[int]
    ) -> tuple[list[Balance], datetime | None]:
        """Accounts by code or id, locked in the order of their ids; and through when the market's books are closed."""

    def write(self, market: int, batch: int, at: datetime, rows: Sequence[Row], balances: Sequence[Balance]) -> None:
        """Insert the accepted rows and store the new balances."""


class PostgreSQL:
    """The ledger's tables on PostgreSQL: arrays in, one statement each."""

    def lock(self, market: int) -> bool:
        """See `Tables.lock`."""
        with connection.cursor() as cursor:
            cursor.execute(f"{_LOCK} FOR UPDATE", [market])
            return cursor.fetchone() is not None

    def rows(self, ids: Collection[UUID]) -> list[Row]:
        """See `Tables.rows`."""
        named = _array(ids)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_ROW} FROM ledger_transfer WHERE id = ANY(%s::uuid[])"  # noqa: S608 - constants
                f" UNION ALL SELECT {_ROW} FROM ledger_transfer"
                " WHERE pending_id = ANY(%s::uuid[]) AND pending_id IS NOT NULL AND NOT id = ANY(%s::uuid[])",
                [named, named, named],
            )
            return [Row._make(row) for row in cursor.fetchall()]

    def balances(
        self, market: int, codes: Collection[str], ids: Collection[int]
    ) -> tuple[list[Balance], datetime | None]:
        """See `Tables.balances`."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_BALANCE}, {_CLOSED} FROM ledger_account WHERE market = %s"  # noqa: S608 - constants
                " AND (code = ANY(%s) OR id = ANY(%s::bigint[])) ORDER BY id FOR NO KEY UPDATE",
                [market, market, list(codes), _array(ids)],
            )
            return _with_closing(cursor.fetchall())

    def write(self, market: int, batch: int, at: datetime, rows: Sequence[Row], balances: Sequence[Balance]) -> None:
        """See `Tables.write`."""
        made = list(zip(*rows, strict=True))
        currency, expires, purpose, ref = (list(made[i]) for i in (6, 8, 9, 10))
        sides = [[getattr(b, side) for b in balances] for side in ("id", *_SIDES)]
        with connection.cursor() as cursor:
            cursor.execute(
                _PG_WRITE,
                [
                    *(_array(made[i]) for i in range(6)),
                    currency,
                    _array(made[7]),
                    expires,
                    purpose,
                    ref,
                    _array(made[11]),
                    market,
                    batch,
                    at,
                    *(_array(side) for side in sides),
                ],
            )


_SIDES = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")
_PG_WRITE = f"""
WITH made AS (
    INSERT INTO ledger_transfer ({_ROW}, market, batch, at)
    SELECT t.*, m.* FROM unnest(%s::uuid[], %s::int[], %s::smallint[], %s::bigint[], %s::bigint[], %s::bigint[],
        %s::varchar[], %s::uuid[], %s::timestamptz[], %s::varchar[], %s::varchar[], %s::boolean[]) AS t,
        (VALUES (%s::smallint, %s::bigint, %s::timestamptz)) AS m
)
UPDATE ledger_account AS a
SET debits_posted = b.dp, credits_posted = b.cp, debits_pending = b.dh, credits_pending = b.ch
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS b(id, dp, cp, dh, ch)
WHERE a.id = b.id
"""  # noqa: S608 - constants


class SQLite:
    """The ledger's tables on SQLite: lists travel as JSON, writes repeat one prepared statement."""

    def lock(self, market: int) -> bool:
        """See `Tables.lock`; the transaction is immediate, so the whole database is held already."""
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [market])
            return cursor.fetchone() is not None

    def rows(self, ids: Collection[UUID]) -> list[Row]:
        """See `Tables.rows`."""
        named = json.dumps([i.hex for i in ids])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_ROW} FROM ledger_transfer WHERE id IN (SELECT value FROM json_each(%s))"  # noqa: S608
                f" UNION SELECT {_ROW} FROM ledger_transfer"
                " WHERE pending_id IS NOT NULL AND pending_id IN (SELECT value FROM json_each(%s))",
                [named, named],
            )
            return [_from_sqlite(row) for row in cursor.fetchall()]

    def balances(
        self, market: int, codes: Collection[str], ids: Collection[int]
    ) -> tuple[list[Balance], datetime | None]:
        """See `Tables.balances`."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_BALANCE}, {_CLOSED} FROM ledger_account WHERE market = %s"  # noqa: S608 - constants
                " AND (code IN (SELECT value FROM json_each(%s)) OR id IN (SELECT value FROM json_each(%s)))",
                [market, market, json.dumps(list(codes)), json.dumps(list(ids))],
            )
            return _with_closing(cursor.fetchall())

    def write(self, market: int, batch: int, at: datetime, rows: Sequence[Row], balances: Sequence[Balance]) -> None:
        """See `Tables.write`."""
        instant = _to_sqlite(at)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO ledger_transfer ({_ROW}, market, batch, at)"  # noqa: S608 - constants
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    (
                        row.id.hex,
                        *row[1:7],
                        row.pending.hex if row.pending else None,
                        _to_sqlite(row.expires_at),
                        *row[9:],
                        market,
                        batch,
                        instant,
                    )
                    for row in rows
                ],
            )
            cursor.executemany(
                "UPDATE ledger_account SET debits_posted = %s, credits_posted = %s, debits_pending = %s,"
                " credits_pending = %s WHERE id = %s",
                [(b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending, b.id) for b in balances],
            )


def tables() -> Tables:
    """The tables of the database that is connected."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def _array(values: Collection[Any]) -> str:
    """A PostgreSQL array literal of ids, numbers or flags; None is NULL."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def _with_closing(rows: Sequence[tuple[Any, ...]]) -> tuple[list[Balance], datetime | None]:
    closed = rows[0][-1] if rows else None
    return [Balance(*row[:-1]) for row in rows], instant(closed)


def _from_sqlite(row: tuple[Any, ...]) -> Row:
    pending = UUID(row[7]) if row[7] else None
    return Row._make((UUID(row[0]), *row[1:7], pending, instant(row[8]), row[9], row[10], bool(row[11])))


def _to_sqlite(at: datetime | None) -> str | None:
    return None if at is None else str(at.astimezone(UTC).replace(tzinfo=None))


def instant(stored: datetime | str | None) -> datetime | None:
    """A time as either database gives it, in UTC."""
    if isinstance(stored, str):
        stored = datetime.fromisoformat(stored)
    if stored is None or stored.tzinfo is not None:
        return stored
    return stored.replace(tzinfo=UTC)
