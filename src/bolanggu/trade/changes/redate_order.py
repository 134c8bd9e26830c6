"""A merchant moves the day on which an order is ready; or it simply comes late."""

from __future__ import annotations

from datetime import date
from typing import Any

from bolanggu.market.orders.services import redate
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.lines import need_uncounted
from bolanggu.trade.changes.scene import NotPossible, Stand


@act("order", "redate", title="Move an order's day", zh="商户改期", touches=("dates",))
def redate_order(stand: Stand, *, order: str, ready_on: date, reason: str) -> dict[str, Any]:
    """The merchant promises another day; the goods are received then, and what follows moves with them.

    Parameters
    ----------
    order
        Number of the order.
    ready_on
        The day promised now, not before today.
    reason
        Why.
    """
    return _moved(stand, order, ready_on, reason)


@act("receipt", "count", title="Delivery comes late", zh="迟交", touches=("dates",))
def deliver_late(stand: Stand, *, order: str, arrives_on: date, reason: str) -> dict[str, Any]:
    """The warehouse waits in vain: an order comes later than promised.

    Parameters
    ----------
    order
        Number of the order.
    arrives_on
        The day on which it comes instead.
    reason
        What the merchant says.
    """
    return _moved(stand, order, arrives_on, f"late: {reason}")


def _moved(stand: Stand, order: str, day: date, reason: str) -> dict[str, Any]:
    stand.need("order", "moving a day", "there is no order yet")
    need_uncounted(stand, order=order, right="its day is past; state what was counted instead")
    if day < stand.at.date():
        raise NotPossible(f"order {order} cannot be ready on {day}, it is {stand.at:%Y-%m-%d}; write a day to come")
    redate(by=stand.hand, at=stand.at, order=order, ready_on=day, reason=reason)
    return {"order": order, "ready_on": day}
