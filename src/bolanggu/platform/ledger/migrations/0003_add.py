"""On PostgreSQL, one function that adds a batch decided without a lock: journal first, then transfers and balances.

It holds the market's journal for its own length alone, and answers false, leaving nothing, where the database refuses:
an id that stands, a hold that ended, a limit, a closed period. Its statements are planned once a connection.
"""

from django.db import migrations

_ADD = """
CREATE FUNCTION ledger_add(
    of_market smallint, entry text[], stated_at timestamptz, frame bytea, rest bytea,
    ids uuid[], rows int[], kinds smallint[], debits bigint[], credits bigint[], amounts bigint[], currencies varchar[],
    pendings uuid[], expiries timestamptz[], purposes varchar[], refs varchar[], links boolean[], posted_at timestamptz,
    accounts bigint[], dp bigint[], cp bigint[], dh bigint[], ch bigint[]
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    head record;
    place bigint;
    hashed bytea;
BEGIN
    SELECT h.sequence, h.hash INTO head FROM journal_head h WHERE h.market = of_market FOR UPDATE;
    place := head.sequence + 1;
    hashed := sha256(head.hash || frame || int8send(length(place::text)) || convert_to(place::text, 'UTF8') || rest);
    INSERT INTO journal_entry
        (market, sequence, stream, kind, subject, at, actor, source, payload, previous, hash)
        VALUES (of_market, place, entry[1], entry[2], entry[3], stated_at, entry[4], entry[5], entry[6], head.hash, hashed);
    UPDATE journal_head h SET sequence = place, hash = hashed WHERE h.market = of_market;
    INSERT INTO ledger_transfer
        (id, row, kind, debit_id, credit_id, amount, currency, pending_id, expires_at, purpose, ref, linked,
        market, batch, at)
        SELECT t.*, of_market, place, posted_at
        FROM unnest(ids, rows, kinds, debits, credits, amounts, currencies, pendings, expiries, purposes, refs, links) t;
    UPDATE ledger_account a
        SET debits_posted = a.debits_posted + b.dp, credits_posted = a.credits_posted + b.cp,
            debits_pending = a.debits_pending + b.dh, credits_pending = a.credits_pending + b.ch
        FROM unnest(accounts, dp, cp, dh, ch) AS b(id, dp, cp, dh, ch) WHERE a.id = b.id;
    RETURN true;
EXCEPTION WHEN integrity_constraint_violation OR numeric_value_out_of_range THEN
    RETURN false;
END $$
"""


def create(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(_ADD)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS ledger_add")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only"), ("journal", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
