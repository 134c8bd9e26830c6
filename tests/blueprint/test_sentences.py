"""The sentence around a span, whatever the columns did to the lines."""

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.blueprint.sentences import bounds, mended, quote


def test_a_sentence_ends_at_its_mark():
    text = "前一句。出口5亿元，增长两成。后一句。"
    at = text.index("5亿元")
    assert text[slice(*bounds(text, at, at + 3))] == "出口5亿元，增长两成。"


def test_a_blank_line_ends_a_heading():
    text = "标题一\n\n出口5亿元\n\n标题二"
    at = text.index("5亿元")
    assert text[slice(*bounds(text, at, at + 3))].strip() == "出口5亿元"


def test_a_span_with_a_mark_inside_stays_whole():
    text = "他说：“好！再来。”完"
    first, last = bounds(text, 3, 9)
    assert first <= 3
    assert last >= 9


def test_broken_columns_are_mended():
    assert quote("世界小商\n品之都有12\n0家。", 9, 14).words == "120家"
    assert mended("三大\n新赛道") == "三大新赛道"


@given(st.text("甲。；\n \n1a", min_size=1, max_size=40), st.data())
def test_the_sentence_holds_the_span(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = bounds(text, start, end)
    assert first <= start < end <= last
