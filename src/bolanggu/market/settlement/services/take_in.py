"""Take in whatever comes (收款挂账): what is owed is matched, the rest is kept and named until it is decided."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import Move, Quoted, arrival, chain
from bolanggu.market.settlement.models import PaymentPlan, Position, Receipt, Unmatched
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.selectors import due, plan_of
from bolanggu.market.settlement.services.convert import deal
from bolanggu.market.settlement.services.receive import ReceiptDiffers, hold_deposits, receive
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger.services import open_accounts, post_all
from bolanggu.values.money import Money


class NothingUnmatched(LookupError):
    """No receipt of that number has an unmatched part."""

    code = "nothing_unmatched"


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
