"""Extend credit (账期): the named funder pays merchants now what the buyer pays ``credit_days`` later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Sum

from bolanggu.market.settlement.models import Advance, Allocation
from bolanggu.market.settlement.selectors import orders_of, plan_of
from bolanggu.market.settlement.services.advance import FunderNotNamed, advance
from bolanggu.platform.accounts.grants import Actor, requires


class NoCredit(ValueError):
    """The terms of the group give no credit days."""

    code = "no_credit"


@requires("payment", "advance")
@transaction.atomic
def extend_credit(*, by: Actor, at: datetime, group: str, triggered_on: date) -> list[Advance]:
    """Advance to each merchant what is still to come, due at the end of the day on which the buyer's credit ends.

    ``triggered_on`` is the day of the event that the terms name. Each order gets its credit once: again, it returns
    the advances that stand. The receivable is the funder's, and comes back first out of what the buyer pays.

    Raises
    ------
    NoCredit, FunderNotNamed
        See the errors.
    """
    plan = plan_of(group, lock=True)
    if not plan.credit_days:
        raise NoCredit(f"the terms of {group} give no credit days; its balance is due at {plan.balance_trigger}")
    if not plan.funder:
        raise FunderNotNamed(
            f"the terms of {group} give {plan.credit_days} days, and no funder is named who carries them"
        )
    orders = orders_of(plan)
    paid = dict(Allocation.objects.filter(order__in=orders).values_list("order").annotate(Sum("minor")).order_by())
    waiting = Advance.objects.filter(order__in=orders).values_list("order")
    advanced = dict(waiting.annotate(m=Sum(F("minor") - F("recovered_minor"))).order_by())
    standing = {a.number: a for a in Advance.objects.filter(order__in=orders)}
    ends = datetime.combine(triggered_on + timedelta(days=plan.credit_days), time.max, tzinfo=UTC)
    made = []
    for order in orders:
        number = f"{order.order}-CREDIT"
        room = order.minor - paid.get(order.pk, 0) - advanced.get(order.pk, 0)
        if number in standing:
            made.append(standing[number])
        elif room > 0:
            facts = {"order": order.order, "funder": plan.funder, "minor": room, "due_at": ends}
            made.append(advance(by=by, at=at, group=group, number=number, **facts))
    return made
