"""Pay a claim through the ledger, and give the buyer what is left of her money."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import link
from bolanggu.market.settlement.selectors import plan_of
from bolanggu.market.settlement.services.refund import return_to_buyer
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.services import post_all


@requires("payment", "refund")
@transaction.atomic
def pay_claim(*, by: Actor, at: datetime, group: str, number: str, minor: int) -> UUID:
    """The liable party pays in, and the buyer is paid, in her currency; the id of the transfer that paid her.

    The same claim again pays nothing. Clients' money never pays for it: both transfers stand or none does.
    """
    plan = plan_of(group, lock=True)
    funds, bank = accounts.funds(group, plan.currency), accounts.bank(plan.currency)
    legs = [("in", bank, funds, "claim_paid_in"), ("out", funds, bank, "claim_paid")]
    batch = link(
        [
            Transfer(
                id=key("claim", number, part),
                debit=debit,
                credit=credit,
                amount=minor,
                currency=plan.currency,
                purpose=purpose,
                ref=group,
            )
            for part, debit, credit, purpose in legs
        ]
    )
    post_all(by=by, at=at, batch=batch)
    outbox.write(
        kind=events.CLAIM_PAID, subject=number, at=at, by=by, payload={"currency": plan.currency, "minor": minor}
    )
    return batch[-1].id


@requires("payment", "refund")
@transaction.atomic
def return_surplus(*, by: Actor, at: datetime, group: str) -> int:
    """Pay back what is left in the buyer's funds once everything is taken; returns how much, 0 where nothing is."""
    plan = plan_of(group, lock=True)
    balance = ledger.balance(accounts.funds(group, plan.currency))
    left = balance.available if balance else 0
    if left > 0:
        return_to_buyer(by=by, at=at, group=group, number=f"{group}-surplus-{balance.credits_posted}", minor=left)  # type: ignore[union-attr]
    return max(0, left)
