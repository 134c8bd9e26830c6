"""Decide on unmatched money (挂账处理): match it with what is owed, converted where it has to be, or send it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import Move, Quoted, arrival, chain
from bolanggu.market.settlement.models import PaymentPlan, Position, Receipt, Unmatched
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.selectors import due, plan_of
from bolanggu.market.settlement.services.convert import deal
from bolanggu.market.settlement.services.receive import hold_deposits
from bolanggu.market.settlement.services.take_in import Taken
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger.services import open_accounts, post_all
from bolanggu.values.money import Money


class NothingUnmatched(LookupError):
    """No receipt of that number has an unmatched part."""

    code = "nothing_unmatched"


@requires("payment", "convert")
@transaction.atomic
def convert_unmatched(*, by: Actor, at: datetime, group: str, number: str, rates: Rates, spread_bp: int = 0) -> Taken:
    """Match what is unmatched of a receipt with what is owed now; money in another currency is sold for the buyer's.

    Conversion is at ``rates`` with the spread, through the liquidity accounts; the bank is dealt with at once.
    What is converted and not owed stays unmatched, in the buyer's currency, under the number with ``:converted``.

    Raises
    ------
    NothingUnmatched
        Nothing of that receipt is unmatched.
    """
    plan = plan_of(group, lock=True)
    row = _open(plan, number)
    if row.currency != plan.currency:
        row = _converted(plan, row, rates, spread_bp, by=by, at=at)
    matched = min(row.left_minor, due(group).outstanding)
    if matched:
        _match(plan, row, matched, by=by, at=at)
    return Taken(
        row.number, row.currency, row.received_minor, matched, row.left_minor, due(group).outstanding, row.reason
    )


def _open(plan: PaymentPlan, number: str) -> Unmatched:
    row = Unmatched.objects.select_for_update().filter(plan=plan, number=number, left_minor__gt=0).first()
    if row is None:
        raise NothingUnmatched(f"nothing is unmatched of receipt {number} of {plan.group}")
    return row


def _converted(
    plan: PaymentPlan, row: Unmatched, rates: Rates, spread_bp: int, *, by: Actor, at: datetime
) -> Unmatched:
    sold = Money(row.currency, row.left_minor)
    quoted = Quoted(rates.between(plan.currency, row.currency), spread_bp)
    got = quoted.dealing().inverse().convert(sold)
    target = accounts.unmatched(plan.group, plan.currency)
    open_accounts(by=by, at=at, openings=accounts.openings([target, *accounts.house(plan.currency)]))
    move = Move(
        ("unmatched", row.number, "converted"),
        accounts.unmatched(plan.group, row.currency),
        target,
        "converted",
        plan.group,
    )
    post_all(by=by, at=at, batch=chain(move, sold, got, quoted))
    position = Position.objects.create(
        plan=plan,
        number=":".join(move.key),
        what="receipt",
        sold=sold.currency,
        sold_minor=sold.minor,
        bought=got.currency,
        bought_minor=quoted.parity.inverse().convert(sold).minor,
    )
    number = f"{plan.group}-FX{plan.deals.count() + 1}"
    deal(plan, number, [position], rates.between(sold.currency, got.currency), by=by, at=at)
    row.left_minor = 0
    row.save(update_fields=["left_minor"])
    return Unmatched.objects.create(
        number=f"{row.number}:converted",
        plan=plan,
        payer=row.payer,
        currency=got.currency,
        received_minor=got.minor,
        minor=got.minor,
        left_minor=got.minor,
        reason=f"converted from {sold} at {quoted.parity.date}",
        transfer=arrival(move),
        source=by.source.value,
        stated_at=at,
    )


def _match(plan: PaymentPlan, row: Unmatched, minor: int, *, by: Actor, at: datetime) -> None:
    """Bring unmatched money to the buyer's funds: from now on it is a receipt for what is owed."""
    count = Receipt.objects.filter(plan=plan, number__startswith=f"{row.number}:m").count()
    number = f"{row.number}:m{count + 1}"
    over = Transfer(
        id=key("matched", number),
        debit=accounts.unmatched(plan.group, plan.currency),
        credit=accounts.funds(plan.group, plan.currency),
        amount=minor,
        currency=plan.currency,
        purpose="matched",
        ref=plan.group,
    )
    post_all(by=by, at=at, batch=[over])
    row.left_minor -= minor
    row.save(update_fields=["left_minor"])
    Receipt.objects.create(
        number=number,
        plan=plan,
        payer=row.payer,
        payee=plan.payees[0],
        currency=plan.currency,
        minor=minor,
        transfer=over.id,
        source=by.source.value,
        stated_at=at,
    )
    outbox.write(
        kind=events.MATCHED, subject=row.number, at=at, by=by, payload={"currency": plan.currency, "minor": minor}
    )
    hold_deposits(plan, by, at)


@requires("payment", "refund")
@transaction.atomic
def return_unmatched(*, by: Actor, at: datetime, group: str, number: str, reason: str) -> Money:
    """Send what is unmatched of a receipt back to its payer, in its own currency; returns how much went.

    Raises
    ------
    NothingUnmatched
        Nothing of that receipt is unmatched.
    """
    plan = plan_of(group, lock=True)
    row = _open(plan, number)
    back = Money(row.currency, row.left_minor)
    out = Transfer(
        id=key("unmatched", number, "returned"),
        debit=accounts.unmatched(group, row.currency),
        credit=accounts.bank(row.currency),
        amount=back.minor,
        currency=back.currency,
        purpose="unmatched_returned",
        ref=group,
    )
    post_all(by=by, at=at, batch=[out])
    row.left_minor = 0
    row.save(update_fields=["left_minor"])
    facts = {"currency": back.currency, "minor": back.minor, "reason": reason}
    outbox.write(kind=events.UNMATCHED_RETURNED, subject=number, at=at, by=by, payload=facts)
    return back
