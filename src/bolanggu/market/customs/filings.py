"""Filings (备案): a city's market cluster, its filed operators and the dated export lists, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import yaml

from bolanggu.data import city, read_yaml
from bolanggu.engines.rules.facts import Value
from bolanggu.market.customs.consignment import Cluster, Filing, ListEntry, Lists, Operator


@dataclass(frozen=True, slots=True)
class Filed:
    """What is filed in one city: the cluster, the operators, and the exit customs by UN/LOCODE of the port."""

    cluster: Cluster
    operators: tuple[Operator, ...]
    exit_customs: Mapping[str, str]


@cache
def filed(name: str) -> Filed:
    """Read what is filed in a city, such as ``yiwu``."""
    document = yaml.safe_load((city(name) / "customs.yaml").read_text(encoding="utf-8"))
    cluster = document["cluster"]
    return Filed(
        Cluster(
            cluster["code"],
            cluster["name_zh"],
            cluster["effective_from"],
            tuple(cluster["customs_offices"]),
            cluster["pilot_food_cosmetics"],
        ),
        tuple(
            Operator(row["name"], row["uscc"], _filing(row["mp_filing"]), _filing(row["customs_filing"]))
            for row in document["operators"]
        ),
        document["exit_customs"],
    )


def _filing(row: Mapping[str, Any]) -> Filing:
    return Filing(row["no"], row["from"], row["to"])


@cache
def export_lists() -> Lists:
    """Read the dated lists of prohibited, restricted, unsuitable, inspected and dutiable goods."""
    document = read_yaml("rules/export_lists.yaml")

    def entries(name: str) -> tuple[ListEntry, ...]:
        return tuple(_entry(row) for row in document[name]["entries"])

    return Lists(
        prohibited=entries("prohibited"),
        restricted=entries("restricted"),
        negative=entries("negative"),
        ciq=entries("ciq"),
        export_duty=entries("export_duty"),
    )


def _entry(row: Mapping[str, Any]) -> ListEntry:
    start: date | None = row["from"]
    end: date | None = row["to"]
    return ListEntry(row["hs"], start, end, Fraction(row["rate"]) if "rate" in row else None)


@cache
def category_of(hs10: str) -> str | None:
    """Tell whether a code is cosmetics or pre-packaged food under the pilot rule; None for ordinary goods.

    >>> category_of("3304990000"), category_of("9503000000")
    ('cosmetics', None)
    """
    table = read_yaml("rules/export_lists.yaml")["categories"]
    return next((name for name, prefixes in table.items() if hs10.startswith(tuple(prefixes))), None)


@cache
def approved_clusters() -> Mapping[str, date]:
    """Read the approved pilot markets with the day from which each counts: the last of its year, the day being unknown.

    >>> sum(day <= date(2021, 12, 31) for day in approved_clusters().values()), len(approved_clusters())
    (31, 39)
    """
    batches = read_yaml("rules/market_clusters.yaml")["batches"]
    return {name: date(int(year), 12, 31) for year, names in batches.items() for name in names}


def cluster_facts(name_zh: str | None, kind: str | None, *, published: bool | None) -> dict[str, Value | None]:
    """Facts of the scope ``cluster`` in the rule book of afterwards."""
    approved = approved_clusters().get(name_zh or "")
    listed = None if name_zh is None else approved is not None
    return {"kind": kind, "published": published, "listed": listed, "approved": approved}
