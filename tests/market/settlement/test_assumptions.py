"""Local charges follow from named assumptions and the terms."""

from __future__ import annotations

from datetime import date

import pytest

from bolanggu.market.settlement import assumptions, rates
from bolanggu.values.fault import Fault
from bolanggu.values.money import Money

PAYEES = {"carrier": "C1", "forwarder": "W1", "broker": "K1"}


def charges(**other):
    facts = {"prefix": "T", "boxes": [], "wm_milli": 0, "bills": 1, "declarations": 1, "incoterm": "FOB", "payers": {}}
    return assumptions.local_charges(**(facts | other), payees=PAYEES)


def test_a_full_container_and_groupage_bear_different_charges():
    full = {c.kind: c.minor for c in charges(boxes=["40HC", "20GP"])}
    shared = {c.kind: c.minor for c in charges(wm_milli=2500)}
    assert full["terminal_handling"] == (1180 + 780) * 100
    assert "groupage" not in full
    assert shared["groupage"] == 300_00
    assert "shunting" not in shared


def test_terms_say_who_pays_and_the_incoterm_where_they_do_not():
    assert {c.payer for c in charges(incoterm="EXW")} == {"buyer"}
    assert {c.payer for c in charges(incoterm="FOB")} == {"agent"}
    assert {c.kind: c.payer for c in charges(payers={"declaring": "merchant"})}["declaring"] == "merchant"


def test_an_unknown_container_is_named():
    with pytest.raises(Fault, match="53HC; known are 20GP"):
        charges(boxes=["53HC"])


def test_every_pair_goes_through_the_yuan_and_says_its_date_and_source():
    day = rates.on(date(2025, 3, 3))
    rate = day.between("GBP", "USD")
    assert rate.convert(Money("GBP", 10_000)).minor == 12627  # 9.0765 / 7.1884
    assert rate.date == "2024-12-31"
    assert "CFETS" in rate.source
    assert day.between("JPY", "CNY").convert(Money("JPY", 10_000)).minor == 46233
    assert day.between("AED", "USD").convert(Money("AED", 36725)).minor == 10000


def test_a_day_takes_the_newest_rates_not_after_it():
    assert rates.on(date(2024, 12, 30)).between("USD", "CNY").date == "2023-12-29"
    assert rates.on(date(2024, 12, 31)).between("USD", "CNY").date == "2024-12-31"
