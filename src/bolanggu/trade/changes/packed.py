"""Packed (已装箱): cartons of a line follow what is accepted of it, in the warehouse and in the pool."""

from __future__ import annotations

from typing import Any

from bolanggu.market.consolidation.services import drop_cartons
from bolanggu.market.warehousing.services import unpack
from bolanggu.trade.changes.scene import Stand


def leave_packed(stand: Stand, row: dict[str, Any], pieces: int, reason: str) -> list[str]:
    """Leave ``pieces`` of an open order line packed; cartons not needed leave the pool. Their SSCCs."""
    gone = unpack(
        by=stand.hand,
        at=stand.at,
        line=row["line"],
        pieces=pieces,
        amount_minor=pieces * row["unit_minor"],
        currency=row["order__currency"],
        reason=reason,
    )
    if gone:
        drop_cartons(by=stand.hand, at=stand.at, ssccs=gone, reason=reason)
    return gone
