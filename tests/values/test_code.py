"""Check digits of the trade's codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.values.code import (
    container_number,
    gs1_check_digit,
    is_container_number,
    is_sscc,
    is_uscc,
    sscc,
    uscc_check_character,
)


@given(st.integers(0, 10**9 - 1))
def test_every_made_sscc_is_valid(serial):
    assert is_sscc(sscc(1, "9521234", serial))


@given(st.integers(0, 10**9 - 1), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(serial, place, shift):
    good = sscc(1, "9521234", serial)
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert not is_sscc(wrong)


def test_a_serial_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="does not fit in 9 digits"):
        sscc(1, "9521234", 10**9)


@pytest.mark.parametrize("text", ["", "12345", "10614141192837465x", "106141411928374650"])
def test_other_texts_are_no_sscc(text):
    assert not is_sscc(text)


def test_check_digit_of_a_published_gtin():
    assert gs1_check_digit("629104150021") == 3


@given(st.integers(0, 999_999))
def test_every_made_container_number_is_valid(serial):
    assert is_container_number(container_number("BLG", serial))


def test_a_published_container_number_is_valid_and_its_neighbour_is_not():
    assert is_container_number("CSQU3054383")
    assert not is_container_number("CSQU3054384")


@pytest.mark.parametrize("text", ["csqu3054383", "CSQU305438", "CSQU30543833", "1SQU3054383"])
def test_other_texts_are_no_container_number(text):
    assert not is_container_number(text)


def test_a_credit_code_with_its_check_character_is_valid():
    body = "91330782MA2EXAMP0"[:17].replace("I", "1")
    assert is_uscc(body + uscc_check_character(body))


def test_a_credit_code_of_wrong_length_or_letters_is_refused():
    assert not is_uscc("9111000060003734")
    assert not is_uscc("9111000060003734IL")
