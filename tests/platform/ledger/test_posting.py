"""What the ledger answers, transfer by transfer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.platform.ledger.conftest import AT, BY

from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.journal.models import Entry
from bolanggu.platform.ledger import Code, Kind, Limit, Opening, Transfer, key, selectors, services
from bolanggu.platform.ledger.models import Account, Closing, TransferRow
from bolanggu.platform.ledger.transfers import BadTransfer

pytestmark = pytest.mark.usefixtures("accounts")


def move(name, amount=10, debit="pool", credit="buyer", **fields):
    return Transfer(id=key(name), debit=debit, credit=credit, amount=amount, currency="CNY", **fields)


def end(name, hold, amount=None, kind=Kind.POST_PENDING, **fields):
    return Transfer(id=key(name), kind=kind, pending=key(hold), amount=amount, **fields)


def post(*batch, at=AT):
    return services.post(by=BY, at=at, batch=list(batch))


def sides(code):
    b = selectors.balance(code)
    return (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)


def test_a_refusal_never_fails_its_neighbours():
    assert post(move("a"), move("b", 99, "buyer", "shop"), move("c", 4, "buyer", "shop")) == [
        Code.OK,
        Code.EXCEEDS_CREDITS,
        Code.OK,
    ]
    assert sides("buyer") == (4, 10, 0, 0)


def test_a_limit_sees_what_the_same_batch_brought_before():
    assert post(move("b", 10, "buyer", "shop"), move("a", 10)) == [Code.EXCEEDS_CREDITS, Code.OK]
    assert post(move("c", 10), move("d", 20, "buyer", "shop")) == [Code.OK, Code.OK]


def test_the_same_transfer_sent_again_changes_nothing():
    assert post(move("a")) == [Code.OK]
    assert post(move("a")) == [Code.EXISTS]
    assert post(move("a"), at=AT + timedelta(days=1)) == [Code.EXISTS]
    assert post(move("a", 11)) == [Code.EXISTS_WITH_DIFFERENT_FIELDS]
    assert post(move("b"), move("b"), move("b", 11)) == [Code.OK, Code.EXISTS, Code.EXISTS_WITH_DIFFERENT_FIELDS]
    assert sides("buyer") == (0, 20, 0, 0)


def test_a_batch_without_effect_leaves_no_trace_in_the_journal():
    post(move("a"))
    before = Entry.objects.count()
    post(move("a"), move("b", 0))
    assert Entry.objects.count() == before


def test_a_hold_counts_against_the_limit_and_is_released_by_its_ending():
    post(move("in", 100))
    assert post(move("hold", 70, "buyer", "shop", kind=Kind.PENDING)) == [Code.OK]
    assert sides("buyer") == (0, 100, 70, 0)
    assert sides("shop") == (0, 0, 0, 70)
    assert selectors.balance("buyer").available == 30
    assert post(move("too much", 31, "buyer", "shop")) == [Code.EXCEEDS_CREDITS]
    assert post(end("part", "hold", 50)) == [Code.OK]
    assert sides("buyer") == (50, 100, 0, 0)
    assert sides("shop") == (0, 50, 0, 0)
    assert selectors.hold_states([key("hold"), key("none")]) == {key("hold"): "posted"}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (Kind.POST_PENDING, Code.PENDING_ALREADY_POSTED),
        (Kind.VOID, Code.PENDING_ALREADY_VOIDED),
        (Kind.EXPIRE, Code.PENDING_EXPIRED),
    ],
)
def test_a_hold_ends_at_most_once(kind, answer):
    until, later = AT + timedelta(hours=1), AT + timedelta(hours=2)
    post(move("hold", kind=Kind.PENDING, expires_at=until))
    assert post(end("first", "hold", kind=kind), at=later if kind == Kind.EXPIRE else AT) == [Code.OK]
    for second in (Kind.POST_PENDING, Kind.VOID, Kind.EXPIRE):
        assert post(end(f"second {second}", "hold", kind=second)) == [answer]


def test_a_hold_cannot_be_posted_beyond_its_amount_or_its_time():
    post(move("hold", 10, kind=Kind.PENDING, expires_at=AT + timedelta(hours=1)))
    assert post(end("more", "hold", 11)) == [Code.EXCEEDS_PENDING_AMOUNT]
    assert post(end("none", "hold", 0)) == [Code.AMOUNT_NOT_POSITIVE]
    assert post(end("early", "hold", kind=Kind.EXPIRE)) == [Code.PENDING_NOT_DUE]
    assert post(end("late", "hold"), at=AT + timedelta(hours=1)) == [Code.PENDING_EXPIRED]
    assert services.expire_due(by=BY, at=AT + timedelta(hours=1)) == 1
    assert services.expire_due(by=BY, at=AT + timedelta(hours=1)) == 0
    assert sides("pool") == (0, 0, 0, 0)


def test_an_ending_must_name_a_hold_and_agree_with_it():
    post(move("posted"), move("hold", 10, kind=Kind.PENDING))
    assert post(
        end("a", "nothing"),
        end("b", "posted"),
        end("c", "hold", debit="shop"),
        end("d", "hold", 9, kind=Kind.VOID),
        end("e", "hold", currency="USD"),
    ) == [
        Code.PENDING_NOT_FOUND,
        Code.PENDING_NOT_PENDING,
        Code.PENDING_HAS_DIFFERENT_FIELDS,
        Code.PENDING_HAS_DIFFERENT_FIELDS,
        Code.PENDING_HAS_DIFFERENT_FIELDS,
    ]


def test_a_chain_takes_effect_wholly_or_not_at_all():
    chain = [move("a", linked=True), move("b", 99, "buyer", "shop", linked=True), move("c")]
    assert post(*chain, move("d", 1)) == [
        Code.LINKED_EVENT_FAILED,
        Code.EXCEEDS_CREDITS,
        Code.LINKED_EVENT_FAILED,
        Code.OK,
    ]
    assert sides("buyer") == (0, 1, 0, 0)
    whole = [chain[0], replace(chain[1], amount=5), chain[2]]
    assert post(*whole) == [Code.OK] * 3
    assert post(*whole) == [Code.EXISTS] * 3
    assert post(move("e", linked=True)) == [Code.LINKED_CHAIN_OPEN]


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"amount": 0}, Code.AMOUNT_NOT_POSITIVE),
        ({"amount": -1}, Code.AMOUNT_NOT_POSITIVE),
        ({"credit": "pool"}, Code.SAME_ACCOUNT),
        ({"debit": "nobody"}, Code.ACCOUNT_NOT_FOUND),
        ({"credit": "buyer-usd"}, Code.LEDGERS_DIFFER),
        ({"currency": "USD"}, Code.LEDGERS_DIFFER),
        ({"amount": 2**63}, Code.BALANCE_TOO_LARGE),
    ],
)
def test_what_cannot_be_is_answered_by_name(fields, answer):
    assert post(replace(move("x"), **fields)) == [answer]
    assert TransferRow.objects.count() == 0


def test_shapes_that_make_no_sense_are_refused_before_the_ledger_sees_them():
    for fields in (
        {"pending": key("y")},
        {"amount": None},
        {"expires_at": AT},
        {"kind": Kind.VOID},
        {"ref": "x" * 65},
    ):
        with pytest.raises(BadTransfer):
            replace(move("x"), **fields)


def test_nothing_is_posted_into_a_closed_period():
    services.close_period(by=BY, at=AT, through=AT)
    services.close_period(by=BY, at=AT, through=AT)
    assert post(move("late")) == [Code.PERIOD_CLOSED]
    assert post(move("next"), at=AT + timedelta(microseconds=1)) == [Code.OK]


def test_an_account_keeps_its_currency_and_limit():
    services.open_accounts(by=BY, at=AT, openings=[Opening("pool", "CNY")])
    with pytest.raises(services.AccountDiffers, match="pool is in CNY and limits none"):
        services.open_accounts(by=BY, at=AT, openings=[Opening("pool", "CNY", Limit.DEBITS)])


def test_post_all_posts_everything_or_nothing():
    with pytest.raises(services.NotPosted, match="exceeds_credits"):
        services.post_all(by=BY, at=AT, batch=[move("a"), move("b", 99, "buyer", "shop", purpose="fee")])
    assert TransferRow.objects.count() == 0


def test_posting_needs_a_grant():
    with pytest.raises(NotGranted):
        services.post(by=Actor("guest", frozenset({"public"})), at=AT, batch=[move("a")])


@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_closing"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET market = 2", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_stands(table, deed):
    post(move("a"))
    Closing.objects.create(through=AT - timedelta(days=9), at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE ledger_account SET currency = 'USD'",
        "UPDATE ledger_account SET code = 'x' || code",
        "DELETE FROM ledger_account",
    ],
)
def test_the_database_keeps_accounts_as_they_were_opened(deed):
    with pytest.raises(DatabaseError, match="ledger_account"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("buyer", {"debits_posted": 1}),
        ("buyer", {"debits_pending": 1}),
        ("bank", {"credits_posted": 1}),
        ("pool", {"debits_posted": -1}),
    ],
)
def test_the_database_keeps_the_limits(code, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.filter(code=code).update(**change)


def test_the_database_refuses_a_second_ending_and_bad_rows():
    post(move("hold", kind=Kind.PENDING), end("end", "hold"))
    row = TransferRow.objects.get(pk=key("end"))
    for change in (
        {"id": key("again")},
        {"id": key("a"), "pending_id": None},
        {"id": key("b"), "kind": Kind.POST, "pending_id": None, "amount": 0},
        {"id": key("c"), "kind": Kind.POST, "pending_id": None, "credit_id": row.debit_id},
        {"id": key("d"), "kind": Kind.POST, "pending_id": None, "expires_at": AT},
    ):
        fields = {f.attname: getattr(row, f.attname) for f in TransferRow._meta.fields} | change
        with pytest.raises(DatabaseError), transaction.atomic():
            TransferRow(**fields).save(force_insert=True)


@pytest.mark.parametrize("change", [{"debit_id": 999_999}, {"credit_id": 999_999}, {"currency": "USD"}, {"market": 2}])
def test_the_database_refuses_a_transfer_that_does_not_fit_its_accounts(change):
    post(move("a"))
    row = TransferRow.objects.get()
    fields = {f.attname: getattr(row, f.attname) for f in TransferRow._meta.fields} | {"id": key("b")} | change
    with pytest.raises(DatabaseError, match="both accounts must exist"), transaction.atomic():
        TransferRow(**fields).save(force_insert=True)


def test_the_database_refuses_a_transfer_into_a_closed_period():
    post(move("a"))
    services.close_period(by=BY, at=AT, through=AT + timedelta(days=1))
    row = TransferRow.objects.get()
    fields = {f.attname: getattr(row, f.attname) for f in TransferRow._meta.fields} | {"id": key("b")}
    with pytest.raises(DatabaseError, match="the period is closed"), transaction.atomic():
        TransferRow(**fields).save(force_insert=True)


def test_entries_and_transfers_of_a_ref_read_in_order():
    post(move("a", 10, ref="YW-1"), move("b", 4, "buyer", "shop", ref="YW-1"), move("c", 1, ref="YW-2"))
    assert [(e.minor, e.other) for e in selectors.entries("buyer")] == [(10, "pool"), (-4, "shop"), (1, "pool")]
    assert [t["amount"] for t in selectors.transfers_of(["YW-1"])] == [10, 4]
    assert selectors.sums()["CNY"] == selectors.Sums(0, 0, 4)
    assert [b.code for b in selectors.under("buyer")] == ["buyer", "buyer-usd"]
