"""Reads of the pool, of shipments, boxes and shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bolanggu.market.consolidation.models import Equipment, LineChoice, LoadPlan, PoolEntry, Share, ShipmentTrade
from bolanggu.market.consolidation.values import Pool

_BOX = (
    "number",
    "version",
    "shipment",
    "type",
    "service",
    "fill_percent",
    "gross_g",
    "cartons",
    "placements",
    "certificate",
    "cost_minor",
    "currency",
    "stale",
)
_EQUIPMENT = ("plan_id", "number", "owner", "tare_g", "payload_g", "seal", "vgm_g", "free_days")


def boxes(trade: str) -> list[dict[str, Any]]:
    """Boxes that hold cartons of a trade: its share, the whole box, and the equipment where it is loaded."""
    own = ("pieces", "cartons", "grams", "cubic_mm", "cost_minor", "currency", "plan_id")
    rows = list(
        Share.objects.filter(trade=trade, plan__superseded=False)
        .order_by("plan__number")
        .values(*own, *(f"plan__{name}" for name in _BOX))
    )
    equipment = _equipment([row["plan_id"] for row in rows])
    return [{**row, "equipment": equipment.get(row["plan_id"])} for row in rows]


def boxes_of_shipment(shipment: str) -> list[dict[str, Any]]:
    """Standing planned boxes of a shipment, with shares by trade and the equipment where they are loaded."""
    rows = list(LoadPlan.objects.filter(shipment=shipment, superseded=False).order_by("number").values("id", *_BOX))
    equipment = _equipment([row["id"] for row in rows])
    shares: dict[int, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    names = ("plan_id", "trade", "pieces", "cartons", "grams", "cubic_mm", "cost_minor", "currency")
    for share in Share.objects.filter(plan_id__in=shares).order_by("trade").values(*names):
        shares[share.pop("plan_id")].append(share)
    return [{**row, "shares": shares[row["id"]], "equipment": equipment.get(row["id"])} for row in rows]


def _equipment(plans: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {e.pop("plan_id"): e for e in Equipment.objects.filter(plan_id__in=plans).values(*_EQUIPMENT)}


def left(trade: str) -> list[dict[str, Any]]:
    """Cartons of a trade that no box took, with the reason."""
    rows = PoolEntry.objects.filter(trade=trade, state=PoolEntry.State.LEFT).order_by("sscc")
    return [dict(row) for row in rows.values("sscc", "reason")]


def still_waiting(trades: Sequence[str]) -> dict[str, int]:
    """Cartons of each trade that wait in the pool; trades of which none waits are left out."""
    found: dict[str, int] = {}
    rows = PoolEntry.objects.filter(trade__in=list(trades), state=PoolEntry.State.WAITING)
    for trade in rows.values_list("trade", flat=True):
        found[trade] = found.get(trade, 0) + 1
    return found


def waiting_of(trade: str) -> list[str]:
    """SSCCs of the cartons of a trade that wait in the pool."""
    rows = PoolEntry.objects.filter(trade=trade, state=PoolEntry.State.WAITING)
    return list(rows.order_by("sscc").values_list("sscc", flat=True))


def shipments_of(trade: str) -> list[str]:
    """Numbers of the shipments in which a trade has a part, in the order they were opened."""
    rows = ShipmentTrade.objects.filter(trade=trade).order_by("shipment_id")
    return list(rows.values_list("shipment__number", flat=True))


def taken(shipment: str) -> set[str]:
    """SSCCs of the cartons that a shipment took."""
    return set(PoolEntry.objects.filter(shipment=shipment).values_list("sscc", flat=True))


def pools() -> list[Pool]:
    """Pools in which cartons wait."""
    rows = PoolEntry.objects.filter(state=PoolEntry.State.WAITING)
    names = ("destination", "agent", "terms", "wish")
    return [Pool(*row) for row in rows.order_by(*names).values_list(*names).distinct()]


def pools_since(trades: Sequence[str]) -> list[Pool]:
    """Pools in which cartons of the trades wait or have waited, in a fixed order."""
    names = ("destination", "agent", "terms", "wish")
    rows = PoolEntry.objects.filter(trade__in=list(trades))
    return [Pool(*row) for row in rows.order_by(*names).values_list(*names).distinct()]


def waiting(pool: Pool) -> list[dict[str, Any]]:
    """Cartons that wait in a pool, by SSCC: ``sscc, trade, ready_at, not_before``."""
    rows = PoolEntry.objects.filter(
        state=PoolEntry.State.WAITING,
        destination=pool.destination,
        agent=pool.agent,
        terms=pool.terms,
        wish=pool.wish,
    )
    return [dict(row) for row in rows.order_by("sscc").values("sscc", "trade", "ready_at", "not_before")]


def choices(trade: str) -> list[dict[str, Any]]:
    """Why lines of a trade went with a shipment or waited for the next, in the order it was decided."""
    names = ("shipment__number", "line", "cartons", "ships", "reason", "stated_at")
    return list(LineChoice.objects.filter(trade=trade).order_by("pk").values(*names))
