"""The ledger's tables on SQLite: lists travel as JSON, writes repeat one prepared statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from bolanggu.platform.ledger.book import Row
from bolanggu.platform.ledger.tables import (
    BALANCE,
    ENTRY,
    ROW,
    Added,
    Asked,
    Head,
    Standing,
    Written,
    entry_values,
    instant,
    with_closing,
)

_LOCK = "SELECT sequence, hash FROM journal_head WHERE market = %s"
_LISTED = "(SELECT value FROM json_each(%s))"
_ROWS = f"""SELECT {ROW} FROM ledger_transfer WHERE id IN {_LISTED}
UNION SELECT {ROW} FROM ledger_transfer WHERE pending_id IS NOT NULL AND pending_id IN {_LISTED}"""  # noqa: S608
_BALANCES = f"""SELECT {BALANCE}, (SELECT max(through) FROM ledger_closing WHERE market = %s) FROM ledger_account
WHERE (market = %s AND code IN {_LISTED}) OR id IN {_LISTED}"""  # noqa: S608 - constants
_ENTRY = f"INSERT INTO journal_entry ({ENTRY}) VALUES ({', '.join(['%s'] * 11)})"  # noqa: S608 - constants
_HEAD = "UPDATE journal_head SET sequence = %s, hash = %s WHERE market = %s"
_TRANSFERS = f"""INSERT INTO ledger_transfer ({ROW}, market, batch, at)
VALUES ({", ".join(["%s"] * 15)})"""  # noqa: S608 - constants
_STORE = """UPDATE ledger_account SET debits_posted = %s, credits_posted = %s, debits_pending = %s, credits_pending = %s
WHERE id = %s"""


class SQLite:
    """See `tables.Tables`."""

    def lock(self, market: int) -> bool:
        """See `Tables.lock`; transactions are immediate, so the whole database is held already."""
        with connection.cursor() as cursor:
            return cursor.execute(_LOCK, [market]).fetchone() is not None

    def read(self, market: int, asked: Asked) -> Standing | None:
        """See `Tables.read`."""
        held = json.dumps([i.hex for i in asked.holds])
        with connection.cursor() as cursor:
            found = cursor.execute(_LOCK, [market]).fetchone()
            if found is None:
                return None
            named = json.dumps([i.hex for i in asked.ids] + [i.hex for i in asked.holds])
            rows = [_row(row) for row in cursor.execute(_ROWS, [named, held]).fetchall()]
            holders = json.dumps(sorted({end for row in rows for end in (row.debit, row.credit)}))
            cursor.execute(_BALANCES, [market, market, json.dumps(list(asked.codes)), holders])
            balances, closed = with_closing(cursor.fetchall())
        return Standing(Head(market, found[0], bytes(found[1])), rows, balances, closed)

    def write(self, head: Head, written: Written) -> None:
        """See `Tables.write`."""
        entry = entry_values(head, written.record)
        at = _stored(written.at)
        with connection.cursor() as cursor:
            cursor.execute(_ENTRY, [_stored(value) if isinstance(value, datetime) else value for value in entry])
            cursor.execute(_HEAD, [head.sequence + 1, entry[-1], head.market])
            cursor.executemany(
                _TRANSFERS, [(*_columns(row), head.market, head.sequence + 1, at) for row in written.rows]
            )
            cursor.executemany(
                _STORE,
                [
                    (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending, b.id)
                    for b in written.balances
                ],
            )

    def known(self, market: int, codes: Collection[str]) -> None:
        """See `Tables.known`; never worth it, the database is held already."""

    def glance(self, market: int, asked: Asked) -> None:
        """See `Tables.glance`; never worth it, the database is held already."""

    def add(self, market: int, added: Added, codes: Collection[str]) -> bool:  # noqa: ARG002
        """See `Tables.add`; never worth trying, the database is held already."""
        return False


def _columns(row: Row) -> Sequence[Any]:
    pending = row.pending.hex if row.pending else None
    return (row.id.hex, *row[1:7], pending, _stored(row.expires_at), *row[9:])


def _row(row: tuple[Any, ...]) -> Row:
    pending = UUID(row[7]) if row[7] else None
    return Row._make((UUID(row[0]), *row[1:7], pending, instant(row[8]), row[9], row[10], bool(row[11])))


def _stored(at: datetime | None) -> str | None:
    return None if at is None else str(at.astimezone(UTC).replace(tzinfo=None))
