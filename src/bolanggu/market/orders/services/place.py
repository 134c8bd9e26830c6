"""Place a group: one order a merchant, with terms, engagement and rates frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.orders.inputs import AcceptedLine, GroupOpened, TermsOffered
from bolanggu.market.orders.models import Order, OrderGroup, OrderLine, Terms
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.bulk import insert
from bolanggu.platform.lineage import Edge


@requires("order", "place")
@transaction.atomic
def place(
    *, by: Actor, at: datetime, group: GroupOpened, terms: TermsOffered, lines: Sequence[AcceptedLine]
) -> OrderGroup:
    """Place one order for each accepted quote, and freeze terms, engagement and rates on the group.

    The same group number again returns the group that stands.
    """
    standing = OrderGroup.objects.filter(number=group.number).first()
    if standing is not None:
        return standing
    frozen = Terms.objects.create(
        number=group.number, **{name: getattr(terms, name) for name in TermsOffered.__dataclass_fields__}
    )
    made = OrderGroup.objects.create(
        number=group.number,
        inquiry=group.inquiry,
        buyer_id=group.buyer,
        engagement_id=group.engagement,
        terms=frozen,
        currency=group.currency,
        rates=list(group.rates),
        source=by.source.value,
        stated_at=at,
    )
    orders = write_orders(made, lines, at, after=0)
    notices = [
        outbox.Notice("order.placed", o.number, {"currency": o.currency, "amount_minor": o.amount_minor})
        for o in orders.values()
    ]
    outbox.write_many(
        [outbox.Notice("order_group.opened", made.number, {"orders": len(orders)}), *notices], at=at, by=by
    )
    return made


def write_orders(group: OrderGroup, lines: Sequence[AcceptedLine], at: datetime, *, after: int) -> dict[str, Order]:
    """Write one order a quote with its lines and edges, numbered on from ``after``; by quote."""
    of_quote: dict[str, list[AcceptedLine]] = {}
    for line in lines:
        of_quote.setdefault(line.quote, []).append(line)
    orders = [
        Order(
            number=f"{group.number}-{position:03d}",
            group=group,
            merchant_id=bought[0].merchant,
            quote=quote,
            currency=bought[0].currency,
            amount_minor=sum(line.amount_minor for line in bought),
            placed_at=at,
        )
        for position, (quote, bought) in enumerate(sorted(of_quote.items()), after + 1)
    ]
    made = {order.quote: order for order in Order.objects.bulk_create(orders, batch_size=500)}
    _lines(made, lines)
    return made


def _lines(orders: dict[str, Order], lines: Sequence[AcceptedLine]) -> None:
    facts = ("line", "product", "asked", "quantity", "unit_minor", "remarks")
    insert(
        OrderLine,
        ("order_id", "amount_minor", *facts),
        [(orders[each.quote].pk, each.amount_minor, *(getattr(each, name) for name in facts)) for each in lines],
    )
    lineage.record(
        Edge("order", "line", e.line, "order", orders[e.quote].number, e.quantity, 0, e.amount_minor, e.currency)
        for e in lines
    )
