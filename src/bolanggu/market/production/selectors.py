"""Reads of production tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bolanggu.market.production.models import ProductionTask


def tasks(orders: Sequence[str]) -> list[dict[str, Any]]:
    """Tasks of the orders, by line."""
    return list(
        ProductionTask.objects.filter(order__in=orders)
        .order_by("line")
        .values("line", "order", "pieces", "state", "started_at", "promised_at", "ready_at")
    )
