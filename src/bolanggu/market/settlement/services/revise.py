"""Revise a payment plan (改付款计划): it follows what is ordered now; what it said before is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Sum

from bolanggu.market.settlement import events
from bolanggu.market.settlement.exchange import Quoted
from bolanggu.market.settlement.inputs import GroupDue, OrderDue
from bolanggu.market.settlement.models import Advance, Allocation, PaymentPlan, PlanLine, PlanOrder
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.selectors import deposit_hold, orders_of, plan_of
from bolanggu.market.settlement.services.open_trade_accounts import open_trade_accounts
from bolanggu.market.settlement.services.planned import due_of, freeze_missing, plan_lines, plan_order
from bolanggu.market.settlement.services.receive import hold_deposits
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Kind, Transfer, key
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.models import TransferRow
from bolanggu.platform.ledger.services import post_all
from bolanggu.values.money import Money


class PaidAlready(ValueError):
    """An order whose money went to the merchant is not planned anew; it is refunded."""

    code = "paid_already"


class AdvanceStands(ValueError):
    """A funder advanced more on an order than it is worth now."""

    code = "advance_stands"


@dataclass(frozen=True, slots=True)
class Revision:
    """What a revision changed, minor units of the buyer's currency.

    ``freed_minor`` are held deposits that are free again in her funds; ``due_minor`` is what goods and commission come
    to now.
    """

    version: int
    orders: tuple[str, ...]
    freed_minor: int
    due_minor: int

    def as_dict(self) -> dict[str, Any]:
        """The revision as JSON data."""
        return asdict(self) | {"orders": list(self.orders)}


@requires("payment", "plan")
@transaction.atomic
def revise(*, by: Actor, at: datetime, group: GroupDue, rates: Rates, spread_bp: int = 0, reason: str) -> Revision:
    """Plan anew what a group is to pay: orders that shrank, went or were added; terms as they are now.

    Rates frozen before stay; a currency that is new is frozen now. A deposit that is held stays with its order, unless
    nothing is left of the order: then its hold is voided. Free funds hold the deposits of added orders.

    Raises
    ------
    PaidAlready
        A changed order was paid to its merchant: refund it.
    AdvanceStands
        More was advanced on a changed order than it is worth now: have it repaid first.
    """
    plan = plan_of(group.group, lock=True)
    open_trade_accounts(by=by, at=at, group=group)
    quoted = freeze_missing(plan, {order.currency for order in group.orders}, rates, spread_bp)
    before = {row.order: row for row in orders_of(plan)}
    asked = {order.order: order for order in group.orders}
    changed = [row for row in before.values() if _differs(row, asked.get(row.order))]
    added = [order for order in group.orders if order.order not in before]
    for row in changed:
        _changeable(row, asked.get(row.order))
    version = _keep(plan, before.values(), by=by, at=at, reason=reason)
    ended = [_shrink(row, asked.get(row.order), group, quoted) for row in changed]
    freed = _void([row for row in ended if not row.deposit_due_minor], by=by, at=at)
    for order in added:
        _add(plan, order, group, quoted)
    _sum_up(plan, group)
    hold_deposits(plan, by, at)
    moved = tuple(sorted([*(row.order for row in changed), *(order.order for order in added)]))
    made = Revision(version, moved, freed, plan.goods_minor + plan.commission_minor)
    outbox.write(
        kind=events.PLAN_REVISED, subject=group.group, at=at, by=by, payload=made.as_dict() | {"reason": reason}
    )
    return made


def _differs(row: PlanOrder, order: OrderDue | None) -> bool:
    stands = {line.line: line.minor for line in row.lines.all()}
    return stands != ({line.line: line.minor for line in order.lines} if order else {})


def _changeable(row: PlanOrder, order: OrderDue | None) -> None:
    paid = Allocation.objects.filter(order=row).aggregate(m=Sum("minor"))["m"]
    if paid:
        raise PaidAlready(f"order {row.order}: {row.currency} {paid} minor units went to {row.merchant}; refund it")
    open_ = Advance.objects.filter(order=row).aggregate(m=Sum(F("minor") - F("recovered_minor")))["m"] or 0
    worth = order.minor if order else 0
    if open_ > worth:
        raise AdvanceStands(
            f"order {row.order} is worth {row.currency} {worth} minor units now, but {open_} were advanced on it"
        )


def _keep(plan: PaymentPlan, rows: Any, *, by: Actor, at: datetime, reason: str) -> int:
    """Keep the plan as it stands; the number of the version that comes."""
    facts = {
        "goods_minor": plan.goods_minor,
        "deposit_minor": plan.deposit_minor,
        "commission_minor": plan.commission_minor,
        "incoterm": plan.incoterm,
        "orders": [_facts(row) for row in rows],
    }
    numbers = versions.supersede(kind="payment_plan", facts=[(plan.group, facts)], at=at, by=by, reason=reason)
    return numbers[plan.group]


def _facts(row: PlanOrder) -> dict[str, Any]:
    names = ("order", "currency", "minor", "due_minor", "deposit_due_minor", "deposit_minor", "commission_minor")
    return {name: getattr(row, name) for name in names} | {
        "lines": [[line.line, line.minor, line.deposit_minor] for line in row.lines.all()]
    }


def _shrink(row: PlanOrder, order: OrderDue | None, group: GroupDue, quoted: Mapping[str, Quoted]) -> PlanOrder:
    """Write what is left of an order: its deposit stays as far as the order is worth it."""
    row.minor = order.minor if order else 0
    amount = Money(row.currency, row.minor)
    row.due_minor = due_of(amount, quoted)
    row.deposit_due_minor = min(row.deposit_due_minor, row.due_minor)
    row.deposit_minor = amount.portion(row.deposit_due_minor, row.due_minor).minor if row.due_minor else 0
    row.commission_minor = amount.portion(group.terms.commission_merchant_bp, 10000).minor
    row.save()
    row.lines.all().delete()
    if order:
        _lines(row, order)
    return row


def _lines(row: PlanOrder, order: OrderDue) -> None:
    PlanLine.objects.filter(line__in=[line.line for line in order.lines]).delete()
    PlanLine.objects.bulk_create(plan_lines(row, order))


def _void(rows: list[PlanOrder], *, by: Actor, at: datetime) -> int:
    """Release the holds of orders of which nothing is left; what becomes free."""
    holds = {deposit_hold(row.order): row.order for row in rows}
    states = ledger.hold_states(list(holds))
    open_ = [hold for hold in holds if states.get(hold) == "held"]
    amounts = TransferRow.objects.filter(pk__in=open_).aggregate(m=Sum("amount"))["m"] or 0
    batch = [
        Transfer(id=key("void", str(hold)), kind=Kind.VOID, pending=hold, purpose="deposit_freed", ref=holds[hold])
        for hold in open_
    ]
    post_all(by=by, at=at, batch=batch)
    return int(amounts)


def _add(plan: PaymentPlan, order: OrderDue, group: GroupDue, quoted: Mapping[str, Quoted]) -> None:
    due = due_of(Money(order.currency, order.minor), quoted)
    deposit = Money(plan.currency, due).portion(group.terms.deposit_bp, 10000).minor
    row = plan_order(plan, order, due, deposit, group.terms.commission_merchant_bp)
    row.save()
    _lines(row, order)


def _sum_up(plan: PaymentPlan, group: GroupDue) -> None:
    """The plan is the sum of its orders, under the terms as they are now."""
    sums = plan.orders.aggregate(goods=Sum("due_minor"), deposit=Sum("deposit_due_minor"))
    plan.goods_minor, plan.deposit_minor = sums["goods"] or 0, sums["deposit"] or 0
    commission = Money(plan.currency, plan.goods_minor).portion(group.terms.commission_buyer_bp, 10000)
    plan.commission_minor = commission.minor
    plan.incoterm, plan.freight = group.terms.incoterm, group.terms.freight
    plan.charge_payers = dict(group.terms.charge_payers)
    plan.save()
