"""Rows of a payment plan: rates frozen for it, what an order is due, its lines. Planning and revising share them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bolanggu.market.settlement.exchange import Quoted
from bolanggu.market.settlement.inputs import OrderDue
from bolanggu.market.settlement.models import FrozenRate, PaymentPlan, PlanLine, PlanOrder
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.selectors import quotes
from bolanggu.values.money import Money, split


def frozen(plan: PaymentPlan, quote: Quoted) -> FrozenRate:
    """A rate as the plan keeps it."""
    rate = quote.parity
    return FrozenRate(
        plan=plan,
        base=rate.base,
        numerator=rate.numerator,
        denominator=rate.denominator,
        date=rate.date,
        source=rate.source,
        spread_bp=quote.spread_bp,
    )


def freeze_missing(plan: PaymentPlan, currencies: Collection[str], rates: Rates, spread_bp: int) -> dict[str, Quoted]:
    """All rates of the plan, by the currency sold; those of currencies that it has not frozen yet are frozen now."""
    standing = quotes(plan)
    missing = sorted({*currencies} - {plan.currency, *standing})
    fresh = {currency: Quoted(rates.between(currency, plan.currency), spread_bp) for currency in missing}
    FrozenRate.objects.bulk_create([frozen(plan, quote) for quote in fresh.values()])
    return standing | fresh


def due_of(amount: Money, quoted: Mapping[str, Quoted]) -> int:
    """What an amount is due in the plan's currency, minor units."""
    quote = quoted.get(amount.currency)
    return amount.minor if quote is None else quote.price(amount).minor


def plan_order(plan: PaymentPlan, order: OrderDue, due: int, deposit: int, merchant_bp: int) -> PlanOrder:
    """An order's row: ``due`` and ``deposit`` in the plan's currency, the commission its merchant bears."""
    amount = Money(order.currency, order.minor)
    return PlanOrder(
        plan=plan,
        order=order.order,
        merchant=order.merchant,
        currency=order.currency,
        minor=order.minor,
        due_minor=due,
        deposit_due_minor=deposit,
        deposit_minor=amount.portion(deposit, due).minor if due else 0,
        commission_minor=amount.portion(merchant_bp, 10000).minor,
    )


def plan_lines(row: PlanOrder, order: OrderDue) -> list[PlanLine]:
    """The order's lines, each with its share of the deposit."""
    shares = split(row.deposit_minor, [line.minor for line in order.lines])
    return [
        PlanLine(order=row, line=line.line, minor=line.minor, deposit_minor=share)
        for line, share in zip(order.lines, shares, strict=True)
    ]
