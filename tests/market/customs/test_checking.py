"""The check of a declaration: every finding with a case that passes and one that fails."""

from __future__ import annotations

import json

import pytest
from tests.market.customs.documents import changed, document, line, uscc

from bolanggu.engines.rules.exact import read_json
from bolanggu.lexicon.hs_terms.nomenclature import subheadings
from bolanggu.market.customs.checking import check
from bolanggu.market.customs.reading import read_consignment
from bolanggu.values.fault import Fault

ENTRY = {"hs": "9615", "from": "2026-05-31", "to": "2026-05-31"}
PAST = {
    "id": "D0",
    "at": "2026-05-28T10:00:00+08:00",
    "operator_uscc": uscc(),
    "buyer_id_no": "P1",
    "destination": "ESP",
    "bl_no": "other",
    "vessel": "V1",
    "container": "other",
    "trade_ref": "T0",
    "value_usd": "140000.00",
}
LARGE = document(line(1, amount="130000.00"))
FIVE = document(
    *(line(i, hs) for i, hs in enumerate(["9615110000", "4202220000", "3924900000", "6402200000", "7117190000"]))
)


def answer(doc):
    return check(read_consignment(read_json(json.dumps(doc)), "d.json"), subheadings())


def rules(doc):
    return {finding.rule.id for finding in answer(doc).findings}


def test_a_sound_declaration_is_ok():
    found = answer(document())
    assert (found.verdict, found.findings) == ("ok", ())


BAD = [
    ("MP-001", "refused", document(), "declaration.trade_mode", "0110"),
    ("MP-001", "refused", document(), "lines.1.supplier.cluster", "HN"),
    ("MP-002", "refused", document(), "lines.0.amount", "149000.01"),
    ("MP-003", "refused", document(), "lists.prohibited", [ENTRY]),
    ("MP-003", "refused", document(), "lists.restricted", [ENTRY | {"hs": "9615110000", "to": None}]),
    ("MP-004", "refused", document(), "lines.0.recognition.status", "PENDING"),
    ("MP-004", "refused", document(), "lines.0.recognition.qty_left", "99.999"),
    ("MP-004", "refused", document(), "lines.0.recognition", None),
    ("MP-005", "refused", document(), "lists.negative", [ENTRY]),
    ("MP-007", "refused", document(), "operator.mp_filing.to", "2026-05-30"),
    ("MP-007", "refused", document(), "operator.customs_filing.from", "2026-06-01"),
    ("MP-007", "refused", document(), "operator.customs_filing", None),
    ("MP-007", "refused", document(), "operator.mp_filing.no", ...),
    ("MP-009", "refused", document(), "lines.0.recognition.synced_at", "2026-05-31T02:00:01Z"),
    ("MP-009", "refused", document(), "lines.0.recognition.synced_at", None),
    ("MP-010", "refused", document(), "declaration.simplified", True),
    ("MP-014", "refused", document(), "declaration.custom_master", "3104"),
    ("MP-015", "refused", document(), "lists.ciq", [ENTRY]),
    ("MP-016", "refused", document(), "declaration.consignor_uscc", uscc("91330782MA2800002")),
    ("MP-016", "refused", document(), "buyer", None),
    ("MP-016", "refused", document(), "buyer.name", " "),
    ("MP-016", "refused", document(), "buyer.nationality", ...),
    ("MP-016", "refused", document(), "buyer.id_no", ""),
    ("MP-016", "refused", document(), "buyer.verified", False),
    ("MP-018", "refused", document(), "cluster.effective_from", "2026-06-01"),
    ("MP-021", "review", document(), "lines.0.supplier.agreement", None),
    ("MP-021", "review", document(), "lines.0.supplier.agreement.signed_at", "2026-06-01"),
    ("MP-030", "refused", document(), "lines.0.category", "cosmetics"),
    ("MP-034", "refused", document(), "lines.0.hs10", "9615120000"),
    ("MP-034", "refused", document(), "lines.0.hs10", "961511"),
    ("FLD-WEIGHT", "refused", document(), "declaration.gross_kg", "19.99"),
    ("FLD-WEIGHT", "refused", document(), "lines.0.net_kg", "0"),
    ("FLD-USCC", "refused", document(), "operator.uscc", uscc()[:-1] + "%"),
    ("RK-01", "review", LARGE, "history", [PAST]),
    ("RK-01", "review", LARGE, "history", [PAST | {"at": "2026-06-03T02:00:00Z", "value_usd": "120000"}]),
    ("RK-09", "review", document(), "history", [PAST | {"trade_ref": "T1", "operator_uscc": "x"}]),
    ("RK-13", "review", changed(document(), "lists.brand_words", ["Nike"]), "lines.0.name_en", "NIKE comb"),
    ("RK-13", "review", changed(document(), "lists.brand_words", ["耐克"]), "lines.0.name_zh", "耐克梳子"),
    ("RK-13", "review", changed(document(), "lists.brand_words", ["nike"]), "lines.0.name_zh", "Ｎike梳子"),
    ("RK-15", "review", document(), "lists.denied_parties", [{"name": "AL HASSAN, OMAR"}]),
]


