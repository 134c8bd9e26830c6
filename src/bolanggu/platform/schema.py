"""What all tables share: the market they belong to, who stated a fact, and triggers that keep rows as they are."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from bolanggu.values.evidence import Source

SOURCES = [(source.value, source.value) for source in Source]


class InMarket(models.Model):
    """A row of one market. ``market`` leads every natural key, so that tables can be spread by market later."""

    market = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        abstract = True


class Stated(models.Model):
    """A fact that a person, a device or the simulated world stated at a time."""

    source = models.CharField(max_length=9, choices=SOURCES, default=Source.PERSON.value)
    stated_at = models.DateTimeField()

    class Meta:
        abstract = True


def append_only(table: str) -> list[tuple[str, str, str]]:
    """Triggers that refuse UPDATE and DELETE on ``table``: (vendor, create, drop) for SQLite and PostgreSQL."""
    message = f"{table} is append-only"
    made = []
    for deed in ("update", "delete"):
        name = f"{table}_no_{deed}"
        made.append(
            (
                "sqlite",
                f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
                f"DROP TRIGGER IF EXISTS {name}",
            )
        )
    function = f"{table}_append_only"
    made.append(
        (
            "postgresql",
            f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
                CREATE TRIGGER {function} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {function}()""",
            f"DROP TRIGGER IF EXISTS {function} ON {table}; DROP FUNCTION IF EXISTS {function}()",
        )
    )
    return made


def append_only_operation(table: str) -> migrations.RunPython:
    """A migration operation that makes ``table`` append-only on either database."""

    def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
        for vendor, sql, _ in append_only(table):
            if editor.connection.vendor == vendor:
                editor.execute(sql)

    def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
        for vendor, _, sql in append_only(table):
            if editor.connection.vendor == vendor:
                editor.execute(sql)

    return migrations.RunPython(create, drop)
