"""The ledger's tables on PostgreSQL: arrays in, a round trip or two a batch whatever its size.

A batch that ends no hold and breaks no rule is one call of one function, which is its own transaction. Otherwise
statements travel in pipelines. Each takes its own snapshot after the journal's lock is held (read committed), so what
is read is what stands. None is prepared: a plan made while a table was small would stay, and a pipeline that the
database refuses would leave the driver's list of prepared statements wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection

from bolanggu.platform.journal.chain import instant
from bolanggu.platform.ledger.book import Balance, Row
from bolanggu.platform.ledger.models import SIDES
from bolanggu.platform.ledger.plain_batch import Known
from bolanggu.platform.ledger.tables import (
    BALANCE,
    ENTRY,
    ROW,
    Added,
    Asked,
    Glance,
    Head,
    Read,
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

_KNOWN = "SELECT code, id, currency, limited FROM ledger_account WHERE market = %s AND code = ANY(%s::varchar[])"
#: See migration 0004.
_ADD = """SELECT ledger_add(%s::smallint, %s::text[], %s, %s, %s,
    %s::uuid[], %s::int[], %s::smallint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::varchar[], %s::uuid[],
    %s::timestamptz[], %s::varchar[], %s::varchar[], %s::boolean[], %s,
    %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s)"""
#: Writes to the log and commits, so that all before it is on disk.
_FLUSH = "SELECT pg_logical_emit_message(true, 'ledger', '')"

#: What the accounts are that a connection has used, by market and code; it ends with the connection.
_REMEMBERED: WeakKeyDictionary[Any, dict[int, dict[str, Known]]] = WeakKeyDictionary()
_MOST_REMEMBERED = 100_000


class PostgreSQL:
    """See `tables.Tables`."""

    def lock(self, market: int) -> bool:
        """See `Tables.lock`."""
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [market])
            return cursor.fetchone() is not None

    def read(self, market: int, asked: Asked) -> Standing | None:
        """See `Tables.read`."""
        with _pipeline() as send:
            head = send(_LOCK, [market])
            named = _named(send, market, asked, [*asked.ids, *asked.holds])
        found = head.fetchone()
        if found is None:
            return None
        return Standing(Head(market, found[0], bytes(found[1])), *named())

    def known(self, market: int, codes: Collection[str]) -> dict[str, Known] | None:
        """See `Tables.known`."""
        remembered = _remembered(market)
        missing = [code for code in codes if code not in remembered]
        if missing:
            if len(remembered) > _MOST_REMEMBERED:
                remembered.clear()
                missing = list(codes)
            with connection.cursor() as cursor:
                cursor.execute(_KNOWN, [market, missing])
                remembered.update((code, Known(*facts)) for code, *facts in cursor.fetchall())
        found = {code: remembered[code] for code in codes if code in remembered}
        return found if len(found) == len(codes) else None

    def glance(self, market: int, asked: Asked) -> Glance | None:
        """See `Tables.glance`; ids are not looked up: the primary key refuses those that stand."""
        with _pipeline() as send:
            named = _named(send, market, asked, asked.holds)
        return Glance(*named())

    def write(self, head: Head, written: Written) -> None:
        """See `Tables.write`."""
        entry = entry_values(head, written.record)
        with _pipeline() as send:
            send(_ENTRY, entry)
            send(_HEAD, [head.sequence + 1, entry[-1], head.market])
            send(_TRANSFERS, [*_columns(written.rows), head.market, head.sequence + 1, written.at])
            send(_STORE, _sides(written.balances))

    def add(self, market: int, added: Added, codes: Collection[str]) -> bool:
        """See `Tables.add`. The journal is held for the length of this one statement, and of the commit behind it."""
        said = added.record
        fields = (said.stream, said.kind, said.subject, instant(said.at), said.actor, said.source, said.payload)
        entry = _texts([said.stream, said.kind, said.subject, said.actor, said.source, said.payload])
        numbers, sides = zip(*added.changes, strict=True)
        values = [market, entry, said.at, _framed(str(market)), _framed(*fields), *_columns(added.rows), added.at]
        values += [_array(column) for column in (numbers, *zip(*sides, strict=True))]
        connection.ensure_connection()
        link, by_itself = connection.connection, not connection.in_atomic_block
        with connection.wrap_database_errors:
            (answer,) = psycopg.Cursor(link).execute(_ADD, [*values, by_itself], prepare=False).fetchone() or ("",)
            if answer == "unflushed":
                psycopg.Cursor(link).execute(_FLUSH, prepare=False)
        if answer == "refused":
            remembered = _remembered(market)
            for code in codes:
                remembered.pop(code, None)
        return answer in ("added", "unflushed")


def _remembered(market: int) -> dict[str, Known]:
    connection.ensure_connection()
    return _REMEMBERED.setdefault(connection.connection, {}).setdefault(market, {})


def _named(send: Any, market: int, asked: Asked, ids: Collection[UUID]) -> Callable[[], Read]:
    """Ask for transfers, endings and accounts; the answers are read once the pipeline is done."""
    wanted, held, codes = _array(ids), _array(asked.holds), list(asked.codes)
    rows = [send(_ROWS, [wanted])] if ids else []
    if asked.holds:
        rows.append(send(_ENDINGS, [held, wanted]))
        balances = send(_HELD, [market, market, codes, held])
    else:
        balances = send(_BALANCES, [market, market, codes])
    return lambda: ([Row._make(row) for some in rows for row in some.fetchall()], *with_closing(balances.fetchall()))


def _framed(*fields: str) -> bytes:
    """Fields as the journal's hash takes them, each after its length: see `journal.chain.entry_hash`."""
    raw = [field.encode() for field in fields]
    return b"".join(len(field).to_bytes(8, "big") + field for field in raw)


