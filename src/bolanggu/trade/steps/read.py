"""Step 1, read the list (读取清单): the buyer's list becomes an inquiry; every row keeps its place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.inquiries.purchase_list import PurchaseList
from bolanggu.market.inquiries.services import send
from bolanggu.trade.stages import Stage


def prepare(stage: Stage) -> PurchaseList:
    """The list was read with the request."""
    return stage.request.purchase_list


def act(stage: Stage, purchase_list: PurchaseList) -> tuple[datetime, dict[str, Any]]:
    """Send the inquiry."""
    inquiry = send(
        by=stage.cast.world,
        at=stage.clock,
        number=stage.trade.number,
        buyer=stage.trade.buyer_id,
        purchase_list=purchase_list,
        destination=stage.trade.destination,
        currency=stage.trade.currency,
    )
    return stage.clock, {"lines": inquiry.lines.count(), "faults": len(inquiry.faults)}
