"""The ASEM example of COINr: its scheme, units and the results of each step."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from bolanggu.engines.evaluating import Node, Scheme, Units


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A reference file."""
    return list(csv.DictReader((folder / name).open(encoding="utf-8")))


def number(text: str) -> float:
    """A number, NaN where there is none."""
    return float("nan") if text in ("", "NA") else float(text)


def scheme(folder: Path) -> Scheme:
    """49 indicators, 8 pillars, 2 sub-indices, 1 index."""
    known = [row for row in rows(folder, "ASEM_iMeta.csv") if row["Level"]]
    none = {"NA": None, "": None}
    return Scheme(
        tuple(
            Node(
                row["iCode"],
                int(row["Level"]),
                none.get(row["Parent"], row["Parent"]),
                float(row["Weight"]),
                int(row["Direction"]),
                none.get(row["Denominator"], row["Denominator"]),
            )
            for row in known
        )
    )


def units(folder: Path) -> Units:
    """51 countries."""
    data = rows(folder, "ASEM_iData.csv")
    codes = scheme(folder).indicators
    return Units(
        tuple(row["uCode"] for row in data),
        np.array([[number(row[code]) for code in codes] for row in data]),
        {name: np.array([number(row[name]) for row in data]) for name in ("Area", "Energy", "GDP", "Population")},
        [row["EurAsia_group"] for row in data],
    )


def expected(folder: Path, name: str, columns: tuple[str, ...] | None = None) -> np.ndarray:
    """A reference matrix with rows and columns in our order."""
    by_code = {row["uCode"]: row for row in rows(folder, name)}
    wanted = columns or scheme(folder).indicators
    return np.array([[number(by_code[code][column]) for column in wanted] for code in units(folder).codes])
