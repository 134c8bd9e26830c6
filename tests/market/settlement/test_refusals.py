"""What settlement refuses, and that the database refuses it too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.market.settlement.conftest import AT, group

from bolanggu.market.settlement import accounts, rates, selectors, services
from bolanggu.market.settlement.inputs import ChargeDue, LineDue, TradeRecord
from bolanggu.market.settlement.models import Advance, Allocation, Payout, PlanOrder, Receipt, UsedRecord
from bolanggu.market.settlement.services.advance import AdvanceTooLarge, FunderNotNamed
from bolanggu.market.settlement.services.allocate import DepositNotHeld
from bolanggu.market.settlement.services.charge import ChargeDiffers
from bolanggu.market.settlement.services.convert import ReceiptsExceedRecords, RecordUsed
from bolanggu.market.settlement.services.plan import PlanDiffers
from bolanggu.market.settlement.services.receive import OverReceipt, PayeeNotAllowed, ReceiptDiffers
from bolanggu.market.settlement.services.refund import RefundTooLarge
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.services import NotPosted
from bolanggu.platform.ledger.verification import verify
from bolanggu.values.fault import Fault
from bolanggu.values.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(by, day):
    services.plan(by=by, at=AT, group=group(), rates=day, spread_bp=30)
    return {"by": by, "at": AT, "group": "YW-1"}


def receive(planned, minor, number="R1", **other):
    facts = {"payer": "B1", "payee": "A1"} | other
    return services.receive(**planned, number=number, minor=minor, **facts)


def paid(planned):
    receive(planned, selectors.due("YW-1").total)
    for stage in ("deposit", "balance"):
        services.allocate(**planned, stage=stage)


def test_a_part_paid_deposit_does_not_open_the_gate(planned):
    receive(planned, selectors.due("YW-1").deposit - 1)
    gates = selectors.deposit_gates(["YW-1-001", "YW-1-002", "YW-1-003", "YW-1-004"])
    assert [held == asked for _, asked, held in gates] == [True, True, True, False]
    with pytest.raises(DepositNotHeld, match="YW-1-004"):
        services.allocate(**planned, stage="deposit")
    receive(planned, 1, number="R2")
    assert selectors.is_deposit_held("YW-1-004")
    assert not selectors.is_deposit_held("unknown")


def test_a_held_deposit_waits_as_pending_until_it_is_released(planned):
    receive(planned, selectors.due("YW-1").deposit)
    waiting = ledger.balance(accounts.payable("M4", "USD"))
    assert (waiting.posted, waiting.credits_pending) == (0, PlanOrder.objects.get(order="YW-1-004").deposit_minor)
    services.allocate(**planned, stage="deposit", orders=["YW-1-004"])
    released = ledger.balance(accounts.payable("M4", "USD"))
    assert (released.posted, released.credits_pending) == (waiting.credits_pending, 0)


def test_a_balance_needs_the_money(planned):
    receive(planned, selectors.due("YW-1").deposit)
    services.allocate(**planned, stage="deposit")
    with pytest.raises(NotPosted, match="exceeds_credits"):
        services.allocate(**planned, stage="balance")
    assert set(Allocation.objects.values_list("stage", flat=True)) == {"deposit"}


def test_more_than_the_trade_is_worth_is_not_received(planned):
    total = selectors.due("YW-1").total
    with pytest.raises(OverReceipt, match=str(total)):
        receive(planned, total + 1)
    receive(planned, total * 103 // 100, tolerance_bp=300)


def test_money_goes_only_to_whom_the_engagement_allows(planned):
    with pytest.raises(PayeeNotAllowed, match="the engagement allows A1"):
        receive(planned, 100, payee="X9")


def test_a_bank_number_stands_for_one_receipt(planned):
    first = receive(planned, 100)
    assert receive(planned, 100) == first
    with pytest.raises(ReceiptDiffers):
        receive(planned, 101)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(**{f.attname: getattr(first, f.attname) for f in Receipt._meta.fields if f.name != "id"})


def test_a_plan_stands_for_its_orders(by, day, planned):
    changed = group()
    with pytest.raises(PlanDiffers):
        services.plan(by=by, at=AT, group=replace(changed, orders=changed.orders[:2]), rates=day)


def test_currencies_without_a_rate_are_refused_by_name(by, day):
    with pytest.raises(Fault, match="no rate for XTS; known are CNY, AED"):
        services.plan(by=by, at=AT, group=group("XTS"), rates=day)
    with pytest.raises(Fault, match="no rates of 2001-01-01"):
        rates.on(date(2001, 1, 1))


def test_an_advance_needs_the_funder_the_plan_names(planned):
    facts = {"number": "V1", "order": "YW-1-001", "minor": 100, "due_at": AT + timedelta(days=30)}
    with pytest.raises(FunderNotNamed, match="the plan names F1"):
        services.advance(**planned, funder="F2", **facts)
    with pytest.raises(AdvanceTooLarge):
        services.advance(**planned, funder="F1", **(facts | {"minor": 133_457}))


def test_an_advance_is_a_receivable_that_comes_back_first(planned, day):
    due_at = AT + timedelta(days=30)
    services.advance(**planned, number="V1", order="YW-1-001", funder="F1", minor=100_000, due_at=due_at)
    assert ledger.balance(accounts.receivable("F1", "CNY")).posted == -100_000
    (first,) = services.pay_out(**planned, orders=["YW-1-001"])
    assert first.minor == 100_000 - PlanOrder.objects.get(order="YW-1-001").commission_minor
    paid(planned)
    assert ledger.balance(accounts.receivable("F1", "CNY")).posted == 0
    assert Advance.objects.get().recovered_minor == 100_000
    services.take_commission(**planned)
    services.convert(**planned, rates=day)
    assert services.repay_funder(**planned) == 1
    assert services.repay_funder(**planned) == 0
    assert ledger.balance(accounts.capital("F1", "CNY")).posted == 0
    (rest,) = services.pay_out(**planned, orders=["YW-1-001"])
    assert first.minor + rest.minor == rest.allocated_minor - rest.commission_minor
    assert verify().faults == []


def test_a_payout_beyond_its_cover_is_refused_by_the_database(planned, day):
    paid(planned)
    services.convert(**planned, rates=day)
    made = services.pay_out(**planned)[0]
    facts = {f.attname: getattr(made, f.attname) for f in Payout._meta.fields if f.name != "id"}
    with pytest.raises(IntegrityError, match="settlement_payout_covered"), transaction.atomic():
        Payout.objects.create(**(facts | {"number": "X", "earlier_minor": made.minor}))


def test_a_payout_needs_money_in_the_bank_in_that_currency(planned):
    paid(planned)
    with pytest.raises(NotPosted, match="payout"):
        services.pay_out(**planned, orders=["YW-1-001"])


def test_a_refund_goes_back_at_the_frozen_parity_and_never_beyond_what_was_paid(planned, day):
    paid(planned)
    lines = [LineDue("YW-1/1", 10_000)]
    services.refund(**planned, number="F1", order="YW-1-001", lines=lines)
    assert services.refund(**planned, number="F1", order="YW-1-001", lines=lines)[0].minor == 10_000
    # 100.00 yuan at 7.1884
    back = 1391
    assert ledger.balance(accounts.funds("YW-1", "USD")).posted == back + selectors.due("YW-1").commission
    with pytest.raises(RefundTooLarge, match="113457 were paid"):
        services.refund(**planned, number="F2", order="YW-1-001", lines=[LineDue("YW-1/1", 113_458)])
    services.convert(**planned, rates=day)
    services.take_commission(**planned)
    assert services.return_to_buyer(**planned, number="Z1", minor=back)
    assert not services.return_to_buyer(**planned, number="Z1", minor=back)
    made = {p.order.order: p.minor for p in services.pay_out(**planned)}
    order = PlanOrder.objects.get(order="YW-1-001")
    assert made["YW-1-001"] == order.minor - 10_000 - order.commission_minor
    assert verify().faults == []


def test_a_trade_record_settles_once_and_not_beyond_its_worth(planned, by, day):
    paid(planned)
    small = [TradeRecord("T1", "USD", 1000)]
    with pytest.raises(ReceiptsExceedRecords):
        services.convert(**planned, rates=day, records=small, tolerance_bp=300)
    goods = selectors.due("YW-1").goods
    services.convert(**planned, rates=day, records=[TradeRecord("T1", "USD", goods)], tolerance_bp=300)
    services.plan(by=by, at=AT, group=group(number="YW-2"), rates=day)
    second = {"by": by, "at": AT, "group": "YW-2"}
    total = selectors.due("YW-2").total
    services.receive(**second, number="R9", minor=total, payer="B1", payee="A1")
    services.allocate(**second, stage="deposit")
    with pytest.raises(RecordUsed, match="T1 was used by YW-1-FX1"):
        services.convert(**second, rates=day, records=[TradeRecord("T1", "USD", goods)])
    with pytest.raises(IntegrityError), transaction.atomic():
        UsedRecord.objects.create(record="T1", deal=UsedRecord.objects.get().deal)


def test_money_for_goods_of_another_title_is_not_asked_of_the_trade_records(planned, day):
    paid(planned)
    goods = selectors.due("YW-1").goods
    half = [TradeRecord("T1", "USD", goods // 2)]
    with pytest.raises(ReceiptsExceedRecords, match="other titles: 1000"):
        services.convert(**planned, rates=day, records=half, beside=[Money("USD", 1000)], tolerance_bp=300)
    rest = [Money("USD", goods - goods // 2)]
    assert services.convert(**planned, rates=day, records=half, beside=rest, tolerance_bp=300)
    assert UsedRecord.objects.get().record == "T1"


def test_the_bank_dealing_at_another_rate_shows_as_gain_or_loss(planned):
    paid(planned)
    deals = services.convert(**planned, rates=rates.on(date(2024, 1, 2)))
    assert {d.bought: d.gain_minor < 0 for d in deals} == {"CNY": True, "GBP": True}
    for deal in deals:
        assert ledger.balance(accounts.gain(deal.bought)).posted == deal.gain_minor
        assert ledger.balance(accounts.liquidity(deal.bought)).posted == 0


def test_a_merchant_bears_a_charge_only_where_she_has_the_money(planned, by, day):
    due = ChargeDue("H1", "haulage", "merchant", "W1", "CNY", 1000)
    facts = {"charges": [due], "rates": day, "spread_bp": 30}
    with pytest.raises(NotPosted, match="haulage"):
        services.charge(**planned, **facts)
    paid(planned)
    made = services.charge(**planned, **facts)
    assert sum(c.minor for c in made) == 1000
    assert {c.due_currency for c in made} == {"CNY", "GBP", "USD"}
    assert services.charge(**planned, **facts) == []
    with pytest.raises(ChargeDiffers):
        services.charge(**planned, **(facts | {"charges": [replace(due, minor=999)]}))
    services.convert(**planned, rates=day)
    services.take_commission(**planned)
    services.pay_out(**planned)
    services.pay_suppliers(**planned)
    assert ledger.balance(accounts.supplier("W1", "CNY")).posted == 0
    for order in PlanOrder.objects.all():
        assert ledger.balance(accounts.payable(order.merchant, order.currency)).posted == 0
    assert verify().faults == []


def test_settling_needs_grants(day):
    stranger = Actor("merchant", frozenset({"merchant"}))
    with pytest.raises(NotGranted):
        services.plan(by=stranger, at=AT, group=group(), rates=day)
