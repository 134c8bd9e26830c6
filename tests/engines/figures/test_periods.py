"""Periods: only what the text settles; all figures are synthetic."""

from __future__ import annotations

from datetime import date

import pytest

from bolanggu.engines.figures.meetings import year_after
from bolanggu.engines.figures.reading import read_figures


def periods(text: str, published: date | None = None) -> list[str | None]:
    return [figure.period for figure in read_figures(text, published)]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2024年", "2024"),
        ("2024年上半年", "2024-H1"),
        ("2026年一季度", "2026-Q1"),
        ("2024年前三季度", "2024-Q1/Q3"),
        ("2024年1—8月", "2024-01/2024-08"),
        ("2024年9月", "2024-09"),
        ("2025年12月31日", "2025-12-31"),
        ("2016—2024年", "2016/2024"),
        ("二零二四年", "2024"),
        ("“十三五”期间", "2016/2020"),
        ("截至2024年末", "2024"),
        ("自2016年以来", "2016/"),
    ],
)
def test_written_periods(words, period):
    assert periods(f"{words}，全市出口500亿元。") == [period]


def test_a_half_dated_period_takes_the_year_only_if_the_text_has_one():
    assert periods("今年一季度，全市出口500亿元。") == [None]
    assert periods("2026年工作会议召开。今年一季度，全市出口500亿元。") == ["2026-Q1"]
    assert periods("今年一季度，全市出口500亿元。", date(2026, 5, 15)) == ["2026-Q1"]
    assert periods("去年，全市出口500亿元。", date(2026, 5, 15)) == ["2025"]


def test_a_bulletin_dates_all_its_figures():
    text = "2024年云岭市国民经济和社会发展统计公报\n\n一、综合\n\n全市出口500亿元。\n\n二、人口\n\n年末常住人口90万人。"
    assert periods(text) == ["2024", "2024"]


def test_the_year_compared_with_is_not_the_period():
    assert periods("2024年，全市出口500亿元，比2020年增长80%，是2010年的5倍。") == ["2024"] * 3


def test_the_past_of_a_story_does_not_date_the_present():
    assert periods("2008年，市场开业。如今，全市经营主体超100万户。") == [None]


def test_a_headline_takes_the_date_of_its_news():
    text = "2026博览会收官\n\n企业揽获订单超500万元\n\n本报讯 5月14日，为期三天的博览会收官，成交252笔。"
    assert periods(text) == ["2026-05-14", "2026-05-14"]


def test_a_named_meeting_settles_the_year_of_a_date():
    assert year_after("学习党的二十届四中全会精神", 11, 1) == 2025
    assert year_after("学习党的二十届四中全会精神", 3, 1) == 2026
    assert year_after("学习有关精神", 3, 1) is None


def test_qualifiers_say_how_a_value_is_meant():
    first, second, third = read_figures("全市累计培育企业超500家，同比增长10%左右，年均投入不足3亿元。")
    assert first.qualifier is not None
    assert set(first.qualifier.split(";")) == {"超", "累计"}
    assert set((second.qualifier or "").split(";")) == {"左右", "同比"}
    assert "不足" in (third.qualifier or "")
    assert (first.bound, second.bound, third.bound) == ("lower", "approx", "upper")
