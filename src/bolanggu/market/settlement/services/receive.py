"""Receive money from the buyer, and hold the deposits it covers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import Move, hold
from bolanggu.market.settlement.models import PaymentPlan, PlanOrder, Receipt
from bolanggu.market.settlement.selectors import deposit_hold, due, orders_of, plan_of
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.services import post_all
from bolanggu.values.money import Money


class ReceiptDiffers(ValueError):
    """A receipt with this number stands, for another plan or amount."""

    code = "receipt_differs"


class PayeeNotAllowed(ValueError):
    """The account that got the money belongs to nobody whom the engagement lets receive it (Huifa 11 of 2020)."""

    code = "payee_not_allowed"


class OverReceipt(ValueError):
    """More came in than the trade is worth with its tolerance (Huifa 11 of 2020: receipts of a trade)."""

    code = "over_receipt"


@requires("payment", "receive")
@transaction.atomic
def receive(
    *,
    by: Actor,
    at: datetime,
    group: str,
    number: str,
    minor: int,
    payer: str,
    payee: str,
    tolerance_bp: int = 0,
) -> Receipt:
    """Book a receipt by the bank's number into the group's funds, and hold the deposit of each order it covers.

    The same number again returns the receipt that stands.

    Raises
    ------
    ReceiptDiffers, PayeeNotAllowed, OverReceipt
        See the errors.
    """
    plan = plan_of(group, lock=True)
    standing = Receipt.objects.filter(number=number).first()
    if standing is not None:
        if (standing.plan_id, standing.minor, standing.payer) != (plan.pk, minor, payer):
            raise ReceiptDiffers(
                f"receipt {number} stands with {standing.currency} {standing.minor} of {standing.payer}"
            )
        return standing
    _permitted(plan, minor, payee, tolerance_bp)
    identity = key("receipt", number)
    inward = Transfer(
        id=identity,
        debit=accounts.bank(plan.currency),
        credit=accounts.funds(group, plan.currency),
        amount=minor,
        currency=plan.currency,
        purpose="receipt",
        ref=group,
    )
    post_all(by=by, at=at, batch=[inward])
    made = Receipt.objects.create(
        number=number,
        plan=plan,
        payer=payer,
        payee=payee,
        currency=plan.currency,
        minor=minor,
        transfer=identity,
        source=by.source.value,
        stated_at=at,
    )
    facts = {"currency": plan.currency, "minor": minor, "group": group, "payer": payer, "payee": payee}
    outbox.write(kind=events.RECEIVED, subject=number, at=at, by=by, payload=facts)
    hold_deposits(plan, by, at)
    return made


def _permitted(plan: PaymentPlan, minor: int, payee: str, tolerance_bp: int) -> None:
    if payee not in plan.payees:
        allowed = ", ".join(plan.payees) or "nobody"
        raise PayeeNotAllowed(f"{payee} may not receive money for {plan.group}; the engagement allows {allowed}")
    owed = due(plan.group)
    most = owed.total * (10000 + tolerance_bp) // 10000
    if owed.paid + minor > most:
        raise OverReceipt(
            f"{plan.currency} {minor} minor units on top of {owed.paid} exceed what {plan.group} is worth:"
            f" {owed.total}, at most {most} with tolerance"
        )


def hold_deposits(plan: PaymentPlan, by: Actor, at: datetime) -> None:
    """Hold whole deposits in the order of their numbers, as far as the funds reach."""
    source = accounts.funds(plan.group, plan.currency)
    balance = ledger.balance(source)
    left = balance.available if balance else 0
    orders = orders_of(plan)
    states = ledger.hold_states([deposit_hold(order.order) for order in orders])
    holds, held = [], []
    for order in orders:
        asked = order.deposit_due_minor
        if deposit_hold(order.order) in states or not 0 < asked <= left:
            continue
        left -= asked
        held.append(outbox.Notice(events.DEPOSIT_HELD, order.order, {"currency": plan.currency, "minor": asked}))
        holds.append(_hold(plan, order, source))
    post_all(by=by, at=at, batch=holds)
    outbox.write_many(held, at=at, by=by)


def _hold(plan: PaymentPlan, order: PlanOrder, source: str) -> Transfer:
    move = Move(
        ("deposit", order.order),
        source,
        accounts.payable(order.merchant, order.currency),
        "deposit",
        order.order,
    )
    return hold(move, Money(plan.currency, order.deposit_due_minor), delivered=order.currency)
