"""Money again (重算货款): the payment plan follows what is ordered now; freed money is kept or given back."""

from __future__ import annotations

from typing import Any, Literal

from bolanggu.market.orders.models import OrderGroup
from bolanggu.market.settlement.assumptions import fx_spread_bp
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.market.settlement.selectors import deposit_gates, free_funds
from bolanggu.market.settlement.services import receive, return_surplus, return_to_buyer, revise
from bolanggu.trade.changes.scene import Stand
from bolanggu.trade.money import group_due, group_rates
from bolanggu.trade.transfer_edges import record_transfers

Money = Literal["keep", "refund"]


def is_planned(trade: str) -> bool:
    """True once a payment plan stands."""
    return PaymentPlan.objects.filter(group=trade).exists()


def follow_orders(stand: Stand, *, money: Money, reason: str) -> dict[str, Any]:
    """Revise the payment plan to the open orders; ``refund`` gives freed deposits back to the buyer at once.

    ``keep`` leaves them in her funds for the balance or for another order; where nothing is ordered any more, all goes
    back.
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
    if not freed.due_minor and (left := return_surplus(by=stand.hand, at=stand.at, group=stand.number)):
        facts["returned_minor"] = facts.get("returned_minor", 0) + left
    record_transfers(stand.number)
    return facts


def deposit_owed(order: str) -> int:
    """Minor units of the buyer's currency that are missing for an order's deposit; 0 where none is planned."""
    gates = deposit_gates([order])
    return sum(asked - held for _, asked, held in gates)


def receive_deposit(stand: Stand, minor: int) -> None:
    """The buyer pays the deposit of an added order, less what her funds hold already."""
    group = group_due(stand.number)
    free = free_funds(stand.number)
    if minor > free:
        receive(
            by=stand.hand,
            at=stand.at,
            group=stand.number,
            number=f"{stand.name}-deposit",
            minor=minor - free,
            payer=group.buyer,
            payee=group.payees[0],
        )
    record_transfers(stand.number)
