"""Properties of the reader on any text, exact numerals against a slow twin, and the reference texts."""

from __future__ import annotations

import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.figures import numerals, read
from bolanggu.engines.figures.view import view

WORDS = "全市实现出口进增长下降由从到的其中分别为和占比第一位年月日亿万元个百分点项家超近约余"
OFFICIAL = st.text(alphabet=st.sampled_from(WORDS + "、，。；“”（）：\n 　0123456789.%2024"), max_size=80)


@given(OFFICIAL)
def test_any_text_is_read_with_true_spans_in_order(text):
    reading = read(text)
    for found in (reading.figures, reading.commitments):
        for entry in found:
            assert 0 <= entry.start < entry.end <= len(text)
            assert text[entry.start : entry.end] == entry.text
        assert [(e.start, e.end) for e in found] == sorted((e.start, e.end) for e in found)


@given(st.text(max_size=200))
def test_the_view_keeps_every_character_in_place(text):
    seen = view(text)
    assert len(seen.offsets) == len(seen.text)
    assert list(seen.offsets) == sorted(seen.offsets)
    kept = [text[at] for at, char in zip(seen.offsets, seen.text, strict=True) if char not in "\n\x1f"]
    assert kept == [char for char in text if not char.isspace() and char not in "\ufeff\u200b\x1f"]


def spoken(number: int) -> str:
    """A whole number below 10⁸ in Chinese numerals, said digit by digit."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return spoken(high) + "万" + (("零" if low < 1000 else "") + spoken(low) if low else "")
    out, gap = "", False
    for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + mark
            gap = False
        else:
            gap = True
    return out or "零"


@given(st.integers(min_value=1, max_value=10**8 - 1))
def test_chinese_numerals_are_read_as_they_are_spoken(number):
    assert numerals.chinese(spoken(number)) == number


@given(st.integers(0, 10**7), st.integers(0, 999), st.sampled_from(["", "万", "亿", "万亿"]))
def test_values_are_the_nearest_numbers(whole, part, scale):
    value = numerals.plain(numerals.arabic(f"{whole}.{part:03}") * numerals.factor(scale))
    exact = (whole + Fraction(part, 1000)) * numerals.factor(scale)
    assert value == (int(exact) if exact.denominator == 1 else float(exact))


def test_no_distractor_of_the_reference_texts_is_reported(shared):
    for file in sorted((shared / "measure" / "texts").glob("*.txt")):
        text = file.read_bytes().decode()
        gold = json.loads((shared / "measure" / "gold" / f"figures_{file.stem}.json").read_text("utf-8"))
        wanted = [row for row in gold if not row.get("not_figure") and not row.get("optional")]
        figures = read(text).figures
        for row in gold:
            over = [f for f in figures if f.start < row["end"] and f.end > row["start"]]
            if row.get("not_figure"):
                assert over == []
            elif row in wanted:
                assert over, row["text"]
