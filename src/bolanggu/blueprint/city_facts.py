"""City facts (城市蓝图数据): what `cities/<city>/blueprint/` says, as plain rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bolanggu.data import city as city_folder


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: key of the document and code points, end exclusive."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the tree with the code of the box above it."""

    code: str
    kind: str
    parent: str | None
    position: int
    zh: str
    en: str
    driver_zh: str
    driver_en: str
    period: str
    at: Place


def folder(city: str = "yiwu") -> Path:
    """Where the blueprint of a city lies."""
    return city_folder(city) / "blueprint"


@cache
def read(city: str, name: str) -> Any:
    """One YAML file of the city's blueprint. The result is shared: do not change it."""
    import yaml

    return yaml.safe_load((folder(city) / f"{name}.yaml").read_text(encoding="utf-8"))


def boxes(city: str = "yiwu") -> list[Box]:
    """The trees, each box after the one above it."""
    return list(_boxes(read(city, "tree"), None))


def _boxes(rows: list[dict[str, Any]], parent: str | None) -> Iterator[Box]:
    for position, row in enumerate(rows, 1):
        driver = row.get("driver", {})
        yield Box(
            code=row["code"],
            kind=row["kind"],
            parent=parent,
            position=position,
            zh=row["zh"],
            en=row["en"],
            driver_zh=driver.get("zh", ""),
            driver_en=driver.get("en", ""),
            period=row.get("period", ""),
            at=Place(*row["at"]),
        )
        yield from _boxes(row.get("children", []), row["code"])


def observations(city: str = "yiwu") -> list[dict[str, str]]:
    """Observed values read from the documents, as rows of text."""
    with (folder(city) / "observations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copies(reform: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Who copied a reform: place, year, reference."""
    listed = reform.get("copies", {})
    for year, places in listed.items():
        if year != "reference":
            yield from ((place, year, listed["reference"]) for place in places)
