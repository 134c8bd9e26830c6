"""What a text would change: known names keep their indicator, units are not mixed, precision is what was printed."""

from decimal import Decimal

import pytest

from bolanggu.blueprint.differences import Standing, lines, precision
from bolanggu.engines.figures import read

EXPORT = {("出口", "", "元"): "EXPORT", ("出口", "growth", "%"): "EXPORT_GROWTH"}


def changes(text, **known):
    standing = Standing(**({"indicators": EXPORT, "values": {}, "labels": {}} | known))
    return lines(read(text), standing, "report", "2026-01-01")


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("2025年出口2693.3亿元。", "10000000"),
        ("2025年出口1261亿元。", "100000000"),
        ("2025年出口增长7.70%。", "0.01"),
        ("2025年企业2,357家。", "1"),
    ],
)
def test_precision_is_the_worth_of_the_last_digit(text, worth):
    assert precision(read(text).figures[0]) == Decimal(worth)


def test_a_known_name_goes_to_its_indicator():
    assert [line.code for line in changes("2025年出口3001亿元、增长24.6%。")] == ["EXPORT", "EXPORT_GROWTH"]


def test_another_unit_is_another_indicator():
    new = changes("2025年出口300万吨。")
    assert (new[0].thing, new[0].after["unit"]) == ("indicator", "吨")
    assert new[0].code != "EXPORT"


def test_an_unknown_name_is_proposed_once_for_all_its_values():
    new = changes("2024年粮食总产量5.2万吨。2025年粮食总产量5.3万吨。")
    assert [line.thing for line in new].count("indicator") == 1
    assert [line.thing for line in new].count("observation") == 2


def test_a_box_is_known_by_its_words_and_kind():
    labels = {"scene": {"hub": "贸易枢纽"}, "principle": {"digital": "数字化"}}
    (line,) = changes("以数字化为牵引，塑造小商品贸易枢纽新场景。", labels=labels)
    assert (line.act, line.code) == ("mention", "hub")


def test_a_place_that_the_document_gave_already_is_passed_over():
    text = "以数字化为牵引，塑造小商品贸易枢纽新场景。"
    assert changes(text, spans=[(0, 20, "hub")]) == []


def test_a_target_without_a_number_says_so():
    (line,) = [one for one in changes("到2035年，建成人人向往的幸福之城。") if one.thing == "target"]
    assert line.after["value"] is None
    assert line.note == "no number: not assessable"


def test_what_is_to_be_is_no_observation():
    new = changes("2025年出口3001亿元。到2030年，出口达到9000亿元以上。")
    assert [line.after["value"] for line in new if line.thing == "observation"] == ["300100000000"]
    assert [line.after["value"] for line in new if line.thing == "target"] == ["900000000000"]
