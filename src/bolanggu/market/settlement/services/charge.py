"""Book freight and local charges to the side that bears them, and pay those who are owed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import Move, Quoted, chain, link
from bolanggu.market.settlement.inputs import ChargeDue
from bolanggu.market.settlement.models import Charge, PaymentPlan, PlanOrder, Position
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.selectors import orders_of, plan_of
from bolanggu.market.settlement.services.planned import freeze_missing
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Code, Transfer, key
from bolanggu.platform.ledger.services import open_accounts, post_all
from bolanggu.values.money import Money, Rate, split


class ChargeDiffers(ValueError):
    """A charge with this number stands, with another amount or payer."""

    code = "charge_differs"


@requires("payment", "charge")
@transaction.atomic
def charge(
    *, by: Actor, at: datetime, group: str, charges: Sequence[ChargeDue], rates: Rates, spread_bp: int = 0
) -> list[Charge]:
    """Book charges; what the buyer bears is added to what she owes, what a merchant bears leaves her account at once.

    A charge in another currency than its payer's is converted at the plan's frozen rate; a currency that the plan
    has not frozen yet is frozen now from ``rates``. Booked numbers are left as they stand.

    Raises
    ------
    ChargeDiffers
        A number stands with another amount or payer.
    NotPosted
        A merchant's account does not cover what she is to bear.
    """
    plan = plan_of(group, lock=True)
    fresh = list(_fresh(plan, charges))
    codes = [accounts.supplier(c.payee, c.currency) for c in fresh] + [
        accounts.costs(plan.agent, c.currency) for c in fresh
    ]
    for currency in dict.fromkeys(c.currency for c in fresh):
        codes += accounts.house(currency)
    open_accounts(by=by, at=at, openings=accounts.openings(codes))
    quoted = freeze_missing(plan, {due.currency for due in fresh}, rates, spread_bp)
    rows, batch, positions = [], [], []
    for due, order in _shared(plan, fresh):
        row, legs, position = _booked(plan, due, order, quoted, by=by, at=at)
        rows.append(row)
        batch += legs
        positions += position
    post_all(by=by, at=at, batch=batch)
    Position.objects.bulk_create(positions)
    made = Charge.objects.bulk_create(rows)
    facts = [{"kind": c.kind, "payer": c.payer, "currency": c.currency, "minor": c.minor} for c in made]
    outbox.write_many(
        [outbox.Notice(events.CHARGED, c.number, f) for c, f in zip(made, facts, strict=True)], at=at, by=by
    )
    return made


def _fresh(plan: PaymentPlan, charges: Sequence[ChargeDue]) -> Iterator[ChargeDue]:
    stands: dict[str, list[Charge]] = {}
    for row in Charge.objects.filter(plan=plan):
        stands.setdefault(row.number.partition("#")[0], []).append(row)
    for due in charges:
        rows = stands.get(due.number)
        if rows is None:
            yield due
        elif (sum(r.minor for r in rows), rows[0].currency, rows[0].payer) != (due.minor, due.currency, due.payer):
            raise ChargeDiffers(f"charge {due.number} stands for {rows[0].payer} with another amount; number it anew")


def _shared(plan: PaymentPlan, charges: Sequence[ChargeDue]) -> Iterator[tuple[ChargeDue, PlanOrder | None]]:
    """Merchants' charges by order (shared by what each order is worth to the buyer), others as they are."""
    orders = orders_of(plan)
    for due in charges:
        if due.payer != "merchant":
            yield due, None
            continue
        bearing = [o for o in orders if due.order in (None, o.order)]
        for order, minor in zip(bearing, split(due.minor, [o.due_minor for o in bearing]), strict=True):
            if minor:
                number = due.number if due.order else f"{due.number}#{order.order}"
                yield ChargeDue(number, due.kind, due.payer, due.payee, due.currency, minor, order.order), order


