"""Reads of the pool, of boxes and of shares."""

from __future__ import annotations

from typing import Any

from bolanggu.market.consolidation.models import Equipment, PoolEntry, Share


def boxes(trade: str) -> list[dict[str, Any]]:
    """Boxes that hold cartons of a trade: its share, the whole box, and the equipment where it is loaded."""
    rows = list(
        Share.objects.filter(trade=trade)
        .order_by("plan__number")
        .values(
            "pieces",
            "cartons",
            "grams",
            "cubic_mm",
            "plan_id",
            "plan__number",
            "plan__version",
            "plan__type",
            "plan__service",
            "plan__fill_percent",
            "plan__gross_g",
            "plan__cartons",
            "plan__placements",
            "plan__certificate",
            "plan__stale",
        )
    )
    equipment = {
        e.pop("plan_id"): e
        for e in Equipment.objects.filter(plan_id__in=[row["plan_id"] for row in rows]).values(
            "plan_id", "number", "owner", "tare_g", "payload_g", "seal", "vgm_g", "free_days"
        )
    }
    return [{**row, "equipment": equipment.get(row["plan_id"])} for row in rows]


def left(trade: str) -> list[dict[str, Any]]:
    """Cartons of a trade that no box took, with the reason."""
    return list(
        PoolEntry.objects.filter(trade=trade, state=PoolEntry.State.LEFT).order_by("sscc").values("sscc", "reason")
    )
