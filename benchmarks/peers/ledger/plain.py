"""The plain peer: a correct ledger as one writes it by hand — a transfer, two entries, two balances, one by one.

It checks what ours checks for a posted transfer (same id and content, both accounts, one currency, limits, positive
amount), keeps running balances and refuses to change what stands. It has no holds, chains, hash or batch.

    python plain.py DSN prepare | run SIZE SECONDS WARM NUMBER | check
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent))
from work import ACCOUNTS, timed, told

SCHEMA = """
CREATE TABLE account (id bigint PRIMARY KEY, code text UNIQUE NOT NULL, currency char(3) NOT NULL,
    limited text NOT NULL, debits bigint NOT NULL DEFAULT 0 CHECK (debits >= 0),
    credits bigint NOT NULL DEFAULT 0 CHECK (credits >= 0),
    version bigint NOT NULL DEFAULT 0);
CREATE TABLE transfer (id uuid PRIMARY KEY, debit_id bigint NOT NULL REFERENCES account,
    credit_id bigint NOT NULL REFERENCES account, amount bigint NOT NULL CHECK (amount > 0), currency char(3) NOT NULL,
    purpose text NOT NULL, ref text NOT NULL, at timestamptz NOT NULL, CHECK (debit_id <> credit_id));
CREATE TABLE entry (id bigserial PRIMARY KEY, transfer_id uuid NOT NULL REFERENCES transfer,
    account_id bigint NOT NULL REFERENCES account, amount bigint NOT NULL, balance bigint NOT NULL,
    version bigint NOT NULL);
CREATE INDEX ON entry (transfer_id);
CREATE INDEX ON entry (account_id, version);
CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
CREATE TRIGGER transfer_stays BEFORE UPDATE OR DELETE ON transfer FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON entry FOR EACH STATEMENT EXECUTE FUNCTION stays();
"""
LOCK = "SELECT id, currency, limited, debits, credits, version FROM account WHERE code = ANY(%s) ORDER BY id FOR UPDATE"
KNOWN = "SELECT debit_id, credit_id, amount, currency, purpose, ref FROM transfer WHERE id = %s"
TRANSFER = "INSERT INTO transfer VALUES (%s, %s, %s, %s, %s, %s, %s, now())"
ENTRY = "INSERT INTO entry (transfer_id, account_id, amount, balance, version) VALUES (%s, %s, %s, %s, %s)"
UPDATE = "UPDATE account SET debits = debits + %s, credits = credits + %s, version = version + 1 WHERE id = %s"


def prepare(link: psycopg.Connection) -> None:
    """Make the tables and fifty accounts."""
    link.execute(SCHEMA)
    made = "INSERT INTO account (id, code, currency, limited) VALUES (%s, %s, 'CNY', 'none')"
    for i in range(ACCOUNTS):
        link.execute(made, [i + 1, f"a:{i}"])
    link.commit()


def post(cursor: psycopg.Cursor, debit: str, credit: str, amount: int) -> str:
    """Post one transfer inside the transaction that is open."""
    identity = uuid.uuid4()
    found = {row[0]: row for row in cursor.execute(LOCK, [[debit, credit]]).fetchall()}
    if len(found) != 2 or amount <= 0:
        return "refused"
    first, second = sorted(found)
    source, target = (first, second) if int(debit[2:]) < int(credit[2:]) else (second, first)
    stands = cursor.execute(KNOWN, [identity]).fetchone()
    if stands is not None:
        return "exists" if stands == (source, target, amount, "CNY", "bench", "YW-1") else "differs"
    if not found[source][1] == found[target][1] == "CNY":
        return "refused"
    _, _, limited, debits, credits_, version = found[source]
    if limited == "debits" and debits + amount > credits_:
        return "exceeds_credits"
    cursor.execute(TRANSFER, [identity, source, target, amount, "CNY", "bench", "YW-1"])
    cursor.execute(ENTRY, [identity, source, -amount, credits_ - debits - amount, version + 1])
    _, _, _, debits, credits_, version = found[target]
    cursor.execute(ENTRY, [identity, target, amount, credits_ - debits + amount, version + 1])
    cursor.execute(UPDATE, [amount, 0, source])
    cursor.execute(UPDATE, [0, amount, target])
    return "ok"


def run(link: psycopg.Connection, size: int, seconds: float, warm: float, number: int) -> dict:
    """Post transfers, ``size`` to a transaction."""

    def step(some: list[tuple[int, int]]) -> None:
        with link.cursor() as cursor:
            for debit, credit in some:
                assert post(cursor, f"a:{debit}", f"a:{credit}", 1) == "ok"
        link.commit()

    return timed(step, size=size, seconds=seconds, warm=warm, number=number)


def check(link: psycopg.Connection) -> dict:
    """Conservation, how many transfers stand, and their size on disk."""
    link.autocommit = True
    link.execute("VACUUM ANALYZE")
    total = link.execute("SELECT coalesce(sum(amount), 0), count(*) / 2 FROM entry").fetchone()
    balances = link.execute("SELECT sum(debits) - sum(credits) FROM account").fetchone()
    size = link.execute("SELECT sum(pg_total_relation_size(c)) FROM unnest(%s::regclass[]) c", [["transfer", "entry"]])
    return {
        "conserved": total[0] == 0 and balances[0] == 0,
        "transfers": int(total[1]),
        "bytes": int(size.fetchone()[0]),
    }


if __name__ == "__main__":
    with psycopg.connect(sys.argv[1]) as connection:
        if sys.argv[2] == "prepare":
            prepare(connection)
        elif sys.argv[2] == "check":
            told(check(connection))
        else:
            size_, seconds_, warm_, number_ = sys.argv[3:7]
            told(run(connection, int(size_), float(seconds_), float(warm_), int(number_)))
