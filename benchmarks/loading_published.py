"""Published fill of the sets BR1 to BR15: BSG-VCS of Araya, Guerrero & Núñez 2017, 30 seconds, mean % of 100 instances.

Per instance the figures of BR1 to BR7 stand in the reference data beside the checkout; here are the means.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "loading" / "published_br1_7.csv"
#: (mean of BR1–7, mean of BR8–15) by rule of support
MEANS = {"full": (94.95, 91.14), "none": (96.19, 94.95)}
_COLUMN = {"full": "bsg_vcs_full_30s", "none": "bsg_vcs_30s"}


@cache
def _rows() -> dict[tuple[int, int], dict[str, str]]:
    if not DATA.is_file():
        return {}
    with DATA.open(encoding="utf-8", newline="") as file:
        return {(int(row["set"]), int(row["instance"])): row for row in csv.DictReader(file)}


def published(group: int, number: int, support: str) -> float:
    """Look up the published fill of one instance, %; where only the mean of its half of the sets is known, that."""
    row = _rows().get((group, number))
    return float(row[_COLUMN[support]]) if row else MEANS[support][group > 7]
