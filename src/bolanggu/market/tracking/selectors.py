"""Reads of events: the line of milestones of a trade."""

from __future__ import annotations

from typing import Any

from bolanggu.market.tracking.models import TrackingEvent


def milestones(trade: str) -> list[dict[str, Any]]:
    """Events of a trade in order of time; actual and planned ones both stand."""
    return list(
        TrackingEvent.objects.filter(trade=trade)
        .order_by("happens_at", "thing", "milestone", "tense")
        .values("thing_kind", "thing", "tense", "milestone", "place", "happens_at", "source", "detail")
    )
