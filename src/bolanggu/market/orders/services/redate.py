"""A merchant moves the day on which an order is ready (改期)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bolanggu.market.orders.models import Order
from bolanggu.market.orders.services.locking import open_order, order_facts
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires


@requires("order", "redate")
@transaction.atomic
def redate(*, by: Actor, at: datetime, order: str, ready_on: date, reason: str) -> Order:
    """Promise another day; the days promised before stay readable. The same day again changes nothing.

    Raises
    ------
    UnknownOrder, OrderNotOpen
        There is no such order, or it is cancelled or closed.
    """
    row = open_order(order, "redated")
    if row.ready_on == ready_on:
        return row
    versions.supersede(kind="order", facts=[(order, order_facts(row))], at=at, by=by, reason=reason)
    row.ready_on, row.version = ready_on, row.version + 1
    row.save(update_fields=["ready_on", "version"])
    payload = {"ready_on": ready_on.isoformat(), "reason": reason}
    outbox.write(kind="order.redated", subject=order, at=at, by=by, payload=payload)
    return row
