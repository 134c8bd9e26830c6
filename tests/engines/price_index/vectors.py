"""The reference vectors of ``index_ref``: what was asked, in our names, and the values."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np

from bolanggu.engines.price_index import Panel, build

DATASETS = {"CES": "CES_sigma_2.csv", "CES_churn": "CES_churn.csv"}


def ces(folder: Path, dataset: str) -> Panel:
    """Four products over twelve periods; ``CES_churn`` lacks some rows."""
    rows = list(csv.DictReader((folder / DATASETS[dataset]).open(encoding="utf-8")))
    return build(
        [f"{int(row['time']):02d}" for row in rows],
        [row["prodID"] for row in rows],
        np.array([float(row["prices"]) for row in rows]),
        np.array([float(row["quantities"]) for row in rows]),
    )


def uci(folder: Path) -> tuple[np.ndarray, ...]:
    """The UCI panel as columns: period, product, price, quantity."""
    rows = list(csv.DictReader((folder.parent / "uci_retail_panel_monthly.csv").open(encoding="utf-8")))
    labels = (np.array([row[name] for row in rows]) for name in ("ym", "id"))
    return *labels, *(np.array([float(row[name]) for row in rows]) for name in ("p", "q"))


def expected(file: Path) -> dict[tuple[str, ...], np.ndarray]:
    """(dataset, family, method, output, window, splice, extra) → values."""
    names = ("dataset", "family", "method", "output", "window", "splice", "extra")
    found: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in csv.DictReader(file.open(encoding="utf-8")):
        found[tuple(row.get(name) or "" for name in names)].append(float(row["value"]))
    return {key: np.array(values) for key, values in found.items()}


def question(key: tuple[str, ...]) -> tuple[str, int | None, str | None]:
    """The method, window and splice that give a vector."""
    _, family, method, output, window, splice, _ = key
    if family == "bilateral":
        return {"chained": "chained", "fixedbase": "fixed"}[output] + "-" + method, None, None
    if method.endswith("_int"):
        return "intgeks", None, None
    name = f"geks-{method}" if family == "GEKS" else family.lower()
    return (name, None, None) if splice == "none" else (name, int(window), splice)
