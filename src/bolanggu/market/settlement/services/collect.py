"""Take what is owed beside the goods: the buyer's charges, and commission from both sides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.models import Charge
from bolanggu.market.settlement.selectors import orders_of, plan_of
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Code, Transfer, key
from bolanggu.platform.ledger.services import post_all


@requires("payment", "allocate")
@transaction.atomic
def collect(*, by: Actor, at: datetime, group: str) -> int:
    """Collect the charges that the buyer bears from her funds; returns minor units collected now.

    Raises
    ------
    NotPosted
        Her funds do not cover them.
    """
    plan = plan_of(group, lock=True)
    batch = [
        Transfer(
            id=key("collect", charge.number),
            debit=accounts.funds(group, plan.currency),
            credit=accounts.charges(group, plan.currency),
            amount=charge.due_minor,
            currency=plan.currency,
            purpose="charge_collected",
            ref=group,
        )
        for charge in Charge.objects.filter(plan=plan, payer="buyer").order_by("number")
    ]
    taken = _posted(batch, by, at)
    if taken:
        facts = {"currency": plan.currency, "minor": sum(taken)}
        outbox.write(kind=events.COLLECTED, subject=group, at=at, by=by, payload=facts)
    return sum(taken)


@requires("payment", "allocate")
@transaction.atomic
def take_commission(*, by: Actor, at: datetime, group: str) -> int:
    """Take the commissions frozen in the plan, the buyer's from her funds, each merchant's from her account.

    Taking them again takes nothing. Returns how many were taken now.

    Raises
    ------
    NotPosted
        An account does not cover its commission: allocate first.
    """
    plan = plan_of(group, lock=True)
    sides = [("buyer", group, accounts.funds(group, plan.currency), plan.currency, plan.commission_minor)]
    for order in orders_of(plan):
        source = accounts.payable(order.merchant, order.currency)
        sides.append(("merchant", order.order, source, order.currency, order.commission_minor))
    batch = [
        Transfer(
            id=key("commission", side, ref),
            debit=source,
            credit=accounts.commission(plan.agent, currency),
            amount=minor,
            currency=currency,
            purpose=f"commission_{side}",
            ref=ref,
        )
        for side, ref, source, currency, minor in sides
        if minor
    ]
    taken = _posted(batch, by, at)
    if taken:
        outbox.write(kind=events.COMMISSION, subject=group, at=at, by=by, payload={"transfers": len(taken)})
    return len(taken)


def _posted(batch: list[Transfer], by: Actor, at: datetime) -> list[int]:
    """Amounts of the transfers that took effect now."""
    codes = post_all(by=by, at=at, batch=batch)
    return [t.amount or 0 for t, code in zip(batch, codes, strict=True) if code == Code.OK]
