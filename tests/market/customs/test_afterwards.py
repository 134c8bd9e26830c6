"""Rules beside and after the declaration: each with a case that passes, one that fails, and one that asks."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from bolanggu.market.customs.afterwards import book, judge
from bolanggu.market.customs.checking import book_of
from bolanggu.market.customs.filings import approved_clusters, cluster_facts

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
    "liability": {"operator_uscc": "91330782MA00000017", "deeds_signed": True, "trail_complete": True},
    "cluster": {"kind": "mall", "published": True, "listed": True, "approved": date(2013, 12, 31)},
    "currency": {"currency": "USD", "currencies": ("CNY", "USD")},
    "steps": {"skipped": Fraction(0), "backwards": Fraction(0)},
    "items": {
        "simplified": True,
        "out_of_place": Fraction(0),
        "not_under_highest": Fraction(0),
        "sums_differ": Fraction(0),
        "merged_alone": Fraction(0),
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
    ("MP-008", "liability", {"trail_complete": False}, DAY),
    ("MP-011", "items", {"out_of_place": Fraction(1)}, DAY),
    ("MP-012", "items", {"not_under_highest": Fraction(1)}, DAY),
    ("MP-012", "items", {"sums_differ": Fraction(1)}, DAY),
    ("MP-013", "items", {"merged_alone": Fraction(1)}, DAY),
    ("MP-017", "cluster", {"kind": "warehouse"}, DAY),
    ("MP-017", "cluster", {"published": False}, DAY),
    ("MP-019", "cluster", {"listed": False}, DAY),
    ("MP-019", "cluster", {"approved": date(2026, 12, 31)}, DAY),
    ("MP-029", "currency", {"currency": "XAU"}, DAY),
    ("MP-031", "steps", {"skipped": Fraction(1)}, DAY),
    ("MP-031", "steps", {"backwards": Fraction(1)}, DAY),
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


def test_every_rule_of_the_reference_is_in_a_book_with_a_passing_and_a_failing_case(shared):
    """MP-010's twin MP-011 to MP-013 are recomputed; every other rule is a predicate in one of the two books."""
    from tests.market.customs.test_checking import BAD

    named = {rule["id"] for rule in json.loads((shared / "customs" / "rules-1039.json").read_text())["rules"]}
    failing = {rule for rule, *_ in BROKEN} | {rule for rule, *_ in BAD}
    assert len(named) == 36
    assert named <= failing
    assert named <= {rule.id for rule in (*book().rules, *book_of("1039").rules)}


def test_every_rule_names_its_source_article_and_how_far_it_was_read():
    for rule in (*book().rules, *book_of("1039").rules, *book_of("0110").rules):
        assert rule.source
        assert rule.article
        assert rule.status in {"verified", "partly", "recalled", "own", "assumed"}


def test_pilot_markets_count_thirty_one_before_2022_and_thirty_nine_after(shared):
    named = json.loads((shared / "customs" / "mp-markets.json").read_text())
    assert {name for names in named.values() for name in names} == set(approved_clusters())
    yiwu = cluster_facts("浙江义乌国际小商品城", "mall", published=True)
    assert judge("cluster", yiwu, DAY, "x") == []
    other = cluster_facts("some market", "mall", published=True)
    assert [found.rule.id for found in judge("cluster", other, DAY, "x")] == ["MP-019"]
    assert {found.effect for found in judge("cluster", cluster_facts(None, None, published=None), DAY, "x")} == {
        "evidence"
    }
