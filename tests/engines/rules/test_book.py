"""Rule books: dated parameters, provenance, traced findings."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bolanggu.engines.rules.book import read_book
from bolanggu.engines.rules.facts import RuleFault
from bolanggu.engines.rules.parameters import NoValueOnDay, read_parameters

OLD = {"valid_from": "2014-11-01", "valid_to": "2019-12-31", "value": 10, "source": "text A", "article": "2"}
NEW = {"valid_from": "2020-01-01", "value": 5, "source": "text B", "article": "3"}
RULE = {
    "id": "K",
    "scope": "list",
    "title": {"en": "kinds"},
    "requires": {"id": "kinds", "fact": "kinds", "op": "ge", "value": "@param:least"},
    "effect": "refused",
    "if_unknown": "evidence",
    "message": "{kinds} kinds, {least} needed",
    "source": "text B",
    "article": "3",
    "status": "verified",
}


def book(*rules, values=(OLD, NEW)):
    document = {
        "format": "bolanggu-rules/1",
        "parameters": {"least": {"type": "number", "values": list(values)}},
        "facts": {"list": {"kinds": "number", "name": "text"}},
        "rules": list(rules or (RULE,)),
    }
    return read_book(document)


def test_a_rule_is_judged_by_the_parameter_of_its_day():
    facts = {"kinds": Fraction(7)}
    assert book().judge("list", facts, date(2019, 12, 31), "x")[0].message == "7 kinds, 10 needed"
    assert book().judge("list", facts, date(2020, 1, 1), "x") == []


def test_a_finding_names_parameter_date_source_and_what_would_pass():
    finding = book().judge("list", {"kinds": Fraction(3)}, date(2026, 1, 1), "x")[0]
    assert finding.would_pass == ("kinds at least 5",)
    used = finding.parameters[0].as_dict()
    assert (used["valid_from"], used["source"], used["article"]) == ("2020-01-01", "text B", "3")
    assert finding.as_dict()["conditions"][0]["found"] == "3"


def test_an_unknown_fact_asks_for_evidence_and_refuses_nothing():
    finding = book().judge("list", {}, date(2026, 1, 1), "x")[0]
    assert (finding.effect, finding.would_pass) == ("evidence", ("evidence for kinds at least 5",))


def test_a_day_before_the_first_value_is_unknown_not_a_pass():
    assert book().judge("list", {"kinds": Fraction(9)}, date(2013, 1, 1), "x")[0].effect == "evidence"
    assert book().value("least", date(2013, 1, 1)) is None
    with pytest.raises(NoValueOnDay, match="2013-01-01"):
        book().parameters.at("least", date(2013, 1, 1))


def test_a_figure_without_source_or_with_two_values_on_a_day_is_refused():
    with pytest.raises(RuleFault, match="source is missing"):
        read_parameters({"x": {"values": [NEW | {"source": ""}]}})
    with pytest.raises(RuleFault, match="two values on 2020-01-01"):
        read_parameters({"x": {"values": [OLD | {"valid_to": None}, NEW]}})


@pytest.mark.parametrize(
    "fault",
    [
        {"source": ""},
        {"scope": "nowhere"},
        {"requires": {"id": "k", "fact": "kinds", "op": "ge", "value": "@param:nobody"}},
        {"requires": {"id": "k", "fact": "name", "op": "eq", "value": "@param:least"}},
    ],
)
def test_a_rule_that_cannot_be_traced_or_typed_is_refused(fault):
    with pytest.raises(RuleFault):
        book(RULE | fault)


def test_a_rule_out_of_force_is_not_asked():
    assert book(RULE | {"valid_to": "2019-12-31"}).judge("list", {"kinds": Fraction(1)}, date(2026, 1, 1), "x") == []
