"""Reads of issued papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Max

from bolanggu.market.documents.models import Document
from bolanggu.settings import home

_FIELDS = (
    "number",
    "version",
    "kind",
    "file",
    "media_type",
    "sha256",
    "paper",
    "language",
    "facts",
    "figures",
    "key",
    "signature",
    "journal_sequence",
    "journal_head",
    "stated_at",
    "superseded",
    "superseded_at",
    "reason",
)


def store() -> Path:
    """The folder under which issued files are kept, every version of them."""
    return home() / "papers"


def of_trade(trade: str) -> list[dict[str, Any]]:
    """The standing version of each file of a trade's papers, in the order they were issued, with its seal."""
    rows = Document.objects.filter(trade=trade, superseded=False).order_by("pk").values(*_FIELDS)
    return [_shown(row) for row in rows]


def superseded(trade: str) -> list[dict[str, Any]]:
    """Files that later versions replaced, with when and why."""
    rows = Document.objects.filter(trade=trade, superseded=True).order_by("number", "version").values(*_FIELDS)
    return [
        _shown(row)
        | {"superseded_at": row["superseded_at"] and row["superseded_at"].isoformat(), "reason": row["reason"]}
        for row in rows
    ]


def standing(trade: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of the standing files of a trade, by paper."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in Document.objects.filter(trade=trade, superseded=False).order_by("pk").values(*_FIELDS):
        found.setdefault(row["paper"], []).append(row)
    return found


def last_versions(trade: str) -> dict[str, int]:
    """The number of the last version of each paper of a trade, standing or not."""
    return dict(Document.objects.filter(trade=trade).values_list("paper").annotate(last=Max("version")))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["number"],
        "version": row["version"],
        "kind": row["kind"],
        "path": str(store() / row["file"]),
        "media_type": row["media_type"],
        "sha256": row["sha256"],
        "paper": row["paper"],
        "language": row["language"],
        "day": row["stated_at"].date().isoformat(),
        "seal": {
            "key": row["key"],
            "signature": row["signature"],
            "journal": {"sequence": row["journal_sequence"], "head": row["journal_head"]},
        }
        if row["key"]
        else None,
    }
