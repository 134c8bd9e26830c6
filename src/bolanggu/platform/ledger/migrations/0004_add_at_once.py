"""On PostgreSQL, `ledger_add` again: fewer statements, and a side can never outgrow what a bigint holds.

It holds the market's journal for its own length alone, and answers `refused`, leaving nothing, where the database does:
an id that stands, a hold that ended, a limit, a closed period, a sum too large. Its statements are planned once a
connection.

Where it is a transaction by itself and others wait for the same journal, it lets go of the journal before the disk
has it and answers `unflushed`: the caller waits for the disk before answering anyone, together with the others. What
comes later in the log is never on disk before what came earlier, so nothing that was answered can stand without it.
"""

from importlib import import_module

from django.db import migrations

before = import_module("bolanggu.platform.ledger.migrations.0003_add")

#: The sums are there for their overflow: PostgreSQL refuses what does not fit (numeric_value_out_of_range).
_FITS = """ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_fits
CHECK (debits_posted + debits_pending >= 0 AND credits_posted + credits_pending >= 0)"""

_ADD = """
CREATE FUNCTION ledger_add(
    of_market smallint, entry text[], stated_at timestamptz, frame bytea, rest bytea,
    ids uuid[], rows int[], kinds smallint[], debits bigint[], credits bigint[], amounts bigint[], currencies varchar[],
    pendings uuid[], expiries timestamptz[], purposes varchar[], refs varchar[], links boolean[], posted_at timestamptz,
    accounts bigint[], dp bigint[], cp bigint[], dh bigint[], ch bigint[], by_itself boolean
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    before bytea;
    hashed bytea;
    waited boolean := by_itself AND NOT pg_try_advisory_xact_lock(76101, of_market);
BEGIN
    UPDATE journal_head h SET sequence = o.sequence + 1, hash = sha256(
            o.hash || frame || int8send(length((o.sequence + 1)::text)) || convert_to((o.sequence + 1)::text, 'UTF8') || rest)
        FROM (SELECT id, sequence, hash FROM journal_head WHERE market = of_market FOR UPDATE) o
        WHERE h.id = o.id RETURNING h.sequence, o.hash, h.hash INTO place, before, hashed;
    INSERT INTO journal_entry
        (market, sequence, stream, kind, subject, at, actor, source, payload, previous, hash)
        VALUES (of_market, place, entry[1], entry[2], entry[3], stated_at, entry[4], entry[5], entry[6], before, hashed);
    INSERT INTO ledger_transfer
        (id, row, kind, debit_id, credit_id, amount, currency, pending_id, expires_at, purpose, ref, linked,
        market, batch, at)
        SELECT t.*, of_market, place, posted_at
        FROM unnest(ids, rows, kinds, debits, credits, amounts, currencies, pendings, expiries, purposes, refs, links) t;
    UPDATE ledger_account a
        SET debits_posted = a.debits_posted + b.dp, credits_posted = a.credits_posted + b.cp,
            debits_pending = a.debits_pending + b.dh, credits_pending = a.credits_pending + b.ch
        FROM unnest(accounts, dp, cp, dh, ch) AS b(id, dp, cp, dh, ch) WHERE a.id = b.id;
    IF waited THEN
        PERFORM set_config('synchronous_commit', 'off', true);
        RETURN 'unflushed';
    END IF;
    RETURN 'added';
EXCEPTION WHEN integrity_constraint_violation OR numeric_value_out_of_range THEN
    RETURN 'refused';
END $$
"""


def create(apps, editor):
    if editor.connection.vendor == "postgresql":
        before.drop(apps, editor)
        editor.execute(_ADD)
        editor.execute(_FITS)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_fits")
        before.drop(apps, editor)
        before.create(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_add")]
    operations = [migrations.RunPython(create, drop)]
