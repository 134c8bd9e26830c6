"""Listing (单证目录): the papers of a trade as its page shows them, folder by folder, with versions and seals."""

from __future__ import annotations

from typing import Any

from bolanggu.market.documents import selectors as documents
from bolanggu.market.documents.types import TYPES
from bolanggu.trade.papers.files import place_of

FOLDERS = {
    "1-order": ("Order", "订货"),
    "2-warehouse": ("Warehouse", "进仓"),
    "3-loading": ("Booking and loading", "订舱装箱"),
    "4-customs": ("Customs", "报关"),
    "5-transport": ("Transport", "运输"),
    "6-statements": ("Statements", "对账"),
}


def listed(trade: str) -> dict[str, Any]:
    """Standing papers by folder, each with its files; and what was replaced, with the reason."""
    folders: dict[str, dict[str, Any]] = {}
    for row in documents.of_trade(trade):
        of = TYPES.get(row["kind"])
        if of is None:
            continue
        en, zh = FOLDERS[of.folder]
        papers = folders.setdefault(of.folder, {"en": en, "zh": zh, "papers": {}})["papers"]
        paper = papers.setdefault(row["paper"], _paper(row))
        paper["files"].append({"href": place_of(row), "name": row["id"].removeprefix(f"{row['paper']}.")})
    return {
        "folders": [folder | {"papers": list(folder["papers"].values())} for folder in folders.values()],
        "replaced": [_replaced(row) for row in documents.superseded(trade) if row["kind"] in TYPES],
    }


def _paper(row: dict[str, Any]) -> dict[str, Any]:
    of = TYPES[row["kind"]]
    seal = row["seal"]
    return {
        "number": row["paper"],
        "en": of.name.en,
        "zh": of.name.zh,
        "version": row["version"],
        "day": row["day"],
        "seal": seal["signature"][:16] if seal else "",
        "key": seal["key"][:16] if seal else "",
        "files": [],
    }


def _replaced(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["id"],
        "version": row["version"],
        "href": place_of(row),
        "on": (row["superseded_at"] or "")[:10],
        "reason": row["reason"],
    }
