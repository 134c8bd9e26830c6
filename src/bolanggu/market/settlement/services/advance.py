"""Advance money on an order (垫付): a named funder pays the merchant before the buyer does, and gets it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import link
from bolanggu.market.settlement.models import Advance, Allocation, PlanOrder
from bolanggu.market.settlement.selectors import orders_of, plan_of
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger.services import open_accounts, post_all


class FunderNotNamed(ValueError):
    """The plan names another funder, or none."""

    code = "funder_not_named"


class AdvanceTooLarge(ValueError):
    """More was to be advanced than the merchant still has to get."""

    code = "advance_too_large"


@requires("payment", "advance")
@transaction.atomic
def advance(
    *, by: Actor, at: datetime, group: str, number: str, order: str, funder: str, minor: int, due_at: datetime
) -> Advance:
    """Book an advance of the named funder as his receivable; the same number again returns the one that stands.

    Raises
    ------
    FunderNotNamed, AdvanceTooLarge
        See the errors.
    """
    plan = plan_of(group, lock=True)
    standing = Advance.objects.filter(number=number).first()
    if standing is not None:
        return standing
    if plan.funder != funder:
        raise FunderNotNamed(f"{funder} is not the funder of {group}; the plan names {plan.funder or 'nobody'}")
    row = orders_of(plan, [order])[0]
    _room(row, minor)
    capital, receivable = accounts.capital(funder, row.currency), accounts.receivable(funder, row.currency)
    open_accounts(by=by, at=at, openings=accounts.openings([capital, receivable]))
    legs = (
        ("capital", accounts.bank(row.currency), capital, "advance_paid_in"),
        ("receivable", receivable, accounts.payable(row.merchant, row.currency), "advance"),
    )
    batch = [
        Transfer(
            id=key("advance", number, part),
            debit=debit,
            credit=credit,
            amount=minor,
            currency=row.currency,
            purpose=purpose,
            ref=order,
        )
        for part, debit, credit, purpose in legs
    ]
    post_all(by=by, at=at, batch=link(batch))
    facts = {"order": order, "funder": funder, "currency": row.currency, "minor": minor}
    outbox.write(kind=events.ADVANCED, subject=number, at=at, by=by, payload=facts)
    return Advance.objects.create(
        number=number,
        order=row,
        funder=funder,
        minor=minor,
        due_at=due_at,
        source=by.source.value,
        stated_at=at,
    )


def _room(order: PlanOrder, minor: int) -> None:
    allocated = Allocation.objects.filter(order=order).aggregate(m=Sum("minor"))["m"] or 0
    advanced = Advance.objects.filter(order=order).aggregate(m=Sum(F("minor") - F("recovered_minor")))["m"] or 0
    room = order.minor - allocated - advanced
    if not 0 < minor <= room:
        raise AdvanceTooLarge(
            f"{order.currency} {minor} minor units cannot be advanced on {order.order}: {room} are still to come"
        )


@requires("payment", "pay_out")
@transaction.atomic
def repay_funder(*, by: Actor, at: datetime, group: str) -> int:
    """Pay the funder back what buyers have paid of his advances; returns how many advances were repaid from.

    Raises
    ------
    NotPosted
        The bank account in that currency does not hold enough: convert first.
    """
    plan = plan_of(group, lock=True)
    rows = list(
        Advance.objects.filter(order__plan=plan, repaid_minor__lt=F("recovered_minor"))
        .select_related("order")
        .order_by("number")
    )
    batch = [
        Transfer(
            id=key("repay", row.number, row.recovered_minor),
            debit=accounts.capital(row.funder, row.order.currency),
            credit=accounts.bank(row.order.currency),
            amount=row.recovered_minor - row.repaid_minor,
            currency=row.order.currency,
            purpose="advance_repaid",
            ref=row.order.order,
        )
        for row in rows
    ]
    post_all(by=by, at=at, batch=batch)
    Advance.objects.filter(pk__in=[row.pk for row in rows]).update(repaid_minor=F("recovered_minor"))
    outbox.write_many([outbox.Notice(events.REPAID, row.number) for row in rows], at=at, by=by)
    return len(rows)
