"""Add lines to a group that stands (补单): each accepted quote becomes a further order under the same terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.orders.errors import OrderNotOpen
from bolanggu.market.orders.inputs import AcceptedLine
from bolanggu.market.orders.models import Order, OrderGroup, OrderLine
from bolanggu.market.orders.services.place import write_orders
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("order", "place")
@transaction.atomic
def add(*, by: Actor, at: datetime, group: str, lines: Sequence[AcceptedLine]) -> list[Order]:
    """Place and confirm one order a quote within a group. The same quotes again return the orders that stand.

    Raises
    ------
    OrderNotOpen
        A line is ordered already; close it first.
    """
    opened = OrderGroup.objects.select_for_update().get(number=group)
    quotes = {line.quote for line in lines}
    standing = list(Order.objects.filter(group=opened, quote__in=quotes).order_by("number"))
    if standing:
        return standing
    taken = OrderLine.objects.filter(line__in=[line.line for line in lines], open=True).values_list(
        "line", "order__number"
    )
    for line, order in taken:
        raise OrderNotOpen(f"line {line} is ordered in {order}; close it there first")
    orders = write_orders(opened, lines, at, after=opened.orders.count())
    Order.objects.filter(pk__in=[order.pk for order in orders.values()]).update(
        state=Order.State.CONFIRMED, confirmed_at=at
    )
    notices = [
        outbox.Notice("order.added", o.number, {"currency": o.currency, "amount_minor": o.amount_minor})
        for o in orders.values()
    ]
    outbox.write_many(notices, at=at, by=by)
    return list(Order.objects.filter(pk__in=[order.pk for order in orders.values()]).order_by("number"))
