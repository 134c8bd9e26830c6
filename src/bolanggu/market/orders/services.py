"""Acts on orders: place a group, and each merchant confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.orders.models import Order, OrderGroup, OrderLine, Terms
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge


class OrderNotOpen(ValueError):
    """An order that is not in the state the act needs."""

    code = "order_not_open"


@dataclass(frozen=True, slots=True)
class TermsOffered:
    """The terms to freeze; defaults are the market's habit: FOB Ningbo, untaxed, 30 % deposit, balance on loading."""

    incoterm: str = "FOB"
    place: str = "CNNGB"
    tax_included: bool = False
    deposit_bp: int = 3000
    balance_trigger: str = "loading"
    credit_days: int = 0
    freight: str = "collect"
    charge_payers: dict[str, str] = field(default_factory=dict)
    bill_of_lading: str = "telex_release"
    direction: str = "export"


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A quoted line that was accepted: its quote, merchant (party id), goods, pieces and price."""

    quote: str
    merchant: int
    currency: str
    line: str
    product: str
    asked: int
    quantity: int
    unit_minor: int
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class GroupOpened:
    """Whose group it is: inquiry, buyer and engagement by id, the buyer's currency, and the rates frozen for it."""

    number: str
    inquiry: str
    buyer: int
    engagement: int
    currency: str
    rates: Sequence[dict[str, Any]]


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
    orders = _orders(made, lines, at)
    _lines(orders, lines)
    notices = [
        outbox.Notice("order.placed", o.number, {"currency": o.currency, "amount_minor": o.amount_minor})
        for o in orders.values()
    ]
    outbox.write_many(
        [outbox.Notice("order_group.opened", made.number, {"orders": len(orders)}), *notices], at=at, by=by
    )
    return made


def _orders(group: OrderGroup, lines: Sequence[AcceptedLine], at: datetime) -> dict[str, Order]:
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
            amount_minor=sum(line.unit_minor * line.quantity for line in bought),
            placed_at=at,
        )
        for position, (quote, bought) in enumerate(sorted(of_quote.items()), 1)
    ]
    return {order.quote: order for order in Order.objects.bulk_create(orders, batch_size=500)}


def _lines(orders: dict[str, Order], lines: Sequence[AcceptedLine]) -> None:
    rows = [
        OrderLine(
            line=line.line,
            order=orders[line.quote],
            product=line.product,
            asked=line.asked,
            quantity=line.quantity,
            unit_minor=line.unit_minor,
            amount_minor=line.unit_minor * line.quantity,
            remarks=line.remarks,
        )
        for line in lines
    ]
    OrderLine.objects.bulk_create(rows, batch_size=500)
    lineage.record(
        Edge("order", "line", r.line, "order", r.order.number, r.quantity, 0, r.amount_minor, r.order.currency)
        for r in rows
    )


@requires("order", "confirm")
@transaction.atomic
def confirm(*, by: Actor, at: datetime, numbers: Sequence[str]) -> list[Order]:
    """The merchants confirm placed orders; confirmed ones stay so.

    Raises
    ------
    OrderNotOpen
        An order is neither placed nor confirmed.
    """
    orders = list(Order.objects.select_for_update().filter(number__in=numbers).order_by("number"))
    fresh = [order for order in orders if order.state == Order.State.PLACED]
    for order in orders:
        if order.state not in {Order.State.PLACED, Order.State.CONFIRMED}:
            raise OrderNotOpen(f"order {order.number} is {order.state}; only a placed order can be confirmed")
    Order.objects.filter(pk__in=[o.pk for o in fresh]).update(state=Order.State.CONFIRMED, confirmed_at=at)
    outbox.write_many([outbox.Notice("order.confirmed", order.number) for order in fresh], at=at, by=by)
    return orders
