"""Policies: verdicts, decisive reasons, exact numbers, and bad input."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from bolanggu.engines.rules.exact import read_json, read_yaml
from bolanggu.engines.rules.facts import RuleFault
from bolanggu.engines.rules.policies import Eligibility, evaluate, read_entities, read_policies

FACTS = {
    "revenue": {"type": "number"},
    "sales": {"type": "number"},
    "since": {"type": "date"},
    "open": {"type": "bool"},
    "kind": {"type": "text"},
}


def document(eligibility, facts=FACTS, **more):
    row = {"id": "P", "version": 1, "valid_from": "2026-01-01", "valid_to": "2026-12-31", "delivery": "quick"}
    return {"format": "bolanggu-policies/1", "facts": facts, "policies": [row | {"eligibility": eligibility} | more]}


def answer(eligibility, facts, as_of="2026-05-31", **more) -> Eligibility:
    policies = read_policies(document(eligibility, **more))
    entity = read_entities({"entities": [{"id": "E", "as_of": as_of, "facts": facts}]}, policies.types)[0]
    return evaluate(policies.policies[0], entity)


def test_the_worked_cases_get_their_verdict_and_reasons(shared):
    folder = shared / "governance"
    policies = read_policies(read_yaml((folder / "policies_example.yaml").read_text(encoding="utf-8")))
    cases = read_json((folder / "policies_dev.json").read_text(encoding="utf-8"))["cases"]
    for case in cases:
        entity = read_entities({"entities": [case["entity"]]}, policies.types)[0]
        policy = next(policy for policy in policies.policies if policy.id == case["policy"])
        found = evaluate(policy, entity)
        expected = {(reason["condition"], reason["status"]) for reason in case["reasons"]}
        assert (found.verdict, set(found.reasons)) == (case["verdict"], expected), case["why"]


@pytest.mark.parametrize(("sales", "revenue", "verdict"), [(3, 10, "eligible"), (299, 1000, "ineligible")])
def test_a_ratio_that_equals_the_threshold_reaches_it(sales, revenue, verdict):
    leaf = {"id": "share", "ratio": ["sales", "revenue"], "op": "ge", "value": Decimal("0.3")}
    assert answer(leaf, {"sales": sales, "revenue": revenue}).verdict == verdict


def test_a_threshold_of_thirty_digits_is_not_rounded():
    text = "0.300000000000000000000000000001"
    leaf = read_yaml(f"{{id: share, fact: sales, op: ge, value: {text}}}")
    assert answer(leaf, {"sales": read_json("0.3")}).verdict == "ineligible"
    assert answer(leaf, {"sales": read_json(text)}).verdict == "eligible"


@pytest.mark.parametrize(
    ("since", "as_of", "months"),
    [
        ("2026-01-31", "2026-02-28", 0),
        ("2024-02-29", "2026-02-28", 23),
        ("2024-03-01", "2026-05-31", 26),
        ("2026-06-01", "2026-05-31", -1),
        ("2026-05-31", "2026-05-31", 0),
    ],
)
def test_months_are_full_months_without_a_month_end_rule(since, as_of, months):
    leaf = {"id": "age", "months_since": "since", "op": "eq", "value": months}
    assert answer(leaf, {"since": since}, as_of).verdict == "eligible"


def test_both_ends_of_validity_are_inside():
    leaf = {"id": "k", "fact": "kind", "op": "known"}
    verdicts = [
        answer(leaf, {"kind": "x"}, day).verdict for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    ]
    assert verdicts == ["ineligible", "eligible", "eligible", "ineligible"]
    assert answer(leaf, {}, "2027-01-01").reasons == (("validity", "failed"),)


def test_known_is_never_unknown_and_reads_ratios():
    leaf = {"id": "k", "ratio": ["sales", "revenue"], "op": "known"}
    assert answer(leaf, {"sales": 1, "revenue": 0}).reasons == (("k", "failed"),)


def test_not_keeps_the_status_of_its_leaf():
    found = answer({"not": {"id": "k", "fact": "kind", "op": "in", "value": ["a"]}}, {"kind": "b"})
    assert (found.verdict, found.reasons) == ("eligible", (("k", "failed"),))


def test_the_entity_s_own_day_wins_over_the_document_s():
    policies = read_policies(document({"id": "d", "fact": "since", "op": "eq", "value": "@as_of"}))
    rows = [{"id": "A", "facts": {"since": "2026-02-02"}}, {"id": "B", "as_of": "2026-03-03", "facts": {}}]
    first, second = read_entities({"as_of": "2026-02-02", "entities": rows}, policies.types)
    assert (first.as_of, second.as_of) == (date(2026, 2, 2), date(2026, 3, 3))
    assert evaluate(policies.policies[0], first).verdict == "eligible"


@pytest.mark.parametrize(
    ("leaf", "word"),
    [
        ({"id": "x", "fact": "nobody", "op": "eq", "value": 1}, "nobody"),
        ({"id": "x", "fact": "revenue", "op": "gte", "value": 1}, "gte"),
        ({"id": "x", "fact": "revenue", "op": "eq", "value": "1"}, "not a number"),
        ({"id": "x", "fact": "revenue", "op": "eq", "value": True}, "not a number"),
        ({"id": "x", "fact": "open", "op": "eq", "value": 1}, "true or false"),
        ({"id": "x", "fact": "kind", "op": "lt", "value": "a"}, "compares numbers"),
        ({"id": "x", "months_since": "revenue", "op": "ge", "value": 1}, "not a date"),
        ({"id": "x", "ratio": ["sales"], "op": "ge", "value": 1}, "two facts"),
        ({"id": "x", "fact": "revenue", "op": "between", "value": [1]}, "two ends"),
        ({"id": "x", "fact": "since", "op": "eq", "value": "2026-02-30"}, "not a date"),
        ({"id": "x", "fact": "revenue", "sum": ["sales"], "op": "eq", "value": 1}, "exactly one"),
        ({"all": [], "any": []}, "stands alone"),
        ({"at_least": {"n": "2", "of": []}}, "whole number"),
        ({"all": [{"id": "x", "fact": "kind", "op": "known"}] * 2}, "twice"),
        ({"id": "x", "fact": "revenue", "op": "eq"}, "needs a value"),
        ("yes", "not a condition"),
    ],
)
def test_a_condition_that_cannot_be_read_names_its_place(leaf, word):
    with pytest.raises(RuleFault, match=word) as caught:
        read_policies(document(leaf))
    assert caught.value.place.startswith("policies[0] (P).eligibility")


@pytest.mark.parametrize(
    "facts", [{"revenue": "5"}, {"revenue": True}, {"other": 1}, {"open": 0}, {"since": "31.05.2026"}, {"kind": 5}]
)
def test_a_fact_of_the_wrong_type_is_refused(facts):
    with pytest.raises(RuleFault, match=r"entities\[0\] \(E\)\.facts"):
        answer({"id": "k", "fact": "kind", "op": "known"}, facts)


def test_nan_and_infinity_are_no_numbers():
    for text in ("NaN", "Infinity", "1e999999"):
        with pytest.raises(RuleFault):
            answer({"id": "k", "fact": "sales", "op": "ge", "value": 0}, {"sales": read_json(text)})
    for text in (".nan", ".inf", "1:30.5"):
        with pytest.raises(RuleFault):
            read_yaml(f"value: {text}")


def test_json_and_yaml_give_the_same_policies():
    tree = {
        "any": [
            {"id": "a", "fact": "sales", "op": "ge", "value": 0.2},
            {"id": "b", "fact": "open", "op": "eq", "value": True},
        ]
    }
    text = json.dumps(document(tree))
    assert read_policies(read_yaml(text)) == read_policies(read_json(text))
