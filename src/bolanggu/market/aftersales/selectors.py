"""Reads of claims."""

from __future__ import annotations

from typing import Any

from bolanggu.market.aftersales.models import Claim, ClaimLine


def claims(trade: str) -> list[dict[str, Any]]:
    """Claims of a trade in the order they were opened, each with its lines ``[{line, carton, pieces, minor}]``."""
    names = ("number", "box", "liable", "party", "currency", "minor", "settled_minor", "state", "reason", "answer")
    rows = list(Claim.objects.filter(trade=trade).order_by("pk").values("id", *names, "stated_at", "escalates_at"))
    lines: dict[int, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    inside = ClaimLine.objects.filter(claim_id__in=lines).order_by("carton", "line")
    for line in inside.values("claim_id", "line", "carton", "pieces", "minor"):
        lines[line.pop("claim_id")].append(line)
    return [{**row, "lines": lines[row.pop("id")]} for row in rows]
