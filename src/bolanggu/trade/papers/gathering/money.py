"""Accounts (账目) of buyer and merchants as their statements list them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bolanggu.data import read_yaml
from bolanggu.market.documents.facts import Account, Entry, Goods
from bolanggu.market.settlement.models import Charge, PaymentPlan, Payout, PlanOrder, Receipt, Refund
from bolanggu.platform.parties.models import Party
from bolanggu.trade.papers.gathering.parties import party
from bolanggu.trade.papers.gathering.when import day
from bolanggu.values.money import split

_LABEL = re.compile(r"(.+?)\s*[(（](.+)[)）]")
_CHARGES = {"freight": ("Freight", "运费")}


def buyer_goods(trade: str, goods: Sequence[Goods]) -> dict[str, int]:
    """What the buyer pays for each line, in minor units of her currency; the lines of an order add up to it."""
    made: dict[str, int] = {}
    for order in PlanOrder.objects.filter(plan__group=trade):
        lines = [one for one in goods if one.order == order.order]
        if lines:
            parts = split(order.due_minor, [one.amount_minor for one in lines])
            made |= dict(zip([one.line for one in lines], parts, strict=True))
    return made if len(made) == len(goods) else {}


def buyer_account(trade: str, buyer: Party) -> Account | None:
    """What the buyer owes and paid; None before a payment plan stands."""
    plan = PaymentPlan.objects.filter(group=trade).first()
    if plan is None:
        return None
    on = day(plan.planned_at)
    entries = [Entry(on, "Goods", "货款", trade, plan.goods_minor)]
    if plan.commission_minor:
        entries.append(Entry(on, "Commission", "佣金", trade, plan.commission_minor))
    entries += [
        Entry(day(charge.stated_at), *_charge(charge.kind), charge.number, charge.due_minor)
        for charge in Charge.objects.filter(plan=plan, payer="buyer").order_by("stated_at", "number")
    ]
    entries += [
        Entry(day(receipt.stated_at), "Received", "收款", receipt.number, -receipt.minor)
        for receipt in Receipt.objects.filter(plan=plan).order_by("stated_at", "number")
    ]
    return Account(party(buyer), plan.currency, tuple(sorted(entries, key=lambda entry: entry.on)), tuple(_rates(plan)))


def merchant_accounts(trade: str) -> tuple[Account, ...]:
    """What each merchant is owed and was paid, by currency; none before a payment plan stands."""
    orders = list(PlanOrder.objects.filter(plan__group=trade).order_by("order"))
    grouped: dict[tuple[str, str], list[PlanOrder]] = defaultdict(list)
    for order in orders:
        grouped[order.merchant, order.currency].append(order)
    people = {row.number: row for row in Party.objects.filter(number__in=[order.merchant for order in orders])}
    movements = _movements(orders)
    return tuple(
        Account(
            party(people[merchant]),
            currency,
            tuple(sorted((e for order in owned for e in _owed(order, movements)), key=lambda entry: entry.on)),
        )
        for (merchant, currency), owned in sorted(grouped.items())
    )


def _owed(order: PlanOrder, movements: dict[int, list[Entry]]) -> Iterator[Entry]:
    on = day(order.plan.planned_at)
    yield Entry(on, "Order", "订单货款", order.order, order.minor)
    if order.commission_minor:
        yield Entry(on, "Commission kept", "扣佣金", order.order, -order.commission_minor)
    yield from movements[order.pk]


def _movements(orders: Sequence[PlanOrder]) -> dict[int, list[Entry]]:
    """Charges that merchants bear, refunds and payouts, by order."""
    found: dict[int, list[Entry]] = defaultdict(list)
    keys = [order.pk for order in orders]
    for charge in Charge.objects.filter(order__in=keys, payer="merchant").order_by("number"):
        assert charge.order_id is not None
        found[charge.order_id].append(
            Entry(day(charge.stated_at), *_charge(charge.kind), charge.number, -charge.due_minor)
        )
    for refund in Refund.objects.filter(order__in=keys).order_by("stated_at", "pk"):
        found[refund.order_id].append(Entry(day(refund.stated_at), "Refund", "退款", refund.line, -refund.minor))
    for payout in Payout.objects.filter(order__in=keys).order_by("number"):
        found[payout.order_id].append(Entry(day(payout.stated_at), "Paid out", "付款", payout.number, -payout.minor))
    return found


def _charge(kind: str) -> tuple[str, str]:
    """Names of a charge in English and Chinese."""
    if kind in _CHARGES:
        return _CHARGES[kind]
    given = read_yaml("assumptions/charges.yaml")["local_charges"].get(kind, {}).get("label", "")
    found = _LABEL.fullmatch(given)
    plain = kind.replace("_", " ")
    return (found[1].capitalize(), found[2]) if found else (plain.capitalize(), plain)


def _rates(plan: PaymentPlan) -> Iterator[tuple[str, str]]:
    for rate in plan.rates.order_by("base"):
        if rate.base != plan.currency:
            shown = f"1 {rate.base} = {rate.numerator / rate.denominator:.6f} {plan.currency}"
            spread = f"{rate.spread_bp / 100:g} %"
            yield (
                f"Frozen rate {shown} of {rate.date}, bank's spread {spread} ({rate.source})",
                f"锁定汇率 {shown}（{rate.date}），银行点差 {spread}（{rate.source}）",
            )