def _booked(
    plan: PaymentPlan, due: ChargeDue, order: PlanOrder | None, quoted: dict[str, Quoted], *, by: Actor, at: datetime
) -> tuple[Charge, list[Transfer], list[Position]]:
    amount = Money(due.currency, due.minor)
    source, currency = _bearer(plan, due, order)
    quote = None if currency == due.currency else _between(quoted, due.currency, currency, plan.currency)
    cost = amount if quote is None else quote.price(amount)
    target = accounts.supplier(due.payee, due.currency)
    ref = order.order if order else plan.group
    move = Move(("charge", due.number), source, target, due.kind[:24], ref)
    row = Charge(
        number=due.number,
        plan=plan,
        order=order,
        kind=due.kind,
        payer=due.payer,
        payee=due.payee,
        currency=due.currency,
        minor=due.minor,
        due_currency=currency,
        due_minor=cost.minor,
        source=by.source.value,
        stated_at=at,
    )
    positions = []
    if quote is not None:
        bought = quote.parity.inverse().convert(cost).minor
        positions.append(_position(plan, due.number, cost, Money(due.currency, bought)))
    return row, chain(move, cost, amount, quote), positions


def _position(plan: PaymentPlan, number: str, sold: Money, bought: Money) -> Position:
    return Position(
        plan=plan,
        number=f"charge:{number}",
        what="charge",
        sold=sold.currency,
        sold_minor=sold.minor,
        bought=bought.currency,
        bought_minor=bought.minor,
    )


def _bearer(plan: PaymentPlan, due: ChargeDue, order: PlanOrder | None) -> tuple[str, str]:
    """The account that a charge is taken from, and its currency."""
    if due.payer == "buyer":
        return accounts.charges(plan.group, plan.currency), plan.currency
    if order is not None:
        return accounts.payable(order.merchant, order.currency), order.currency
    return accounts.costs(plan.agent, due.currency), due.currency


def _between(quoted: dict[str, Quoted], base: str, quote: str, through: str) -> Quoted:
    """A frozen rate between two currencies, through the buyer's where neither is hers."""
    if quote == through:
        return quoted[base]
    back = quoted[quote].parity.inverse()
    if base == through:
        return Quoted(back, quoted[quote].spread_bp)
    first = quoted[base].parity
    numerator, denominator = first.numerator * back.numerator, first.denominator * back.denominator
    return Quoted(Rate(base, quote, numerator, denominator, first.date, first.source), quoted[base].spread_bp)


@requires("payment", "pay_out")
@transaction.atomic
def pay_suppliers(*, by: Actor, at: datetime, group: str) -> int:
    """Pay carriers, forwarders and brokers what was booked for them; returns how many were paid now.

    What the agent bears, she pays in at the same moment; clients' money never pays for it.

    Raises
    ------
    NotPosted
        The bank account in that currency does not hold enough: convert first.
    """
    plan, batch = plan_of(group, lock=True), []
    for row in plan.charges.order_by("number"):
        ref = row.order.order if row.order else group
        bank, supplier = accounts.bank(row.currency), accounts.supplier(row.payee, row.currency)
        legs = [("supplier", supplier, bank, "supplier_paid")]
        if row.payer == "agent":
            legs.insert(0, ("pay_in", bank, accounts.costs(plan.agent, row.currency), "agent_pays_in"))
        batch += link(
            [
                Transfer(
                    id=key(part, row.number),
                    debit=debit,
                    credit=credit,
                    amount=row.minor,
                    currency=row.currency,
                    purpose=purpose,
                    ref=ref,
                )
                for part, debit, credit, purpose in legs
            ]
        )
    codes = post_all(by=by, at=at, batch=batch)
    paid = sum(code == Code.OK and t.purpose == "supplier_paid" for t, code in zip(batch, codes, strict=True))
    if paid:
        outbox.write(kind=events.SUPPLIERS_PAID, subject=group, at=at, by=by, payload={"charges": paid})
    return paid
