"""Close order lines: they are not delivered and not owed; what they said stays readable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from bolanggu.market.orders.models import OrderLine
from bolanggu.market.orders.services.reduce_lines import reduce_lines
from bolanggu.platform.accounts.grants import Actor, requires


@requires("order", "change")
@transaction.atomic
def close_lines(*, by: Actor, at: datetime, lines: Collection[str], reason: str) -> list[OrderLine]:
    """Close open lines with a reason; an order without open lines is cancelled.

    Raises
    ------
    UnknownOrder, OrderNotOpen
        A line is not open, or its order is not.
    """
    return reduce_lines(by=by, at=at, pieces=dict.fromkeys(lines, 0), reason=reason)
