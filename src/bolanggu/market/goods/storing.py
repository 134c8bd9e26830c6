"""Storing (入库): products in batches, on SQLite and PostgreSQL; a code that stands is replaced."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection

from bolanggu.market.goods.models import Pending, Product

_FIXED: dict[str, object] = {
    "market": 1,
    "attributes": {},
    "brand": False,
    "synthetic": False,
    "state": "listed",
    "order_multiple": 1,
    "this_side_up": False,
    "fragile": False,
    "battery": False,
    "liquid": False,
    "item": "",
    "hs6": "",
    "stock": 0,
    "lead_days": 7,
    "assumed": "",
    "title_zh": "",
    "title_en": "",
    "edition": 0,
}


def store(rows: Sequence[dict[str, object]]) -> None:
    """Insert or replace products by code and note them for the search index, in the current transaction.

    Columns that a row leaves out get the model's defaults.
    """
    if not rows:
        return
    names = [field.column for field in Product._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - documented
    update = ", ".join(f"{name} = excluded.{name}" for name in names if name not in {"market", "code"})
    columns, places = ", ".join(names), ", ".join(["%s"] * len(names))
    sql = (
        f"INSERT INTO {Product._meta.db_table} ({columns}) VALUES ({places}) "  # noqa: S608, SLF001 - names of the model
        f"ON CONFLICT (market, code) DO UPDATE SET {update}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[_plain({**_FIXED, **row}[name]) for name in names] for row in rows])
    note_pending([str(row["code"]) for row in rows])


def _plain(value: object) -> object:
    return json.dumps(value, separators=(",", ":")) if isinstance(value, dict | list) else value


def note_pending(codes: Sequence[str]) -> None:
    """Note products for the search index, as few ranges of ids as they make."""
    ids: list[int] = []
    for start in range(0, len(codes), 900):
        ids += Product.objects.filter(code__in=codes[start : start + 900]).values_list("pk", flat=True)
    Pending.objects.bulk_create(Pending(first_id=first, last_id=last) for first, last in ranges(sorted(ids)))


def ranges(ids: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring ids.

    >>> ranges([1, 2, 3, 7, 8, 20])
    [(1, 3), (7, 8), (20, 20)]
    """
    found: list[tuple[int, int]] = []
    for each in ids:
        if found and each == found[-1][1] + 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found
