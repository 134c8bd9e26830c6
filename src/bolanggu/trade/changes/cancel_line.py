"""The buyer cancels a line before its goods come in."""

from __future__ import annotations

from typing import Any

from bolanggu.market.orders.services import close_lines
from bolanggu.market.production.services import cancel
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.lines import need_uncounted
from bolanggu.trade.changes.money_again import Money, follow_orders
from bolanggu.trade.changes.scene import Stand


@act("order", "change", title="Cancel a line", zh="买家取消一行", touches=("orders", "money"))
def cancel_line(stand: Stand, *, line: str, reason: str, money: Money = "keep") -> dict[str, Any]:
    """The buyer does not want a line any more: it is closed; an order without lines is cancelled.

    Parameters
    ----------
    line
        Number of the line.
    reason
        Why.
    money
        keep the freed deposit in the buyer's funds, or refund it at once.
    """
    stand.need("order", "cancelling a line", "take it out of the list instead")
    row = need_uncounted(stand, line=line, right="they are hers; agree a return with the merchant, or sell them on")[0]
    close_lines(by=stand.hand, at=stand.at, lines=[line], reason=f"cancelled by the buyer: {reason}")
    cancel(by=stand.hand, at=stand.at, lines=[line], reason=reason)
    paid = follow_orders(stand, money=money, reason=f"line {line} cancelled: {reason}")
    return {"line": line, "order": row["order__number"], **paid}
