"""Take in whatever comes (收款挂账): what is owed is matched, the rest is kept and named until it is decided."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.models import PaymentPlan, Receipt, Unmatched
from bolanggu.market.settlement.selectors import due, plan_of
from bolanggu.market.settlement.services.receive import ReceiptDiffers, receive
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger.services import open_accounts, post_all
from bolanggu.values.money import Money


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a receipt: matched in the buyer's currency, unmatched in its own, and what is still owed."""

    number: str
    currency: str
    received_minor: int
    matched_minor: int
    unmatched_minor: int
    outstanding_minor: int
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """The facts as JSON data."""
        return asdict(self)


@requires("payment", "receive")
@transaction.atomic
def take_in(*, by: Actor, at: datetime, group: str, number: str, minor: int, currency: str) -> Taken:
    """Book a receipt in full by the bank's number, whatever it is; the same number again answers as before.

    What is owed is matched as by `receive`. The rest, and all money in another currency than the buyer pays in, is
    kept on an account of its own, with the reason.

    Raises
    ------
    ReceiptDiffers
        The number stands for another amount or currency.
    """
    plan = plan_of(group, lock=True)
    if (standing := _standing(plan, number, minor, currency)) is not None:
        return standing
    owed = due(group).outstanding
    matched = min(minor, owed) if currency == plan.currency else 0
    if matched:
        receive(by=by, at=at, group=group, number=number, minor=matched, payer=plan.buyer, payee=plan.payees[0])
    reason = ""
    if minor > matched:
        reason = _why(plan, currency, owed, minor)
        _keep(plan, number, Money(currency, minor - matched), minor, reason, by=by, at=at)
    return Taken(number, currency, minor, matched, minor - matched, due(group).outstanding, reason)


def _standing(plan: PaymentPlan, number: str, minor: int, currency: str) -> Taken | None:
    receipt = Receipt.objects.filter(number=number).first()
    kept = Unmatched.objects.filter(number=number).first()
    if receipt is None and kept is None:
        return None
    whole = kept.received_minor if kept else receipt.minor if receipt else 0
    plans = {row.plan_id for row in (receipt, kept) if row is not None}
    if (plans, whole, (kept or receipt).currency) != ({plan.pk}, minor, currency):  # type: ignore[union-attr]
        raise ReceiptDiffers(
            f"receipt {number} stands with another amount, currency or group; give the bank's own number"
        )
    matched = receipt.minor if receipt else 0
    left = kept.minor if kept else 0
    return Taken(number, currency, whole, matched, left, due(plan.group).outstanding, kept.reason if kept else "")


def _why(plan: PaymentPlan, currency: str, owed: int, minor: int) -> str:
    if currency != plan.currency:
        return f"came in {currency}, the buyer pays in {plan.currency}: convert it or send it back"
    return f"{plan.currency} {owed} minor units are owed, {minor} came: {minor - owed} are too much"


def _keep(
    plan: PaymentPlan, number: str, amount: Money, received: int, reason: str, *, by: Actor, at: datetime
) -> Unmatched:
    account = accounts.unmatched(plan.group, amount.currency)
    codes = [account, *accounts.house(amount.currency)]
    open_accounts(by=by, at=at, openings=accounts.openings(codes))
    inward = Transfer(
        id=key("unmatched", number),
        debit=accounts.bank(amount.currency),
        credit=account,
        amount=amount.minor,
        currency=amount.currency,
        purpose="unmatched",
        ref=plan.group,
    )
    post_all(by=by, at=at, batch=[inward])
    facts = {"currency": amount.currency, "minor": amount.minor, "received_minor": received, "reason": reason}
    outbox.write(kind=events.UNMATCHED, subject=number, at=at, by=by, payload=facts)
    return _row(plan, number, amount, received, reason, inward, by=by, at=at)


def _row(
    plan: PaymentPlan,
    number: str,
    amount: Money,
    received: int,
    reason: str,
    inward: Transfer,
    *,
    by: Actor,
    at: datetime,
) -> Unmatched:
    return Unmatched.objects.create(
        number=number,
        plan=plan,
        payer=plan.buyer,
        currency=amount.currency,
        received_minor=received,
        minor=amount.minor,
        left_minor=amount.minor,
        reason=reason,
        transfer=inward.id,
        source=by.source.value,
        stated_at=at,
    )
