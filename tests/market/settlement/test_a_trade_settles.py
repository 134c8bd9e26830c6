"""One order group from plan to payout."""

from __future__ import annotations

import pytest
from tests.market.settlement.conftest import AT, group

from bolanggu.market.settlement import accounts, selectors, services
from bolanggu.market.settlement.inputs import ChargeDue
from bolanggu.market.settlement.models import Allocation, Payout, PlanOrder
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.verification import verify
from bolanggu.platform.lineage.models import EdgeRow

pytestmark = pytest.mark.django_db

CHARGES = [
    ChargeDue("YW-1-freight", "ocean_freight", "buyer", "C1", "USD", 45_000),
    ChargeDue("YW-1-thc", "terminal_handling", "agent", "C1", "CNY", 118_000),
    ChargeDue("YW-1-doc", "bill_of_lading", "buyer", "C1", "CNY", 45_000),
]


def settle(by, day, *, currency="USD", spread_bp=30, terms=None):
    """The whole walk, as the trade does it."""
    due = group(currency, **(terms or {}))
    common = {"by": by, "at": AT}
    services.plan(**common, group=due, rates=day, spread_bp=spread_bp)
    deposit = selectors.due("YW-1").deposit
    if deposit:
        services.receive(**common, group="YW-1", number="R1", minor=deposit, payer="B1", payee="A1")
    services.charge(**common, group="YW-1", charges=CHARGES, rates=day, spread_bp=spread_bp)
    left = selectors.due("YW-1").outstanding
    services.receive(**common, group="YW-1", number="R2", minor=left, payer="B1", payee="A1")
    for stage in ("deposit", "balance"):
        services.allocate(**common, group="YW-1", stage=stage)
    services.collect(**common, group="YW-1")
    services.take_commission(**common, group="YW-1")
    services.convert(**common, group="YW-1", rates=day)
    services.pay_out(**common, group="YW-1")
    services.pay_suppliers(**common, group="YW-1")


def everything():
    return {b.code: (b.posted, b.debits_pending, b.credits_pending) for b in ledger.under("")}


@pytest.mark.parametrize("currency", ["USD", "CNY", "GBP", "JPY", "EUR", "AED"])
def test_every_account_of_the_trade_ends_as_it_must(by, day, currency):
    settle(by, day, currency=currency)
    for order in PlanOrder.objects.all():
        balance = ledger.balance(accounts.payable(order.merchant, order.currency))
        assert balance.posted == 0
        assert balance.debits_pending == balance.credits_pending == 0
        paid = Payout.objects.get(order=order)
        assert paid.minor == order.minor - order.commission_minor
    assert ledger.balance(accounts.funds("YW-1", currency)).posted == 0
    assert ledger.balance(accounts.charges("YW-1", currency)).posted == 0
    for code, (posted, held, holding) in everything().items():
        assert held == holding == 0, code
        if code.endswith(":liquidity"):
            assert posted == 0, code
    assert {s.posted for s in ledger.sums().values()} == {0}
    assert selectors.due("YW-1").outstanding == 0
    assert verify().faults == []


def test_settling_again_books_nothing_twice(by, day):
    settle(by, day)
    before, transfers = everything(), ledger.transfers_of(["YW-1", *(f"YW-1-00{i}" for i in range(1, 5))])
    common = {"by": by, "at": AT}
    services.plan(**common, group=group(), rates=day, spread_bp=30)
    services.receive(**common, group="YW-1", number="R1", minor=selectors.due("YW-1").deposit, payer="B1", payee="A1")
    services.charge(**common, group="YW-1", charges=CHARGES, rates=day, spread_bp=30)
    for stage in ("deposit", "balance"):
        assert services.allocate(**common, group="YW-1", stage=stage) == []
    assert services.collect(**common, group="YW-1") == 0
    assert services.take_commission(**common, group="YW-1") == 0
    assert services.convert(**common, group="YW-1", rates=day) == []
    assert services.pay_out(**common, group="YW-1") == []
    assert services.pay_suppliers(**common, group="YW-1") == 0
    assert everything() == before
    assert ledger.transfers_of(["YW-1", *(f"YW-1-00{i}" for i in range(1, 5))]) == transfers


def test_lines_are_conserved_into_allocations_and_transfers(by, day):
    settle(by, day)
    for order in group().orders:
        for line in order.lines:
            got = sum(Allocation.objects.filter(line=line.line).values_list("minor", flat=True))
            assert got == line.minor
            edges = EdgeRow.objects.filter(aspect="money", from_kind="line", from_id=line.line)
            assert sum(e.minor for e in edges) == line.minor
    amounts = {str(t["id"]): t["amount"] for t in selectors.transfers("YW-1")}
    into = {}
    for edge in EdgeRow.objects.filter(aspect="money", to_kind="transfer"):
        into[edge.to_id] = into.get(edge.to_id, 0) + edge.minor
    assert into
    for transfer, minor in into.items():
        assert amounts[transfer] == minor


def test_a_plan_without_deposit_opens_the_gate_at_once(by, day):
    services.plan(by=by, at=AT, group=group(deposit_bp=0), rates=day)
    assert selectors.is_deposit_held("YW-1-001")


def test_summary_and_statement_tell_the_whole_trade(by, day):
    settle(by, day)
    told = selectors.summary("YW-1")
    assert told["outstanding_minor"] == 0
    assert told["ledger"]["entries"] >= 2 * 4
    assert set(told["ledger"]["sums"].values()) == {0}
    statement = selectors.merchant_statement("M1", "CNY")
    assert statement[-1]["balance_minor"] == 0
    assert [line["purpose"] for line in statement] == ["deposit", "balance", "commission_merchant", "payout"]
