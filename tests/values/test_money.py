"""Money never mixes currencies and never loses a minor unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.values.money import CurrencyMismatch, Money, NotMoney, Rate, exponent, parse, split, total


def test_two_currencies_never_add():
    with pytest.raises(CurrencyMismatch, match="cannot add EUR to USD"):
        Money("USD", 1) + Money("EUR", 1)


def test_subtraction_needs_one_currency_too():
    with pytest.raises(CurrencyMismatch):
        Money("USD", 1) - Money("CNY", 1)


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("CNY", 2), ("JPY", 0), ("KWD", 3), ("KRW", 0)])
def test_exponents_are_those_of_iso_4217(currency, digits):
    assert exponent(currency) == digits


@pytest.mark.parametrize("text", ["$5", "1,000", "", "abc", "NaN", "Infinity", "1.234"])
def test_text_that_is_no_plain_amount_is_refused(text):
    with pytest.raises(NotMoney):
        parse(text, "USD")


def test_a_yen_has_no_digits():
    assert parse("120", "JPY") == Money("JPY", 120)
    with pytest.raises(NotMoney, match="more digits than JPY"):
        parse("1.5", "JPY")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD"]))
def test_an_amount_reads_back_from_its_own_text(minor, currency):
    money = Money(currency, minor)
    assert parse(str(money.decimal()), currency) == money


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_split_parts_add_up_to_the_whole(whole, weights):
    assert sum(split(whole, weights)) == whole


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_split_parts_are_within_one_unit_of_the_exact_share(whole, weights):
    for part, weight in zip(split(whole, weights), weights, strict=True):
        assert abs(part - Decimal(whole) * weight / sum(weights)) < 1


@given(st.integers(1, 10**9), st.lists(st.integers(0, 10), min_size=1, max_size=20).filter(any))
def test_a_zero_weight_gets_nothing(whole, weights):
    assert all(part == 0 for part, weight in zip(split(whole, weights), weights, strict=True) if weight == 0)


def test_nobody_can_share_something():
    assert split(0, []) == []
    with pytest.raises(ValueError, match="among nobody"):
        split(1, [])


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="negative"):
        split(5, [1, -1])


def test_total_of_nothing_is_zero_of_the_currency():
    assert total([], "CNY") == Money("CNY", 0)
    assert total([Money("CNY", 5), Money("CNY", 7)], "CNY") == Money("CNY", 12)


def test_a_rate_converts_between_exponents():
    yen = Rate("JPY", "CNY", 46233, 1_000_000, "2024-12-31", "CFETS")
    assert yen.convert(Money("JPY", 100)) == Money("CNY", 462)


def test_a_rate_rounds_half_even():
    half = Rate("USD", "CNY", 1, 2, "2024-12-31", "made for the test")
    assert [half.convert(Money("USD", n)).minor for n in (1, 3, 5)] == [0, 2, 2]


def test_a_rate_refuses_the_wrong_currency():
    rate = Rate("USD", "CNY", 7, 1, "2024-12-31", "made for the test")
    with pytest.raises(CurrencyMismatch):
        rate.convert(Money("EUR", 1))


def test_an_inverse_rate_leads_back():
    rate = Rate("USD", "CNY", 71884, 10000, "2024-12-31", "CFETS")
    assert rate.inverse().convert(rate.convert(Money("USD", 123456))) == Money("USD", 123456)


def test_a_portion_rounds_half_up():
    assert Money("CNY", 5).portion(1, 2).minor == 3


def test_money_times_pieces():
    assert Money("GBP", 125) * 12 == Money("GBP", 1500)
