"""The label's barcode is the SSCC and nothing else: read back by a decoder of its own, symbol by symbol."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.documents.barcodes import _WIDTHS, sscc_modules, sscc_symbols
from bolanggu.values.code import sscc

CODES = st.builds(sscc, st.integers(0, 9), st.just("9521234"), st.integers(0, 10**9 - 1))


def decoded(modules):
    """Digits of a Code 128 C barcode with FNC1 from its widths, check symbol checked: the plain twin of the encoder."""
    assert len(modules) == 6 * 13 + 7
    symbols = [_WIDTHS.index("".join(map(str, modules[at : at + 6]))) for at in range(0, len(modules) - 7, 6)]
    assert "".join(map(str, modules[-7:])) == "2331112"
    start, fnc1, *data, check = symbols
    assert (start, fnc1) == (105, 102)
    assert check == (start + sum(place * value for place, value in enumerate([fnc1, *data], 1))) % 103
    return "".join(f"{pair:02d}" for pair in data)


@given(CODES)
def test_what_is_read_back_is_the_sscc_with_its_application_identifier(code):
    assert decoded(sscc_modules(code)) == "00" + code


def test_every_symbol_is_eleven_modules_wide_and_no_two_are_alike():
    assert len(_WIDTHS) == len(set(_WIDTHS)) == 107
    assert all(sum(map(int, widths)) == 11 and len(widths) == 6 for widths in _WIDTHS[:-1])
    assert all(sum(map(int, widths[::2])) % 2 == 0 for widths in _WIDTHS[:-1])


def test_the_check_symbol_of_a_worked_example():
    # Start C 105, FNC1 102, then "00" and the pairs of the SSCC
    values = [102, 0, 10, 61, 41, 41, 19, 28, 37, 46, 57]
    expected = (105 + sum(place * value for place, value in enumerate(values, 1))) % 103
    assert sscc_symbols("106141411928374657") == [105, *values, expected, 106]


@pytest.mark.parametrize("code", ["", "1061414119283746", "106141411928374650", "10614141192837465X"])
def test_what_is_no_sscc_gets_no_barcode(code):
    with pytest.raises(ValueError, match="not an SSCC"):
        sscc_symbols(code)
