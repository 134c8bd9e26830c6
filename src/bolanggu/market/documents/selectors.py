"""Reads of issued papers."""

from __future__ import annotations

from typing import Any

from bolanggu.market.documents.models import Document


def of_trade(trade: str) -> list[dict[str, Any]]:
    """The newest version of each paper of a trade."""
    newest: dict[str, dict[str, Any]] = {}
    for row in (
        Document.objects.filter(trade=trade)
        .order_by("number", "version")
        .values("number", "version", "kind", "file", "media_type", "sha256")
    ):
        newest[row["number"]] = {
            "id": row["number"],
            "version": row["version"],
            "kind": row["kind"],
            "path": row["file"],
            "media_type": row["media_type"],
            "sha256": row["sha256"],
        }
    return list(newest.values())
