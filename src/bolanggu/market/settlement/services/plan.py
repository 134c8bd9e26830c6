"""Plan the payment of an order group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import events
from bolanggu.market.settlement.exchange import Quoted
from bolanggu.market.settlement.inputs import GroupDue
from bolanggu.market.settlement.models import FrozenRate, PaymentPlan, PlanLine, PlanOrder
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.services.open_trade_accounts import open_trade_accounts
from bolanggu.market.settlement.services.planned import due_of, frozen, plan_lines, plan_order
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.money import Money, split


class PlanDiffers(ValueError):
    """A plan stands for this group, for other orders or amounts."""

    code = "plan_differs"


@requires("payment", "plan")
@transaction.atomic
def plan(*, by: Actor, at: datetime, group: GroupDue, rates: Rates, spread_bp: int = 0) -> PaymentPlan:
    """Freeze how a group is paid: dues in the buyer's currency, deposit shares, commissions by side, and the rates.

    The same group again returns the plan that stands.

    Raises
    ------
    PlanDiffers
        The plan that stands is for other orders or amounts.
    Fault
        A currency has no rate.
    """
    standing = PaymentPlan.objects.filter(group=group.group).first()
    if standing is not None:
        _same(standing, group)
        return standing
    open_trade_accounts(by=by, at=at, group=group)
    quoted = _quoted(group, rates, spread_bp)
    dues = [due_of(Money(order.currency, order.minor), quoted) for order in group.orders]
    goods = sum(dues)
    deposit = Money(group.currency, goods).portion(group.terms.deposit_bp, 10000).minor
    made, fresh = _write_plan(group, goods, deposit, at)
    if not fresh:
        _same(made, group)
        return made
    FrozenRate.objects.bulk_create([frozen(made, quote) for quote in quoted.values()])
    _write_orders(made, group, dues, split(deposit, dues))
    facts = {"currency": group.currency, "goods_minor": goods, "deposit_minor": deposit, "orders": len(group.orders)}
    outbox.write(kind=events.PLANNED, subject=group.group, at=at, by=by, payload=facts)
    return made


def _same(standing: PaymentPlan, group: GroupDue) -> None:
    stands = {(o.order, o.merchant, o.currency, o.minor) for o in standing.orders.all()}
    asked = {(o.order, o.merchant, o.currency, o.minor) for o in group.orders}
    if standing.currency != group.currency or stands != asked:
        raise PlanDiffers(
            f"the plan of {group.group} stands for {len(stands)} orders in {standing.currency};"
            f" it cannot be planned again for {len(asked)} orders in {group.currency} with other amounts"
        )


def _quoted(group: GroupDue, rates: Rates, spread_bp: int) -> dict[str, Quoted]:
    wanted = {"CNY", "USD", *(order.currency for order in group.orders)} - {group.currency}
    return {base: Quoted(rates.between(base, group.currency), spread_bp) for base in sorted(wanted)}


def _write_plan(group: GroupDue, goods: int, deposit: int, at: datetime) -> tuple[PaymentPlan, bool]:
    terms = group.terms
    facts = {
        "buyer": group.buyer,
        "agent": group.agent,
        "funder": group.funder or "",
        "payees": list(group.payees),
        "currency": group.currency,
        "deposit_bp": terms.deposit_bp,
        "balance_trigger": terms.balance_trigger,
        "credit_days": terms.credit_days,
        "incoterm": terms.incoterm,
        "freight": terms.freight,
        "charge_payers": dict(terms.charge_payers),
        "goods_minor": goods,
        "deposit_minor": deposit,
        "commission_minor": Money(group.currency, goods).portion(terms.commission_buyer_bp, 10000).minor,
        "planned_at": at,
    }
    return PaymentPlan.objects.get_or_create(group=group.group, defaults=facts)


def _write_orders(made: PaymentPlan, group: GroupDue, dues: list[int], deposits: list[int]) -> None:
    bp = group.terms.commission_merchant_bp
    rows = PlanOrder.objects.bulk_create(
        [plan_order(made, *each, bp) for each in zip(group.orders, dues, deposits, strict=True)], batch_size=500
    )
    lines = [line for row, order in zip(rows, group.orders, strict=True) for line in plan_lines(row, order)]
    PlanLine.objects.bulk_create(lines, batch_size=500)
