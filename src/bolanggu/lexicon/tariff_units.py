"""Tariff units (计量单位): in which unit goods of an HS code are counted, kg unless the table names another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bolanggu.lexicon.tables import HERE, rows


def tariff_unit(hs6: str) -> str:
    """Give the unit by the longest prefix in the table: kg, u (pieces), 2u (pairs), m2.

    Symbols as in the World Customs Organization's recommendation on standard units of quantity; the table was written
    from memory of it and is marked unverified.

    >>> tariff_unit("640220"), tariff_unit("420292"), tariff_unit("950300")
    ('2u', 'u', 'kg')
    """
    table = _table()
    return next((table[hs6[:n]] for n in (6, 4, 2) if hs6[:n] in table), "kg")


@cache
def _table() -> Mapping[str, str]:
    return {prefix: unit for prefix, unit, _ in rows(HERE / "tariff_units.tsv")}
