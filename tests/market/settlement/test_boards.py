"""Boards and statements say the same as the books, whatever was done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.market.settlement.bank.files import table
from tests.market.settlement.conftest import AT, group

from bolanggu.market.settlement import accounts, boards, selectors, services, statements
from bolanggu.market.settlement.inputs import ChargeDue, LineDue
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.platform.ledger import selectors as ledger

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def planned(by, day):
    services.plan(by=by, at=AT, group=group(credit_days=30), rates=day, spread_bp=30)
    return {"by": by, "group": "YW-1"}


def pay(planned, minor, number, at=AT):
    services.receive(**planned, at=at, number=number, minor=minor, payer="B1", payee="A1")


def settle(planned, day, at=AT):
    pay(planned, selectors.due("YW-1").outstanding, "R2", at)
    for stage in ("deposit", "balance"):
        services.allocate(**planned, at=at, stage=stage)
    services.collect(**planned, at=at)
    services.take_commission(**planned, at=at)
    services.convert(**planned, at=at, rates=day)


def test_a_merchant_sees_each_order_from_promise_to_payout(planned, day):
    (row,) = boards.merchant_orders("M1")
    assert (row["arrived_minor"], row["to_come_minor"], row["deposit_held"]) == (0, 133_456, False)
    pay(planned, selectors.due("YW-1").deposit, "R1")
    assert boards.merchant_orders("M1")[0]["deposit_held"]
    settle(planned, day)
    services.refund(**planned, at=AT, number="F1", order="YW-1-001", lines=[LineDue("YW-1/1", 1_000)])
    services.hold_payouts(**planned, at=AT, number="D1", order="YW-1-001", reason="labels", minor=500)
    (row,) = boards.merchant_orders("M1")
    left = 133_456 - row["commission_minor"] - 1_000
    assert (row["payable_minor"], row["held_back_minor"], row["paid_out_minor"]) == (left - 500, 500, 0)
    services.pay_out(**planned, at=AT)
    (row,) = boards.merchant_orders("M1")
    assert (row["payable_minor"], row["held_back_minor"], row["paid_out_minor"]) == (0, 500, left - 500)
    services.release_payouts(**planned, at=AT, number="D1")
    services.hold_payouts(**planned, at=AT, number="D2", order="YW-1-001", reason="all of it")
    assert boards.merchant_orders("M1")[0]["held_back_minor"] == 500


def test_a_buyer_sees_her_groups_in_her_currency(planned, day):
    services.charge(
        **planned,
        at=AT,
        charges=[ChargeDue("H1", "ocean_freight", "buyer", "C1", "CNY", 45_000)],
        rates=day,
        spread_bp=30,
    )
    owed = selectors.due("YW-1")
    pay(planned, owed.deposit, "R1")
    (row,) = boards.buyer_board("B1")
    assert row["total_minor"] == owed.total == row["goods_minor"] + row["commission_minor"] + row["charges_minor"]
    assert row["outstanding_minor"] == owed.total - owed.deposit
    assert row["deposit_paid"]
    assert boards.buyer_board("nobody") == []


def test_the_balance_is_due_net_days_after_its_trigger_and_the_deposit_is_paid_first(planned):
    plan = PaymentPlan.objects.get(group="YW-1")
    owed = selectors.due("YW-1")
    pay(planned, owed.deposit + 5, "R1")
    deposit, balance = boards.instalments(plan, triggered_on=date(2025, 2, 1))
    assert (deposit.minor, deposit.paid_minor, deposit.due_on) == (owed.deposit, owed.deposit, AT.date())
    assert (balance.minor, balance.paid_minor) == (owed.total - owed.deposit, 5)
    assert balance.due_on == date(2025, 3, 3)
    assert balance.overdue(date(2025, 3, 3)) == 0
    assert balance.overdue(date(2025, 3, 4)) == balance.minor - 5
    assert boards.instalments(plan, triggered_on=None)[1].overdue(date(2030, 1, 1)) == 0


def test_the_finance_desk_lists_what_waits(planned, by, day):
    pay(planned, selectors.due("YW-1").deposit, "R1")
    services.advance(**planned, at=AT, number="V1", order="YW-1-002", funder="F1", minor=100, due_at=AT + DAY)
    services.hold_payouts(**planned, at=AT, number="D1", order="YW-1-001", reason="labels")
    content = table([("1.00", "R9", "YW-1"), ("2.00", "who", "")])
    services.read_statement(by=by, at=AT, file="s.csv", content=content)
    desk = boards.finance_desk(at=AT + 2 * DAY)
    assert {k: v for k, v in desk.items() if k != "exchange"} == {
        "unmatched_entries": 2,
        "unmatched_receipts": 1,
        "unconfirmed_payouts": 0,
        "unfiled_payouts": 0,
        "overdue_advances": 1,
        "open_holds": 1,
    }
    assert boards.finance_desk(at=AT)["overdue_advances"] == 0
    confirmed = table([(f"{selectors.due('YW-1').deposit / 100:.2f}", "R1", "")], number="S-2")
    services.read_statement(by=by, at=AT, file="s.csv", content=confirmed)
    assert list(boards.unmatched_receipts()) == []


def test_gains_losses_spread_and_rounding_are_visible_by_currency(planned, day):
    settle(planned, day)
    found = {row["currency"]: row for row in boards.exchange_results()}
    for currency, row in found.items():
        assert row["spread_minor"] == ledger.balance(accounts.spread(currency)).posted
        assert row["gain_minor"] == ledger.balance(accounts.gain(currency)).posted
        assert row["liquidity_minor"] == row["unsquared_minor"] == 0
    assert found["CNY"]["spread_minor"] > 0


def test_a_statement_opens_with_what_came_before_and_closes_with_the_balance(planned, day):
    settle(planned, day)
    services.pay_out(**planned, at=AT + 3 * DAY)
    whole = statements.party_statement("merchant", "M1", "CNY")
    later = statements.party_statement("merchant", "M1", "CNY", since=AT + DAY)
    earlier = statements.party_statement("merchant", "M1", "CNY", until=AT + DAY)
    assert (whole.opened, whole.closed) == (0, ledger.balance(accounts.payable("M1", "CNY")).posted)
    assert earlier.closed == later.opened
    assert earlier.lines + later.lines == whole.lines
    assert later.lines[-1].balance == 0
    with pytest.raises(statements.UnknownAccount, match="merchant M9"):
        statements.party_statement("merchant", "M9", "CNY")


@pytest.mark.parametrize(("kind", "party"), [("agent", "A1"), ("group", "YW-1"), ("agent_costs", "A1")])
def test_every_party_has_a_statement(planned, day, kind, party):
    settle(planned, day)
    said = statements.party_statement(kind, party, "USD")
    assert said.closed == ledger.balance(said.account).posted


def test_money_in_flight_is_what_the_accounts_held_at_the_end_of_each_day(planned, day):
    pay(planned, selectors.due("YW-1").deposit, "R1")
    settle(planned, day, AT + DAY)
    services.pay_out(**planned, at=AT + 2 * DAY)
    on = AT.date()
    rows = {(r["on"], r["currency"]): r for r in statements.in_flight(since=on, until=on + 3 * DAY)}
    owed = selectors.due("YW-1")
    first = rows[on, "USD"]
    assert (first["funds"], first["held"]) == (owed.deposit, owed.deposit)
    second = rows[on + DAY, "CNY"]
    assert second["payable"] == sum(
        b.minor - b.commission_minor for b in PaymentPlan.objects.get().orders.filter(currency="CNY")
    )
    last = rows[on + 3 * DAY, "USD"]
    assert (last["funds"], last["held"], last["payable"]) == (0, 0, 0)
    assert last["commission"] == ledger.balance(accounts.commission("A1", "USD")).posted
    cut = {(r["on"], r["currency"]): r for r in statements.in_flight(since=on + 2 * DAY, until=on + 2 * DAY)}
    assert cut[on + 2 * DAY, "USD"] == rows[on + 2 * DAY, "USD"]
