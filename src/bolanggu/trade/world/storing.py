"""Storing (批量写入): rows of the synthetic city into tables, thousands at once, on SQLite and PostgreSQL.

Columns that a row does not give take the model's default. Constraints hold as for any other row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_AT_ONCE = 2_000


class Columns:
    """The columns of one table in which rows are written.

    Parameters
    ----------
    model
        The table's model.
    given
        Names of the columns that each row gives, in order (``shop_id`` for a foreign key).
    same
        Values that all rows share, by column.
    """

    def __init__(self, model: type[models.Model], given: Sequence[str], **same: Any) -> None:
        meta = model._meta  # noqa: SLF001 - Django's documented API
        fields = [field for field in meta.concrete_fields if not field.primary_key]
        defaults = {
            field.attname: field.get_db_prep_save(field.get_default(), connection)
            for field in fields
            if field.has_default() or field.null or field.empty_strings_allowed
        }
        rest = {**defaults, **same}
        for column in given:
            rest.pop(column, None)
        lacking = {field.attname for field in fields} - set(given) - set(rest)
        if lacking:
            raise ValueError(f"{model.__name__} rows lack {', '.join(sorted(lacking))}")
        self.table = meta.db_table
        by_name = {field.attname: str(field.column) for field in fields}
        self.names = [by_name[name] for name in (*given, *rest)]
        self.rest = tuple(rest.values())

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert all rows: COPY on PostgreSQL, prepared statements on SQLite. Call it inside a transaction."""
        rest = self.rest
        whole = (row + rest for row in rows)
        names = ", ".join(connection.ops.quote_name(name) for name in self.names)
        table = connection.ops.quote_name(self.table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in whole:
                        copy.write_row(row)
                return
            marks = ", ".join(["%s"] * len(self.names))
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
            while batch := list(islice(whole, _AT_ONCE)):
                cursor.executemany(statement, batch)
