"""A merchant refuses an order; another merchant who has the goods is named."""

from __future__ import annotations

from typing import Any

from bolanggu.market.orders.services import refuse
from bolanggu.market.production.services import cancel
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.lines import need_uncounted
from bolanggu.trade.changes.money_again import Money, follow_orders
from bolanggu.trade.changes.offers import offers_for
from bolanggu.trade.changes.scene import Stand


@act("order", "refuse", title="Refuse an order", zh="商户拒单", touches=("orders", "money"))
def refuse_order(stand: Stand, *, order: str, reason: str, money: Money = "keep") -> dict[str, Any]:
    """The merchant refuses an order: its lines are closed, its production stops, its deposit is freed.

    Parameters
    ----------
    order
        Number of the order.
    reason
        Why, in her words.
    money
        keep the freed deposit in the buyer's funds, or refund it at once.
    """
    stand.need("order", "refusing an order", "there is nothing to refuse yet")
    need_uncounted(stand, order=order, right="reject the goods at the door or at inspection instead")
    closed = refuse(by=stand.hand, at=stand.at, order=order, reason=reason)
    lines = [line.line for line in closed]
    cancel(by=stand.hand, at=stand.at, lines=lines, reason=reason)
    paid = follow_orders(stand, money=money, reason=f"order {order} refused: {reason}")
    return {"order": order, "closed": lines, "offers": offers_for(stand.number, lines), **paid}
