"""Payouts held while a dispute runs, statements of banks explained, payouts filed once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.market.settlement.bank.files import camt, entry, table
from tests.market.settlement.conftest import AT, group

from bolanggu.market.settlement import accounts, boards, selectors, services
from bolanggu.market.settlement.bank import structure
from bolanggu.market.settlement.bank.pain import Account
from bolanggu.market.settlement.models import BankEntry, BankStatement, Payout, PayoutFiled, PlanOrder
from bolanggu.market.settlement.services.hold_payouts import HoldDiffers, UnknownHold, UnknownOrder
from bolanggu.market.settlement.services.read_statement import StatementDiffers
from bolanggu.market.settlement.services.write_payout_file import (
    AccountMissing,
    PayoutFiledBefore,
    PayoutFileDiffers,
    UnknownPayout,
)
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.verification import verify

pytestmark = pytest.mark.django_db
DEBTOR = Account("Agent Ltd", "6222000001", "ICBKCNBJ")


@pytest.fixture
def paid(by, day):
    """The common part of a call, for a group that has paid and whose money is at its merchants."""
    services.plan(by=by, at=AT, group=group(), rates=day, spread_bp=30)
    facts = {"by": by, "at": AT, "group": "YW-1"}
    total = selectors.due("YW-1").total
    services.receive(**facts, number="R1", minor=total, payer="B1", payee="A1")
    for stage in ("deposit", "balance"):
        services.allocate(**facts, stage=stage)
    services.take_commission(**facts)
    services.convert(**facts, rates=day)
    return facts


def order(name: str) -> PlanOrder:
    return PlanOrder.objects.get(order=name)


def test_a_dispute_holds_the_payout_of_its_order_alone_until_it_is_released(paid):
    services.hold_payouts(**paid, number="D1", order="YW-1-001", reason="short by two cartons")
    made = services.pay_out(**paid)
    assert "YW-1-001" not in {p.order.order for p in made}
    first = order("YW-1-001")
    assert ledger.balance(accounts.payable("M1", "CNY")).posted == first.minor - first.commission_minor
    assert services.release_payouts(**paid, number="D1")
    assert not services.release_payouts(**paid, number="D1")
    (rest,) = services.pay_out(**paid)
    assert rest.minor == first.minor - first.commission_minor
    assert verify().faults == []


def test_a_dispute_over_a_part_leaves_the_rest_payable(paid):
    services.hold_payouts(**paid, number="D1", order="YW-1-001", reason="two cartons", minor=5_000)
    services.hold_payouts(**paid, number="D2", order="YW-1-001", reason="labels", minor=1_000)
    (part,) = services.pay_out(**paid, orders=["YW-1-001"])
    assert part.minor == order("YW-1-001").minor - order("YW-1-001").commission_minor - 6_000
    assert services.pay_out(**paid, orders=["YW-1-001"]) == []
    services.release_payouts(**paid, number="D1")
    (more,) = services.pay_out(**paid, orders=["YW-1-001"])
    assert more.minor == 5_000


def test_a_hold_stands_once_and_says_what_it_is_for(paid):
    facts = {**paid, "number": "D1", "order": "YW-1-001", "reason": "r"}
    assert services.hold_payouts(**facts) == services.hold_payouts(**facts)
    with pytest.raises(HoldDiffers):
        services.hold_payouts(**(facts | {"minor": 5}))
    with pytest.raises(UnknownOrder):
        services.hold_payouts(**(facts | {"order": "YW-9-001"}))
    with pytest.raises(UnknownHold):
        services.release_payouts(**paid, number="D9")
    with pytest.raises(NotGranted):
        services.hold_payouts(**(facts | {"by": Actor("x", frozenset({"merchant"}))}))


def test_a_statement_is_explained_by_receipts_payouts_and_groups(paid, by, day):
    total = selectors.due("YW-1").total
    services.plan(by=by, at=AT, group=group(number="YW-2"), rates=day, spread_bp=30)
    deposit = selectors.due("YW-2").deposit
    usd = f"{total / 100:.2f}"
    (said,) = services.read_statement(
        by=by,
        at=AT,
        file="march.xml",
        content=camt(
            [
                entry(usd, reference="R1"),
                entry(usd, reference="R1"),
                entry(f"{(deposit - 1_500) / 100:.2f}", text="deposit yw-2", charges="15.00"),
                entry("12.00", out=True, fee=True),
                entry("77.00", reference="XYZ"),
            ]
        ),
    )
    found = [(e.outcome, e.number, e.difference_minor) for e in said.entries.order_by("position")]
    assert found == [
        ("matched", "R1", 0),
        ("doubled", "R1", total),
        ("matched", "YW-2", -1_500),
        ("fee", "", -1_200),
        ("unknown", "", 7_700),
    ]


def test_a_statement_is_read_once_and_explained_again_when_the_books_go_on(paid, by):
    made = services.pay_out(**paid, orders=["YW-1-001"])[0]
    content = table([(f"-{made.minor / 100:.2f}", made.transfer.hex, ""), ("5.00", "R7", "")], currency="CNY")
    facts = {"by": by, "at": AT, "file": "s.csv", "content": content}
    (said,) = services.read_statement(**facts)
    assert services.read_statement(**facts) == [said]
    assert BankStatement.objects.count() == 1
    assert list(said.entries.order_by("position").values_list("outcome", flat=True)) == ["matched", "unknown"]
    with pytest.raises(StatementDiffers):
        services.read_statement(**(facts | {"content": content.replace(b"R7", b"R8")}))
    assert services.explain_again(by=by, at=AT, account="A1", number="S-1") == []
    later = table([(f"-{made.minor / 100:.2f}", made.number, "")], currency="CNY", number="S-2")
    (second,) = services.read_statement(**(facts | {"content": later}))
    assert second.entries.get().outcome == "doubled"


def test_an_explained_statement_tells_its_entries_and_counts_their_outcomes(by):
    content = table([("5.00", "R7", "thanks"), ("-1.00", "", "")])
    (said,) = services.read_statement(by=by, at=AT, file="s.csv", content=content)
    told = boards.explained_statement(said)
    assert told["outcomes"] == {"unknown": 2}
    assert (told["opened_minor"], told["closed_minor"]) == (0, 400)
    assert [entry["difference_minor"] for entry in told["entries"]] == [500, -100]


def test_money_that_came_in_is_booked_and_then_met(by, day):
    services.plan(by=by, at=AT, group=group(), rates=day, spread_bp=30)
    deposit = selectors.due("YW-1").deposit
    services.read_statement(
        by=by, at=AT, file="s.csv", content=table([(f"{deposit / 100:.2f}", "BK-77", "YW-1 deposit")])
    )
    assert (BankEntry.objects.get().outcome, BankEntry.objects.get().number) == ("matched", "YW-1")
    services.receive(by=by, at=AT, group="YW-1", number="BK-77", minor=deposit, payer="B1", payee="A1")
    (changed,) = services.explain_again(by=by, at=AT, account="A1", number="S-1")
    assert (changed.outcome, changed.number) == ("matched", "BK-77")


def shops() -> dict[str, Account]:
    return {f"M{i}": Account(f"Shop {i}", f"62220{i}") for i in range(1, 5)}


def test_payouts_are_filed_once_and_the_file_stays_as_it_is(paid, by):
    made = [p.number for p in services.pay_out(**paid) if p.currency == "CNY"]
    facts = {"by": by, "at": AT, "number": "F-1", "pay_on": date(2025, 1, 7), "debtor": DEBTOR, "accounts": shops()}
    file = services.write_payout_file(**facts, payouts=made)
    assert structure.faults(file.content.encode()) == []
    again = services.write_payout_file(**(facts | {"at": AT + timedelta(days=1)}), payouts=made)
    assert again == file
    assert again.content == file.content
    with pytest.raises(PayoutFileDiffers):
        services.write_payout_file(**facts, payouts=made[:1])
    with pytest.raises(PayoutFiledBefore, match="stands in file F-1"):
        services.write_payout_file(**(facts | {"number": "F-2"}), payouts=made[:1])
    with pytest.raises(UnknownPayout):
        services.write_payout_file(**(facts | {"number": "F-3"}), payouts=["nothing"])
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutFiled.objects.create(file=file, payout=Payout.objects.get(number=made[0]))


def test_a_merchant_without_an_account_is_named(paid, by):
    made = [p.number for p in services.pay_out(**paid, orders=["YW-1-002"])]
    at = datetime(2025, 1, 7, tzinfo=UTC)
    with pytest.raises(AccountMissing, match="M2"):
        services.write_payout_file(
            by=by, at=at, number="F", payouts=made, pay_on=at.date(), debtor=DEBTOR, accounts={"M1": DEBTOR}
        )
