"""Refund lines: from the merchant's account back to the buyer's funds, and out to the buyer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import Move, Quoted, arrival, chain
from bolanggu.market.settlement.inputs import LineDue
from bolanggu.market.settlement.models import Allocation, PaymentPlan, PlanOrder, Position, Refund
from bolanggu.market.settlement.selectors import orders_of, plan_of, quotes
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Code, Transfer, key
from bolanggu.platform.ledger.services import post_all
from bolanggu.platform.lineage import Edge
from bolanggu.values.money import Money


class RefundTooLarge(ValueError):
    """More was to be refunded than was paid for the line."""

    code = "refund_too_large"


@requires("payment", "refund")
@transaction.atomic
def refund(*, by: Actor, at: datetime, group: str, number: str, order: str, lines: Sequence[LineDue]) -> list[Refund]:
    """Refund parts of lines, in the order's currency; the same number again returns what stands.

    Between currencies the money goes back at the frozen parity, without spread.

    Raises
    ------
    RefundTooLarge
        A line was paid less than that.
    NotPosted
        The merchant's account does not hold it any more.
    """
    standing = list(Refund.objects.filter(number=number).order_by("line"))
    if standing:
        return standing
    plan = plan_of(group, lock=True)
    row = orders_of(plan, [order])[0]
    _paid_for(row, lines)
    back = Money(row.currency, sum(line.minor for line in lines))
    source, target = accounts.payable(row.merchant, row.currency), accounts.funds(group, plan.currency)
    move = Move(("refund", number), source, target, "refund", order)
    _move_back(plan, move, back, by, at)
    made = Refund.objects.bulk_create(
        [
            Refund(
                number=number,
                order=row,
                line=line.line,
                minor=line.minor,
                transfer=arrival(move),
                source=by.source.value,
                stated_at=at,
            )
            for line in lines
        ]
    )
    _edges(made, row.currency)
    facts = {"order": order, "currency": row.currency, "minor": back.minor}
    outbox.write(kind=events.REFUNDED, subject=number, at=at, by=by, payload=facts)
    return made


def _paid_for(order: PlanOrder, lines: Sequence[LineDue]) -> None:
    paid = dict(Allocation.objects.filter(order=order).values_list("line").annotate(m=Sum("minor")))
    back = dict(Refund.objects.filter(order=order).values_list("line").annotate(m=Sum("minor")))
    for line in lines:
        room = paid.get(line.line, 0) - back.get(line.line, 0)
        if not 0 < line.minor <= room:
            raise RefundTooLarge(f"line {line.line}: {line.minor} minor units cannot be refunded; {room} were paid")


def _move_back(plan: PaymentPlan, move: Move, back: Money, by: Actor, at: datetime) -> None:
    if back.currency == plan.currency:
        post_all(by=by, at=at, batch=chain(move, back, back))
        return
    parity = quotes(plan)[back.currency].parity
    returned = parity.convert(back)
    post_all(by=by, at=at, batch=chain(move, back, returned, Quoted(parity.inverse())))
    Position.objects.create(
        plan=plan,
        number=":".join(move.key),
        what="refund",
        sold=back.currency,
        sold_minor=back.minor,
        bought=plan.currency,
        bought_minor=returned.minor,
    )


def _edges(made: Sequence[Refund], currency: str) -> None:
    """From the transfer that last paid the line to the transfer that took it back."""
    came = dict(
        Allocation.objects.filter(line__in=[r.line for r in made]).order_by("at").values_list("line", "transfer")
    )
    sums: dict[tuple[str, str], int] = {}
    for row in made:
        ends = (str(came[row.line]), str(row.transfer))
        sums[ends] = sums.get(ends, 0) + row.minor
    lineage.record(
        Edge("money", "transfer", a, "transfer", b, minor=minor, currency=currency) for (a, b), minor in sums.items()
    )


@requires("payment", "refund")
@transaction.atomic
def return_to_buyer(*, by: Actor, at: datetime, group: str, number: str, minor: int) -> bool:
    """Pay money of a group's funds back to the buyer; False if this number did so before.

    Raises
    ------
    NotPosted
        Her funds do not hold it.
    """
    plan = plan_of(group, lock=True)
    out = Transfer(
        id=key("return", number),
        debit=accounts.funds(group, plan.currency),
        credit=accounts.bank(plan.currency),
        amount=minor,
        currency=plan.currency,
        purpose="returned",
        ref=group,
    )
    fresh = post_all(by=by, at=at, batch=[out]) == [Code.OK]
    if fresh:
        facts = {"currency": plan.currency, "minor": minor, "number": number}
        outbox.write(kind=events.RETURNED, subject=group, at=at, by=by, payload=facts)
    return fresh
