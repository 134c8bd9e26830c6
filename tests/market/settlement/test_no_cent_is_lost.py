"""Whatever the amounts, shares and currencies: lines, orders and currencies add up to the minor unit."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.market.settlement.conftest import AT

from bolanggu.market.settlement import accounts, rates, selectors, services
from bolanggu.market.settlement.exchange import Move, Quoted, chain
from bolanggu.market.settlement.inputs import GroupDue, LineDue, OrderDue, TermsDue
from bolanggu.market.settlement.models import Allocation, PlanOrder
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.verification import verify
from bolanggu.values.money import Money

BY = Actor("finance", frozenset({"finance"}))
CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "AED"]
DAY = rates.on(date(2025, 1, 6))
AMOUNTS = st.one_of(st.integers(0, 20), st.integers(0, 10**9))
ORDERS = st.lists(
    st.tuples(st.sampled_from(CURRENCIES), st.lists(AMOUNTS, min_size=1, max_size=4)), min_size=1, max_size=4
)
SHARES = st.sampled_from([0, 1, 1500, 3000, 9999, 10000])


def group(currency: str, orders: list, shares: tuple[int, int, int]) -> GroupDue:
    made = tuple(
        OrderDue(f"G-{i}", f"M{i % 2}", cur, tuple(LineDue(f"G-{i}/{j}", m) for j, m in enumerate(lines)))
        for i, (cur, lines) in enumerate(orders)
    )
    terms = TermsDue(deposit_bp=shares[0], commission_buyer_bp=shares[1], commission_merchant_bp=shares[2])
    return GroupDue("G", "B", "A", currency, made, ("A",), None, terms)


def walk(due: GroupDue, spread_bp: int) -> None:
    common = {"by": BY, "at": AT}
    services.plan(**common, group=due, rates=DAY, spread_bp=spread_bp)
    total = selectors.due("G").total
    if total:
        services.receive(**common, group="G", number="R", minor=total, payer="B", payee="A")
    for stage in ("deposit", "balance"):
        services.allocate(**common, group="G", stage=stage)
    services.take_commission(**common, group="G")
    services.convert(**common, group="G", rates=DAY)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(CURRENCIES), ORDERS, st.tuples(SHARES, SHARES, SHARES), st.sampled_from([0, 30, 500]))
def test_every_line_gets_its_amount_and_every_position_is_squared(currency, orders, shares, spread_bp):
    due = group(currency, orders, shares)
    with transaction.atomic():
        walk(due, spread_bp)
        for stage in ("deposit", "balance"):
            assert services.allocate(by=BY, at=AT, group="G", stage=stage) == []
        for order in due.orders:
            for line in order.lines:
                got = sum(Allocation.objects.filter(line=line.line).values_list("minor", flat=True))
                assert got == line.minor
        planned = PlanOrder.objects.all()
        assert sum(o.deposit_due_minor for o in planned) == selectors.due("G").deposit
        assert sum(o.due_minor for o in planned) == selectors.due("G").goods
        assert ledger.balance(accounts.funds("G", currency)).posted == 0
        assert {s.posted for s in ledger.sums().values()} <= {0}
        for balance in ledger.under("fx:"):
            if balance.code.endswith("liquidity"):
                assert balance.posted == 0, balance.code
        assert verify().faults == []
        transaction.set_rollback(True)


@given(
    st.integers(1, 10**12),
    st.sampled_from(CURRENCIES),
    st.sampled_from(CURRENCIES),
    st.sampled_from([0, 30, 500]),
)
def test_a_conversion_leaves_nothing_between_the_currencies(minor, base, quote, spread_bp):
    if base == quote:
        return
    quoted = Quoted(DAY.between(base, quote), spread_bp)
    delivered = Money(base, minor)
    sold = quoted.price(delivered)
    legs = chain(Move(("k",), "buyer:x:funds", "merchant:y:payable", "p", "r"), sold, delivered, quoted)
    net: dict[tuple[str, str], int] = {}
    for leg in legs:
        for account, sign in ((leg.debit, -1), (leg.credit, 1)):
            net[account, leg.currency] = net.get((account, leg.currency), 0) + sign * leg.amount
    assert net["merchant:y:payable", base] == minor
    assert net["buyer:x:funds", quote] == -sold.minor
    parity = quoted.parity.inverse().convert(sold).minor
    assert net.get((accounts.liquidity(base), base), 0) == -parity
    # half a minor unit of the currency sold, in the one delivered, and half a unit of its own
    unit = max(1, quoted.dealing().inverse().convert(Money(quote, 1)).minor + 1)
    assert abs(net.get((accounts.rounding(base), base), 0)) <= unit
