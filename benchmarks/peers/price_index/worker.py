"""One system in one process: load a table, then compute GEKS-Törnqvist each time a line arrives on stdin.

Run with the interpreter of the system's own environment: ``python worker.py SYSTEM TABLE.npz``. Answers are JSON lines:
seconds from the table in memory to the series, the series, and the peak resident memory in MB.
"""

from __future__ import annotations

import importlib.metadata
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

VERSIONS = {"pyindexnum": "0.4.0", "PriceIndexCalc2": "0.8.0"}
Run = Callable[[], list[float]]


def ours(table: Any) -> dict[str, Run]:
    """Numpy columns; text labels, as read."""
    from bolanggu.engines.price_index import build, index

    columns = table["period"], table["product"], table["price"], table["quantity"]

    def run(method: str, **window: Any) -> Run:
        return lambda: index(build(*columns), method, **window).tolist()

    return {
        "geks": run("geks-tornqvist"),
        "rolling": run("geks-tornqvist", window=11, splice="mean_pub"),
        "gk": run("gk"),
        "wtpd": run("wtpd"),
    }


def pyindexnum(table: Any) -> dict[str, Run]:
    """A polars frame, unbalanced panels allowed (its default refuses them)."""
    import polars as pl
    from pyindexnum import multilateral

    frame = pl.DataFrame(
        {
            "product_id": table["product"],
            "period": pl.Series(np.char.add(table["period"], "-01").tolist()).str.to_date(),
            "aggregated_price": table["price"],
            "aggregated_quantity": table["quantity"],
        }
    )

    def run() -> list[float]:
        return list(multilateral.geks_tornqvist(frame, balanced=False)["index_value"])

    return {"geks": run}


def price_index_calc(table: Any) -> dict[str, Run]:
    """A pandas frame sorted by period and product: in any other order its values are wrong."""
    import pandas as pd
    from PriceIndexCalc.pandas_modules import multilateral

    frame = pd.DataFrame(
        {
            "month": table["period"].tolist(),
            "id": table["product"].tolist(),
            "price": table["price"],
            "quantity": table["quantity"],
        }
    ).sort_values(["month", "id"], ignore_index=True)
    return {"geks": lambda: [float(value) for value in multilateral.geks(frame, bilateral_method="tornqvist")]}


SYSTEMS = {"ours": ours, "pyindexnum": pyindexnum, "PriceIndexCalc2": price_index_calc}


def main(system: str, path: str) -> None:
    """Answer one JSON line for every line on stdin, which names what to compute."""
    if system in VERSIONS and importlib.metadata.version(system) != VERSIONS[system]:
        raise SystemExit(f"{system} is {importlib.metadata.version(system)}; the bar is set against {VERSIONS[system]}")
    with np.load(path) as file:
        runs = SYSTEMS[system](dict(file))
    for line in sys.stdin:
        start = time.perf_counter()
        values = runs[line.strip()]()
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(json.dumps({"seconds": seconds, "values": values, "mb": memory}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
