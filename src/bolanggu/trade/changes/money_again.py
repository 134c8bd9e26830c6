"""Money again (重算货款): the payment plan follows what is ordered now; what was paid for less is kept or given back."""

from __future__ import annotations

from typing import Any, Literal

from bolanggu.market.orders.models import OrderGroup
from bolanggu.market.settlement.assumptions import fx_spread_bp
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.market.settlement.services import return_to_buyer, revise
from bolanggu.trade.changes.scene import Stand
from bolanggu.trade.money import group_due, group_rates
from bolanggu.trade.transfer_edges import record_transfers

Money = Literal["keep", "refund"]


def is_planned(trade: str) -> bool:
    """True once a payment plan stands."""
    return PaymentPlan.objects.filter(group=trade).exists()


def follow_orders(stand: Stand, *, money: Money, reason: str) -> dict[str, Any]:
    """Revise the payment plan to the open orders; ``refund`` gives freed deposits back to the buyer at once.

    ``keep`` leaves them in her funds for the balance or for another order.
    """
    if not OrderGroup.objects.filter(number=stand.number).exists() or not is_planned(stand.number):
        return {}
    freed = revise(
        by=stand.hand,
        at=stand.at,
        group=group_due(stand.number),
        rates=group_rates(stand.number),
        spread_bp=fx_spread_bp(),
        reason=reason,
    )
    facts = freed.as_dict()
    if money == "refund" and freed.freed_minor:
        return_to_buyer(
            by=stand.hand, at=stand.at, group=stand.number, number=f"{stand.name}-freed", minor=freed.freed_minor
        )
        facts["returned_minor"] = freed.freed_minor
    record_transfers(stand.number)
    return facts