@contextmanager
def _pipeline() -> Iterator[Any]:
    """Send statements without waiting for each answer; a cursor a statement can be read afterwards."""
    connection.ensure_connection()
    link = connection.connection
    refused: list[psycopg.Error] = []

    def send(sql: str, values: Sequence[Any]) -> psycopg.Cursor[Any]:
        return psycopg.Cursor(link).execute(sql, values, prepare=False)

    with connection.wrap_database_errors:
        try:
            with link.pipeline():
                try:
                    yield send
                except psycopg.Error as error:  # the pipeline must end by itself, or its end is logged as another error
                    refused.append(error)
        except psycopg.Error as error:
            refused.append(error)
        if refused:
            raise next((e for e in refused if not isinstance(e, psycopg.errors.PipelineAborted)), refused[0])


def _columns(rows: Sequence[Row]) -> list[str]:
    """The columns of `ROW` as array literals."""
    ids, places, kinds, debits, credits_, amounts, currencies, pendings, expiries, purposes, refs, links = zip(
        *rows, strict=True
    )
    return [
        "{" + ",".join([f"{i.int:032x}" for i in ids]) + "}",
        _array(places),
        "{" + ",".join([f"{kind:d}" for kind in kinds]) + "}",
        _array(debits),
        _array(credits_),
        _array(amounts),
        _texts(currencies),
        _array(pendings),
        _array(expiries),
        _texts(purposes),
        _texts(refs),
        _array(links),
    ]


def _sides(balances: Sequence[Balance]) -> list[str]:
    return [_array([getattr(b, side) for b in balances]) for side in ("id", *SIDES)]


def _array(values: Collection[Any]) -> str:
    """A PostgreSQL array literal of ids, numbers, times or flags; None is NULL."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def _texts(values: Collection[str]) -> str:
    r"""A PostgreSQL array literal of texts.

    >>> print(_texts(["a", 'b"c']))
    {"a","b\"c"}
    """
    quoted = {value: '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in set(values)}
    return "{" + ",".join([quoted[value] for value in values]) + "}"
