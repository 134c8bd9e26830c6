"""The ledger's tables on PostgreSQL: arrays in, two round trips a batch whatever its size.

Statements travel in pipelines. Each takes its own snapshot after the journal's lock is held (read committed), so what
is read is what stands. Those on the transfers, which grow, are planned anew each time; the others are prepared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from bolanggu.platform.ledger.book import Balance, Row
from bolanggu.platform.ledger.models import SIDES
from bolanggu.platform.ledger.tables import (
    BALANCE,
    ENTRY,
    ROW,
    Asked,
    Head,
    Standing,
    Written,
    entry_values,
    with_closing,
)

_LOCK = "SELECT sequence, hash FROM journal_head WHERE market = %s FOR UPDATE"
_ROWS = f"SELECT {ROW} FROM ledger_transfer WHERE id = ANY(%s::uuid[])"  # noqa: S608 - constants
_ENDINGS = f"""SELECT {ROW} FROM ledger_transfer
WHERE pending_id = ANY(%s::uuid[]) AND pending_id IS NOT NULL AND NOT id = ANY(%s::uuid[])"""  # noqa: S608
_BALANCES = f"""SELECT {BALANCE}, (SELECT max(through) FROM ledger_closing WHERE market = %s) FROM ledger_account
WHERE market = %s AND code = ANY(%s::varchar[])"""  # noqa: S608 - constants
_HELD = f"""SELECT {BALANCE}, (SELECT max(through) FROM ledger_closing WHERE market = %s) FROM ledger_account
WHERE market = %s AND code = ANY(%s::varchar[]) OR id IN (
    SELECT unnest(ARRAY[debit_id, credit_id]) FROM ledger_transfer WHERE id = ANY(%s::uuid[]))"""  # noqa: S608
_ENTRY = f"INSERT INTO journal_entry ({ENTRY}) VALUES ({', '.join(['%s'] * 11)})"  # noqa: S608 - constants
_HEAD = "UPDATE journal_head SET sequence = %s, hash = %s WHERE market = %s"
_TRANSFERS = f"""INSERT INTO ledger_transfer ({ROW}, market, batch, at)
SELECT t.*, m.* FROM unnest(%s::uuid[], %s::int[], %s::smallint[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::varchar[], %s::uuid[], %s::timestamptz[], %s::varchar[], %s::varchar[], %s::boolean[]) AS t,
    (VALUES (%s::smallint, %s::bigint, %s::timestamptz)) AS m"""  # noqa: S608 - constants
_STORE = """UPDATE ledger_account AS a
SET debits_posted = b.dp, credits_posted = b.cp, debits_pending = b.dh, credits_pending = b.ch
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS b(id, dp, cp, dh, ch)
WHERE a.id = b.id"""


class PostgreSQL:
    """See `tables.Tables`."""

    def lock(self, market: int) -> bool:
        """See `Tables.lock`."""
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [market])
            return cursor.fetchone() is not None

    def read(self, market: int, asked: Asked) -> Standing | None:
        """See `Tables.read`."""
        ids, held, codes = _array([*asked.ids, *asked.holds]), _array(asked.holds), list(asked.codes)
        with _pipeline() as send:
            head = send(_LOCK, [market])
            rows = send(_ROWS, [ids], prepare=False)
            if asked.holds:
                endings = send(_ENDINGS, [held, ids], prepare=False)
                balances = send(_HELD, [market, market, codes, held], prepare=False)
            else:
                balances = send(_BALANCES, [market, market, codes])
        found = head.fetchone()
        if found is None:
            return None
        standing = [Row._make(row) for row in rows.fetchall()]
        if asked.holds:
            standing += [Row._make(row) for row in endings.fetchall()]
        accounts, closed = with_closing(balances.fetchall())
        return Standing(Head(market, found[0], bytes(found[1])), standing, accounts, closed)

    def write(self, head: Head, written: Written) -> None:
        """See `Tables.write`."""
        entry = entry_values(head, written.record)
        with _pipeline() as send:
            send(_ENTRY, entry)
            send(_HEAD, [head.sequence + 1, entry[-1], head.market])
            send(_TRANSFERS, [*_columns(written.rows), head.market, head.sequence + 1, written.at])
            send(_STORE, _sides(written.balances))


@contextmanager
def _pipeline() -> Iterator[Any]:
    """Send statements without waiting for each answer; a cursor a statement can be read afterwards."""
    connection.ensure_connection()
    link = connection.connection
    if link.prepare_threshold is None:
        link.prepare_threshold = 2

    def send(sql: str, values: Sequence[Any], *, prepare: bool | None = None) -> psycopg.Cursor[Any]:
        return psycopg.Cursor(link).execute(sql, values, prepare=prepare)

    with connection.wrap_database_errors, link.pipeline():
        yield send


def _columns(rows: Sequence[Row]) -> list[Any]:
    made = list(zip(*rows, strict=True))
    texts = {6, 8, 9, 10}
    return [list(column) if i in texts else _array(column) for i, column in enumerate(made)]


def _sides(balances: Sequence[Balance]) -> list[str]:
    return [_array([getattr(b, side) for b in balances]) for side in ("id", *SIDES)]


def _array(values: Collection[Any]) -> str:
    """A PostgreSQL array literal of ids, numbers or flags; None is NULL."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
