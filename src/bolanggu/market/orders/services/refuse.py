"""A merchant refuses an order (拒单): all its lines are closed with her reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.orders.models import OrderLine
from bolanggu.market.orders.services.close_lines import close_lines
from bolanggu.market.orders.services.locking import open_order
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("order", "refuse")
@transaction.atomic
def refuse(*, by: Actor, at: datetime, order: str, reason: str) -> list[OrderLine]:
    """Refuse a placed or confirmed order; returns the lines that are closed now.

    Raises
    ------
    UnknownOrder, OrderNotOpen
        There is no such order, or it is cancelled or closed.
    """
    row = open_order(order, "refused")
    numbers = list(row.lines.filter(open=True).values_list("line", flat=True))
    closed = close_lines(by=by, at=at, lines=numbers, reason=f"refused by {row.merchant.number}: {reason}")
    outbox.write(kind="order.refused", subject=order, at=at, by=by, payload={"reason": reason, "lines": numbers})
    return closed
