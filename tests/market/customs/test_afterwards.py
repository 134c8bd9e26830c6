"""Rules beside and after the declaration: each with a case that passes, one that fails, and one that asks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bolanggu.market.customs.afterwards import book, judge

DAY = date(2026, 5, 31)
SOUND = {
    "purchase": {
        "supplier_in_cluster": True,
        "settled_in_cash": False,
        "trade_mode": "1039",
        "ecommerce_modes": Fraction(0),
        "tourism_mode": False,
    },
    "return": {
        "months_after_export": Fraction(1),
        "vat_output": Fraction(0),
        "vat_refund": Fraction(0),
        "value_usd_within_cap": True,
        "recognised": True,
        "entered_before_declaring": True,
    },
    "receipt": {
        "received_usd": Fraction(105),
        "allowed_usd": Fraction(105),
        "payee_individual": True,
        "payee_account": "FX_SETTLEMENT",
        "trade_ref": "T1",
        "payee_allowed": True,
        "payee_filed": True,
        "record_used_before": False,
    },
    "filling": {
        "items": Fraction(50),
        "bills_of_lading": Fraction(1),
        "trade_modes": Fraction(1),
        "weight_decimals": Fraction(2),
    },
}
BROKEN = [
    ("MP-006", "purchase", {"settled_in_cash": True}, date(2019, 12, 31)),
    ("MP-035", "purchase", {"ecommerce_modes": Fraction(2)}, DAY),
    ("MP-036", "purchase", {"tourism_mode": True}, DAY),
    ("MP-020", "return", {"vat_refund": Fraction(1, 100)}, DAY),
    ("MP-022", "return", {"entered_before_declaring": False}, DAY),
    ("MP-023", "return", {"months_after_export": Fraction(2)}, DAY),
    ("MP-024", "return", {"value_usd_within_cap": False}, DAY),
    ("MP-025", "receipt", {"payee_account": "SAVINGS"}, DAY),
    ("MP-026", "receipt", {"payee_filed": False}, DAY),
    ("MP-027", "receipt", {"received_usd": Fraction("105.01")}, DAY),
    ("MP-027", "receipt", {"record_used_before": True}, DAY),
    ("MP-028", "receipt", {"payee_allowed": False}, DAY),
    ("MP-032", "filling", {"weight_decimals": Fraction(3)}, DAY),
    ("MP-033", "filling", {"items": Fraction(51)}, DAY),
]


@pytest.mark.parametrize(("rule", "scope", "change", "day"), BROKEN)
def test_a_rule_fails_alone_passes_at_its_edge_and_asks_when_unknown(rule, scope, change, day):
    assert judge(scope, SOUND[scope], day, "x") == []
    assert [finding.rule.id for finding in judge(scope, SOUND[scope] | change, day, "x")] == [rule]
    unknown = judge(scope, SOUND[scope] | dict.fromkeys(change), day, "x")
    assert [(finding.rule.id, finding.effect) for finding in unknown] == [(rule, "evidence")]


def test_every_rule_has_a_broken_case():
    assert {rule.id for rule in book().rules} == {rule for rule, *_ in BROKEN}


def test_cash_was_barred_only_under_the_text_of_2014():
    assert judge("purchase", SOUND["purchase"] | {"settled_in_cash": True}, date(2020, 1, 1), "x") == []
