"""Factor registry (碳因子库): emission factors with source, boundary and confidence; a user's own file can be added."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path

from bolanggu.data import path
from bolanggu.engines.routing.carbon import Factor
from bolanggu.settings import home
from bolanggu.values.fault import Fault

COLUMNS = ("id", "version", "mode", "detail", "value", "unit", "boundary", "distance_basis", "daf", "source", "place")


def factors() -> dict[str, Factor]:
    """The registry by id: what comes with the product, and over it the user's own ``carbon_factors.csv`` in the home.

    A factor of the user's own file with an id of the product's replaces it in every plan made from then on.
    """
    return _registry(_own(), changed) if (changed := version()) else _shipped()


def version() -> int:
    """When the user's own file was changed last, in ns since 1970; 0 where there is none."""
    return _own().stat().st_mtime_ns if _own().exists() else 0


def _own() -> Path:
    return home() / "carbon_factors.csv"


@cache
def _shipped() -> dict[str, Factor]:
    return read_factors(path("carbon_factors.csv"))


@lru_cache(maxsize=2)
def _registry(own: Path, changed: int) -> dict[str, Factor]:  # noqa: ARG001 -- a changed file is read again
    return _shipped() | read_factors(own)


def read_factors(file: Path) -> dict[str, Factor]:
    """Read a registry: one factor a row; an empty ``value`` says that the figure is unknown.

    Raises
    ------
    Fault
        A missing column, a repeated id, or a value or daf that is no number above 0.
    """
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for name in (*COLUMNS, "confidence"):
            if name not in (reader.fieldnames or ()):
                raise Fault(file.name, "the column is missing", row=1, column=name)
        found: dict[str, Factor] = {}
        for row in reader:
            if row["id"] in found:
                raise Fault(file.name, f'"{row["id"]}" is there twice', row=reader.line_num, column="id")
            found[row["id"]] = _factor(file.name, reader.line_num, row)
    return found


def _factor(file: str, line: int, row: dict[str, str]) -> Factor:
    value = _number(file, line, "value", row["value"]) if row["value"].strip() else None
    daf = _number(file, line, "daf", row["daf"])
    texts = {name: row[name] for name in (*COLUMNS, "confidence") if name not in {"value", "daf"}}
    return Factor(value=value, daf=daf, **texts)


def _number(file: str, line: int, column: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        raise Fault(file, f'"{text}" is not a number above 0', row=line, column=column)
    return number
