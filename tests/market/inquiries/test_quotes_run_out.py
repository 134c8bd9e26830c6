"""Quotes run out with time, are renewed as a next version, and lines are quoted beside those that stand."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.inquiries.models import Inquiry, InquiryLine, Quote
from bolanggu.market.inquiries.services import (
    QuotedLine,
    QuoteNotOpen,
    accept,
    add_to_list,
    expire,
    quote,
    quote_more,
    renew,
)


@pytest.fixture
def quoted(parties, world, at):
    inquiry = Inquiry.objects.create(
        number="T1",
        buyer=parties["B1"],
        list_name="l",
        list_sha256="0",
        destination="ESBCN",
        currency="USD",
        stated_at=at,
    )
    InquiryLine.objects.create(number="T1-L0001", inquiry=inquiry, row=1, text="mugs", quantity=5)
    until = at + timedelta(days=10)
    return quote(by=world, at=at, inquiry="T1", valid_until=until, lines=[line(parties, "T1-L0001")])[0]


def line(parties, number):
    return QuotedLine(parties["M1"].pk, "CNY", number, "P1", 5, 5, 1, 100, "")


def test_a_quote_is_expired_once_its_day_is_over_and_nobody_accepts_it(quoted, world, at):
    assert expire(by=world, at=at + timedelta(days=10), inquiry="T1") == []
    late = at + timedelta(days=11)
    with pytest.raises(QuoteNotOpen, match="ask for a new version"):
        accept(by=world, at=late, inquiry="T1")
    assert expire(by=world, at=late) == [quoted.number]
    assert expire(by=world, at=late) == []
    assert accept(by=world, at=late, inquiry="T1") == []


def test_a_renewed_quote_is_the_next_version_with_the_same_lines(quoted, world, at):
    late = at + timedelta(days=11)
    expire(by=world, at=late)
    made = renew(by=world, at=late, inquiry="T1", valid_until=late + timedelta(days=5), reason="ran out")
    assert [(one.number, one.version) for one in made] == [(quoted.number, 2)]
    assert list(made[0].lines.values_list("line", "sold")) == [("T1-L0001", 5)]
    assert renew(by=world, at=late, inquiry="T1", valid_until=late + timedelta(days=5), reason="again") == []
    assert [one.version for one in accept(by=world, at=late, inquiry="T1")] == [2]
    assert set(Quote.objects.values_list("version", "state")) == {(1, "expired"), (2, "accepted")}


def test_an_added_line_is_quoted_beside_the_accepted_quote_of_the_same_merchant(quoted, parties, world, at):
    accept(by=world, at=at, inquiry="T1")
    number = add_to_list(by=world, at=at, inquiry="T1", text="more mugs", pieces=5, product="P1")
    assert number == "T1-L0002"
    until = at + timedelta(days=5)
    made = quote_more(by=world, at=at, inquiry="T1", valid_until=until, lines=[line(parties, number)])
    assert [one.number for one in made] == ["T1-Q002"]
    assert Quote.objects.filter(state="accepted").count() == 2


def test_one_quote_of_a_merchant_is_open_at_a_time_by_constraint(quoted, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(
            number="X", inquiry=quoted.inquiry, merchant=quoted.merchant, currency="CNY", stated_at=at,
            valid_until=at + timedelta(days=1),
        )  # fmt: skip
