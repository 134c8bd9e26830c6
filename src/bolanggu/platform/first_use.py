"""First use (初次启用): a command makes and migrates the database it needs; nobody types another command before."""

from __future__ import annotations

from contextlib import closing

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from bolanggu.platform.alone import alone, lock_number

_LOCK = "migrate"


def bring_up_to_date() -> None:
    """Make the database if the server has none of its name, and apply outstanding migrations; cheap when all stands.

    Processes that start at once wait for the first.

    Raises
    ------
    OperationalError
        The server cannot be reached, or refuses this user the database or the making of it.
    """
    if connection.vendor == "postgresql":
        _make_database()
    if not _outstanding():
        return
    with alone(_LOCK):
        call_command("migrate", verbosity=0, interactive=False)


def _outstanding() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _make_database() -> None:
    """Create the database of DATABASE_URL, unless it stands or something else keeps us from connecting."""
    try:
        connection.ensure_connection()
    except OperationalError as refused:
        import psycopg

        parameters = connection.get_connection_params()
        name = parameters["dbname"]
        try:
            link = connection.get_new_connection({**parameters, "dbname": "postgres"})
        except psycopg.OperationalError:
            raise refused from None
        with closing(link):
            link.autocommit = True
            link.execute("SELECT pg_advisory_lock(%s)", [lock_number(_LOCK)])
            if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                link.execute(f"CREATE DATABASE {connection.ops.quote_name(name)} ENCODING 'UTF8' TEMPLATE template0")
        connection.ensure_connection()
