"""What all tables share: the market they belong to, who stated a fact, and migrations applied on first use."""

from __future__ import annotations

import os

from django.apps.registry import Apps
from django.db import connection, migrations, models
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


def bring_up_to_date() -> None:
    """Apply outstanding migrations; cheap when there are none. Two processes at once are safe.

    On SQLite a lock file in the home serialises them, on PostgreSQL an advisory lock.
    """
    from django.db.migrations.executor import MigrationExecutor

    if not _outstanding(MigrationExecutor(connection)):
        return
    from django.core.management import call_command

    with _one_at_a_time():
        call_command("migrate", verbosity=0, interactive=False)


def _outstanding(executor: object) -> bool:
    from django.db.migrations.executor import MigrationExecutor

    assert isinstance(executor, MigrationExecutor)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class _one_at_a_time:  # noqa: N801 - reads as a phrase in a with statement
    """Hold the set-up lock of this installation."""

    def __enter__(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(20141118)")
            return
        import fcntl

        from bolanggu.settings import home

        home().mkdir(parents=True, exist_ok=True)
        self._file = os.open(home() / "migrate.lock", os.O_CREAT | os.O_RDWR)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(20141118)")
            return
        os.close(self._file)


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
