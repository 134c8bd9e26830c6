"""Many rows at once (批量写入): one prepared INSERT for rows given as columns, without an object a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows in the current transaction; columns that are not named get their field's default.

    Several times quicker than ``bulk_create`` for many narrow rows; like it, it calls no ``save``. Keys are made by the
    database and not read back; a foreign key is named by its column (``order_id``).

    Raises
    ------
    IntegrityError
        The database refuses a row; none of them stands then.
    """
    statement, fields, rest = _prepared(model, tuple(columns))
    given = [*zip(*rows, strict=True)]
    if not given:
        return
    prepared = [_column(field, values) for field, values in zip(fields, given, strict=True)]
    filled = [field.get_db_prep_save(field.get_default(), connection) for field in rest]
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*row, *filled) for row in zip(*prepared, strict=True)])


#: what both databases take as it is
_PLAIN = {models.CharField: str, models.TextField: str, models.IntegerField: int, models.BinaryField: bytes}


def _column(field: models.Field[Any, Any], values: Sequence[Any]) -> Sequence[Any]:
    """Values as the database takes them; those that repeat in a column are prepared once."""
    if any(isinstance(field, kind) and {*map(type, values)} == {plain} for kind, plain in _PLAIN.items()):
        return values
    try:
        known = {one: field.get_db_prep_save(one[1], connection) for one in {(type(v), v) for v in values}}
    except TypeError:  # lists and mappings do not hash
        return [field.get_db_prep_save(value, connection) for value in values]
    return [known[type(value), value] for value in values]


Fields = tuple["models.Field[Any, Any]", ...]


@lru_cache(maxsize=256)
def _prepared(model: type[models.Model], columns: tuple[str, ...]) -> tuple[str, Fields, Fields]:
    """The statement, the fields of ``columns``, and the other fields of the table."""
    table = model._meta  # noqa: SLF001 - Django's documented model interface
    concrete = {field.attname: field for field in table.concrete_fields if not field.primary_key}
    named = tuple(concrete.pop(column) for column in columns)
    rest = tuple(concrete.values())
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(field.column)) for field in (*named, *rest))
    marks = ", ".join(["%s"] * (len(named) + len(rest)))
    return f"INSERT INTO {quote(table.db_table)} ({into}) VALUES ({marks})", named, rest  # noqa: S608
