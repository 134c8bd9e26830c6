"""Code lists, rules and factors (基础数据): each with source, article and valid_from. Read through here only."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Where the data file ``name`` lies, such as ``rules/market_procurement.yaml``."""
    return _HERE / name


def city(name: str) -> Path:
    """The folder of one city's own data."""
    return _HERE.parent / "cities" / name


@cache
def read_yaml(name: str) -> Any:
    """Read a YAML data file. The result is shared: do not change it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path(name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one


@cache
def read_csv(name: str) -> tuple[dict[str, str], ...]:
    """Read a CSV data file as rows of text. The result is shared: do not change it."""
    with path(name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