@pytest.mark.parametrize(("rule", "verdict", "base", "path", "value"), BAD)
def test_a_broken_rule_is_found_alone_with_its_verdict(rule, verdict, base, path, value):
    assert answer(base).verdict == "ok"
    found = answer(changed(base, path, value))
    side = {"MP-016"} if rule == "FLD-USCC" else set()
    assert {finding.rule.id for finding in found.findings} - side == {rule}
    assert found.verdict == verdict
    for finding in found.findings:
        assert finding.message
        assert finding.as_dict()["source"]["text"]
        assert finding.would_pass


GOOD = [
    (document(line(1, amount="150000.00")), "declaration.id", "D2"),
    (document(), "lists.prohibited", [ENTRY | {"from": "2026-06-01", "to": None}]),
    (document(), "lists.prohibited", [ENTRY | {"from": "2020-01-01", "to": "2026-05-30"}]),
    (document(), "lists.negative", [ENTRY | {"hs": "961590"}]),
    (document(), "declaration.declared_at", "2026-05-31T23:59:59-11:00"),
    (document(), "lines.0.recognition.synced_at", "2026-05-31T02:00:00Z"),
    (FIVE, "declaration.simplified", True),
    (
        changed(document(), "lists.ciq", [ENTRY]),
        "lines.0.ciq_application",
        {"no": "Q", "accepted_at": "2026-05-31T02:00:00Z"},
    ),
    (changed(document(), "cluster.pilot_food_cosmetics", True), "lines.0.category", "prepackaged_food"),
    (document(), "declaration.gross_kg", "20"),
    (document(), "lines.0.supplier.agreement.signed_at", "2026-05-31"),
    (LARGE, "history", [PAST | {"at": "2026-05-28T09:59:59+08:00"}]),
    (LARGE, "history", [PAST | {"value_usd": "119999.99"}]),
    (LARGE, "history", [PAST | {"destination": "FRA"}]),
    (LARGE, "history", [PAST | {"vessel": "V2"}]),
    (LARGE, "history", [PAST | {"buyer_id_no": "P2"}]),
    (document(line(1, amount="119999.99")), "history", [PAST]),
    (document(line(1, amount="149999.99")), "declaration.id", "just under the cap is no finding"),
    (changed(document(), "lists.brand_words", ["Nike"]), "lines.0.name_en", "nikel comb"),
    (changed(document(line(1, brand_type=1)), "lists.brand_words", ["Nike"]), "lines.0.name_en", "Nike comb"),
    (document(), "lists.denied_parties", [{"name": "Omar Hassan"}]),
]


@pytest.mark.parametrize(("base", "path", "value"), GOOD)
def test_what_keeps_to_the_edge_of_a_rule_passes(base, path, value):
    found = answer(changed(base, path, value))
    assert [finding.as_dict() for finding in found.findings] == []


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("lines", [], "lines"),
        ("lines", ..., "lines"),
        ("lines.1.amount", "0", "lines[1].amount"),
        ("lines.1.qty", "-1", "lines[1].qty"),
        ("lines.0.amount", "1,000.00", "lines[0].amount"),
        ("lines.0.currency", "GBP", "lines[0].currency"),
        ("lines.0.currency", None, "lines[0].currency"),
        ("lines.0.hs10", None, "lines[0].hs10"),
        ("declaration.declared_at", "2026-05-31T10:00:00", "declaration.declared_at"),
        ("declaration.declared_at", ..., "declaration.declared_at"),
        ("fx.per_usd.CNY", "0", "fx.per_usd.CNY"),
        ("format", "bolanggu-1039/2", "format"),
        ("history", [{"id": "x"}], "history[0].at"),
        ("lists.ciq", [{"from": "2026-01-01"}], "lists.ciq[0].hs"),
    ],
)
def test_bad_input_names_its_field(path, value, field):
    with pytest.raises(Fault) as caught:
        answer(changed(document(), path, value))
    assert caught.value.column == field


def test_value_is_rounded_a_line_half_up_and_then_summed():
    doc = document(*(line(i, amount="0.0355", currency="CNY") for i in range(1, 4)))
    found = answer(doc)
    assert found.items[0].value_cents == 3
    assert answer(document(line(1, amount="0.03550", currency="CNY"))).items[0].value_cents == 1


def test_simplified_items_keep_duty_and_inspection_goods_alone_and_merge_the_rest():
    codes = [
        "9615110000",
        "9615190000",
        "9615900000",
        "4202220000",
        "4202920000",
        "3924900000",
        "3924100000",
        "3926909090",
    ]
    values = ["90", "80", "70", "60", "50", "10.10", "10.10", "1"]
    doc = document(*(line(i, hs, amount=value) for i, (hs, value) in enumerate(zip(codes, values, strict=True), 1)))
    doc["declaration"]["simplified"] = True
    doc["lists"]["export_duty"] = [{"hs": "392410", "from": "2020-01-01", "to": None, "rate": "0.1"}]
    items = [(item.hs, item.value_cents, item.kinds) for item in answer(doc).items]
    assert items[:5] == [(hs, int(value) * 100, 1) for hs, value in zip(codes[:5], values[:5], strict=True)]
    assert items[5:] == [("3924100000", 1010, 1), ("3924900000", 1110, 2)]
    doc["lists"]["export_duty"][0]["rate"] = "0"
    assert [(item.hs, item.kinds) for item in answer(doc).items][5:] == [("3924100000", 3)]


def test_the_ten_kinds_of_2014_were_asked_on_the_day_then():
    doc = changed(changed(FIVE, "declaration.simplified", True), "declaration.declared_at", "2019-06-01T10:00:00+08:00")
    assert "MP-010" in rules(doc)
