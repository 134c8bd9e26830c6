"""Transfers and closings never change, an account stays what it is, a transfer fits its accounts and an open period."""

from django.db import migrations

from bolanggu.platform.schema import append_only_operation


def _misfit():
    sides = (
        f"(SELECT currency FROM ledger_account a WHERE a.id = NEW.{side}_id AND a.market = NEW.market)"
        for side in ("debit", "credit")
    )
    return " OR ".join(f"{currency} IS NOT NEW.currency" for currency in sides)


_FACTS = "id, market, code, currency, limited, opened_at"
_SQLITE = (
    f"""CREATE TRIGGER ledger_account_facts BEFORE UPDATE OF {_FACTS} ON ledger_account
        BEGIN SELECT RAISE(ABORT, 'ledger_account: only balances change, by posting'); END""",
    """CREATE TRIGGER ledger_account_stays BEFORE DELETE ON ledger_account
        BEGIN SELECT RAISE(ABORT, 'ledger_account: accounts are never deleted'); END""",
    f"""CREATE TRIGGER ledger_transfer_fits BEFORE INSERT ON ledger_transfer WHEN {_misfit()}
        BEGIN SELECT RAISE(ABORT, 'ledger_transfer: both accounts must exist in its market and currency'); END""",
    """CREATE TRIGGER ledger_transfer_open BEFORE INSERT ON ledger_transfer WHEN NEW.at <= (
        SELECT max(c.through) FROM ledger_closing c WHERE c.market = NEW.market)
        BEGIN SELECT RAISE(ABORT, 'ledger_transfer: the period is closed'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION ledger_account_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'ledger_account: accounts are never deleted, and only balances change, by posting'
        USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER ledger_account_facts BEFORE UPDATE OF {_FACTS} ON ledger_account
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_account_stays()""",
    """CREATE TRIGGER ledger_account_stays BEFORE DELETE OR TRUNCATE ON ledger_account
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_account_stays()""",
    """CREATE FUNCTION ledger_transfer_fits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT FROM (
            SELECT market, currency, debit_id AS account FROM made
            UNION SELECT market, currency, credit_id FROM made) AS used
        WHERE (SELECT a.currency FROM ledger_account a WHERE a.id = used.account AND a.market = used.market)
            IS DISTINCT FROM used.currency) THEN
        RAISE EXCEPTION 'ledger_transfer: both accounts must exist in its market and currency'
        USING ERRCODE = 'integrity_constraint_violation'; END IF;
        IF EXISTS (SELECT FROM (SELECT market, min(at) AS at FROM made GROUP BY market) AS used
        WHERE used.at <= (SELECT max(c.through) FROM ledger_closing c WHERE c.market = used.market)) THEN
        RAISE EXCEPTION 'ledger_transfer: the period is closed'
        USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL; END $$""",
    """CREATE TRIGGER ledger_transfer_fits AFTER INSERT ON ledger_transfer REFERENCING NEW TABLE AS made
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfer_fits()""",
)


def create(apps, editor):
    for sql in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(sql)


def drop(apps, editor):
    on = "" if editor.connection.vendor == "sqlite" else " ON ledger_account"
    editor.execute(f"DROP TRIGGER IF EXISTS ledger_account_facts{on}")
    editor.execute(f"DROP TRIGGER IF EXISTS ledger_account_stays{on}")
    editor.execute(f"DROP TRIGGER IF EXISTS ledger_transfer_fits{on and ' ON ledger_transfer'}")
    if not on:
        editor.execute("DROP TRIGGER IF EXISTS ledger_transfer_open")
    else:
        editor.execute("DROP FUNCTION IF EXISTS ledger_transfer_fits()")
        editor.execute("DROP FUNCTION IF EXISTS ledger_account_stays()")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        append_only_operation("ledger_transfer"),
        append_only_operation("ledger_closing"),
        migrations.RunPython(create, drop),
    ]
