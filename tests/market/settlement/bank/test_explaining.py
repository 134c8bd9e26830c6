"""Every entry of a bank gets one explanation, and the differences say how far books and bank are apart."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.settlement.bank.explaining import Expected, explain
from bolanggu.market.settlement.bank.statement import Entry

DAY = date(2026, 3, 2)
RECEIPT = Expected("receipt", "R1", ("R1",), (10_000,))
PAYOUT = Expected("payout", "YW-1-001-P1", ("YW-1-001-P1", "a" * 32), (-7_000,))
GROUP = Expected("group", "YW-1", ("YW-1",), (30_000, 100_000))
KNOWN = [RECEIPT, PAYOUT, GROUP]


def told(*entries, met_before=()):
    return [(one.outcome, one.number, one.difference) for one in explain(entries, KNOWN, "USD", met_before=met_before)]


def said(minor, reference="", text="", **more):
    return Entry(DAY, minor, reference=reference, text=text, **more)


def test_what_the_books_know_is_matched_by_reference_or_by_a_word_of_the_text():
    assert told(said(10_000, "R1"), said(-7_000, "A" * 32)) == [("matched", "R1", 0), ("matched", "YW-1-001-P1", 0)]
    assert told(said(10_000, text="thank you, r1.")) == [("matched", "R1", 0)]


def test_what_banks_kept_on_the_way_explains_a_difference():
    assert told(said(9_975, "R1", charges=25)) == [("matched", "R1", -25)]
    assert told(said(-7_025, "YW-1-001-P1", charges=25)) == [("matched", "YW-1-001-P1", -25)]
    assert told(said(9_975, "R1")) == [("short", "R1", -25)]


def test_too_little_and_too_much_are_told_by_how_much():
    assert told(said(9_000, "R1")) == [("short", "R1", -1_000)]
    assert told(said(10_001, "R1")) == [("over", "R1", 1)]
    assert told(said(-7_001, "YW-1-001-P1")) == [("over", "YW-1-001-P1", -1)]


def test_the_second_of_a_name_is_doubled_in_this_statement_or_after_an_earlier_one():
    assert told(said(10_000, "R1"), said(10_000, "R1"))[1] == ("doubled", "R1", 10_000)
    assert told(said(10_000, "R1"), met_before={"R1"}) == [("doubled", "R1", 10_000)]


def test_a_group_may_pay_in_parts_until_nothing_is_left():
    assert told(said(30_000, "YW-1"), said(70_000, "YW-1"), said(1, "YW-1")) == [
        ("matched", "YW-1", 0),
        ("matched", "YW-1", 0),
        ("over", "YW-1", 1),
    ]
    assert told(said(100_000, text="YW-1"))[0] == ("matched", "YW-1", 0)


def test_money_of_the_wrong_direction_is_not_matched():
    assert told(said(-10_000, "R1"), said(7_000, "YW-1-001-P1")) == [("unknown", "", -10_000), ("unknown", "", 7_000)]


def test_fees_and_strangers_are_kept_apart():
    assert told(said(-500, fee=True), said(123, "X")) == [("fee", "", -500), ("unknown", "", 123)]


ENTRIES = st.lists(
    st.builds(
        Entry,
        booked_on=st.just(DAY),
        minor=st.integers(-120_000, 120_000).filter(bool),
        charges=st.integers(0, 30),
        reference=st.sampled_from(["R1", "YW-1-001-P1", "YW-1", "Q", ""]),
        fee=st.booleans(),
    ),
    max_size=12,
)


@given(ENTRIES)
def test_books_and_bank_differ_by_the_sum_of_the_differences(entries):
    """Receipts and payouts met once, and everything else whole: their sum and the differences are the bank's sum."""
    found = explain(entries, [RECEIPT, PAYOUT], "USD")
    assert len(found) == len(entries)
    worth = {"R1": 10_000, "YW-1-001-P1": -7_000}
    met = [one for one in found if one.outcome in ("matched", "short", "over")]
    assert len({one.number for one in met}) == len(met)
    assert sum(e.minor for e in entries) == sum(worth[one.number] for one in met) + sum(one.difference for one in found)
