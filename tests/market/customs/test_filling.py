"""The draft declaration, field by field: what passes, what each field refuses, what belongs together."""

from __future__ import annotations

import copy
import json
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.customs.documents import document, line, uscc

from bolanggu.engines.rules.exact import read_json
from bolanggu.lexicon.hs_terms.nomenclature import subheadings
from bolanggu.market.customs.checking import check
from bolanggu.market.customs.code_lists import LEGAL_UNITS, code_list
from bolanggu.market.customs.draft_declaration import Box, Particulars, decimal, draft_declaration
from bolanggu.market.customs.filling import check_filling
from bolanggu.market.customs.filling_spec import PARTS, spec
from bolanggu.market.customs.reading import read_consignment
from bolanggu.market.customs.reading_draft import read_draft, read_particulars
from bolanggu.values.fault import Fault

MORE = Particulars(
    destination_port="ESBCN",
    departure_port="CNNGB",
    agent_uscc=uscc(),
    agent_name="示例报关行",
    source_district="33189",
    boxes=(Box("CSQU3054383", "11"),),
)


def drafted(doc=None, more=MORE):
    consignment = read_consignment(read_json(json.dumps(doc or document())), "d.json")
    return draft_declaration(consignment, check(consignment, subheadings()).items, more)


def changed(draft, part, field, value):
    whole = copy.deepcopy(draft)
    row = whole[part] if part == "header" else whole[part][0]
    if value is None:
        row.pop(field, None)
    else:
        row[field] = value
    return whole


def found(draft):
    return {(one.part, one.field, one.effect) for one in check_filling(draft, subheadings())}


SOUND = drafted()


def test_a_sound_draft_has_no_finding():
    assert check_filling(SOUND, subheadings()) == []
    assert SOUND["header"]["remarks"] == "采购商:Omar Al-Hassan;国籍:JOR;护照号:P1"
    assert SOUND["header"]["levy_nature"] == "101"


REQUIRED = [
    (part, name)
    for part in PARTS
    for name, rule in spec()[part].items()
    if rule.get("required") is True or "1039" in (rule.get("required") or ())
]


@pytest.mark.parametrize(("part", "field"), REQUIRED)
def test_a_field_that_is_missing_is_named(part, field):
    assert (part, field, "refused") in found(changed(SOUND, part, field, None))


WRONG = [
    ("header", "consignor_uscc", "91330782MA2800001X", "refused"),
    ("header", "custom_master", "29", "refused"),
    ("header", "manual_no", "C1", "refused"),
    ("header", "licence_no", "L1", "refused"),
    ("header", "bl_no", "BL1;BL2", "refused"),
    ("header", "declared_on", "31/05/2026", "refused"),
    ("header", "entry_no", "29252026100000001", "refused"),
    ("header", "transport_mode", "Q", "review"),
    ("header", "trade_country", "XXQ", "review"),
    ("header", "levy_nature", "299", "review"),
    ("header", "trade_mode", "0110", "refused"),
    ("header", "packages", "0", "refused"),
    ("header", "gross_kg", "12.345", "refused"),
    ("header", "gross_kg", "1.00", "refused"),
    ("header", "gross_kg", "501", "review"),
    ("header", "net_kg", "-3", "refused"),
    ("header", "net_kg", "19", "review"),
    ("header", "net_kg", "twenty", "refused"),
    ("header", "terms", "1", "refused"),
    ("header", "freight", "100", "refused"),
    ("header", "insurance", "5", "refused"),
    ("header", "remarks", "采购商:Omar", "refused"),
    ("items", "position", "2", "refused"),
    ("items", "hs10", "9615120000", "refused"),
    ("items", "hs10", "961511", "refused"),
    ("items", "name_zh", "comb", "refused"),
    ("items", "specification", "9|0|塑料", "refused"),
    ("items", "specification", "塑料", "refused"),
    ("items", "unit", "999", "review"),
    ("items", "total", "1000.02", "refused"),
    ("items", "price", "0", "refused"),
    ("items", "price", "1.23456", "refused"),
    ("items", "currency", "XAU", "review"),
    ("items", "origin", "CN", "review"),
    ("items", "source_district", "3318", "refused"),
    ("items", "duty_mode", "3", "review"),
    ("containers", "number", "CSQU3054384", "refused"),
    ("containers", "type", "40HQ", "review"),
    ("containers", "items", "1,3", "refused"),
    ("containers", "items", "1", "refused"),
    ("containers", "lcl", "x", "refused"),
]


@pytest.mark.parametrize(("part", "field", "value", "effect"), WRONG)
def test_a_wrong_field_is_found_with_its_effect_item_and_source(part, field, value, effect):
    draft = changed(SOUND, part, field, value)
    assert effect in {one.effect for one in check_filling(draft, subheadings())}
    for one in check_filling(draft, subheadings()):
        row = one.as_dict()
        assert row["source"]["text"].startswith("GACC")
        assert row["rule"] == f"FLD-{one.no:02d}"
        assert one.zh in row["message"]


#: Mark and currency of an amount, and parts of a field that one text holds here.
PARTS_OF_AMOUNTS = {"FeeMark", "FeeCurr", "InsurMark", "InsurCurr", "OtherMark", "OtherCurr", "VoyNo", "OrigPlaceCode"}


def test_every_field_of_the_reference_is_in_the_specification(shared):
    stated = json.loads((shared / "customs" / "declaration-fields.json").read_text())
    elements = {rule["element"] for part in PARTS for rule in spec()[part].values()}
    system = {"PreEntryId", "PromiseItmes", "DeclTrnRel"}  # filled by the window itself
    aliases = {"ConsigneeScc/Name": "ConsigneeScc", "AgentScc/Name": "AgentScc"}
    for part in ("header", "line", "container"):
        for field in stated[part]:
            names = (
                {aliases.get(field["key"], field["key"])}
                if "/Name" in field["key"]
                else set(field["key"].replace("+", "/").split("/"))
            )
            assert names - PARTS_OF_AMOUNTS - system <= elements, field["key"]


def test_every_mode_has_its_own_fields():
    for mode, field in (("9710", "platform"), ("9610", "platform"), ("9810", "overseas_warehouse")):
        draft = changed(SOUND, "header", "trade_mode", mode) | {"mode": mode}
        assert ("header", field, "refused") in found(draft)
        assert ("header", field, "refused") not in found(changed(draft, "header", field, "named"))
    general = changed(changed(SOUND, "header", "trade_mode", "0110"), "header", "licence_no", "L1") | {"mode": "0110"}
    assert found(changed(general, "header", "remarks", None)) == set()


def test_code_lists_name_their_source_and_hold_what_the_trade_uses(shared):
    given = json.loads((shared / "customs" / "cn-customs-code-lists.json").read_text())
    ours = {
        "BaseUnit": "units",
        "BaseMonitorWay": "supervision_modes",
        "BaseTransport": "transport_modes",
        "BaseCountry": "countries",
        "BaseWrapType": "package_kinds",
    }
    for theirs, name in ours.items():
        table = code_list(name)
        assert table.source
        assert table.status
        assert {row["code"]: row["zh"] for row in given[theirs]["codes"]}.items() <= table.codes.items()
    assert {"1039", "0110", "9610", "9710", "9810"} <= set(code_list("supervision_modes").codes)
    assert set(LEGAL_UNITS.values()) <= set(code_list("units").codes)


@pytest.mark.parametrize("seed", range(20))
def test_a_draft_reconciles_with_its_goods_to_the_cent_and_the_gram(seed):
    rng = random.Random(seed)
    codes = rng.sample(sorted(subheadings()), rng.randint(1, 40))
    rows = [
        line(
            n,
            f"{code}0000",
            amount=f"{rng.randint(1, 99_999) / 100:.2f}",
            net_kg=f"{rng.randint(1, 99_999) / 1000:.3f}",
            qty=str(rng.randint(1, 5000)),
            unit=rng.choice(["007", "011"]),
        )
        for n, code in enumerate(codes * rng.randint(1, 3), 1)
    ]
    doc = document(*rows)
    doc["declaration"] |= {"simplified": len(codes) >= 5, "gross_kg": "9000"}
    draft = drafted(doc)
    assert sum(Fraction(item["total"]) for item in draft["items"]) == sum(Fraction(row["amount"]) for row in rows)
    effects = {one.effect for one in check_filling(draft, subheadings())}
    assert effects == set()


@given(st.fractions(0, 10**6), st.integers(1, 5))
def test_a_decimal_is_rounded_half_up_and_never_to_nothing(value, places):
    written = Fraction(decimal(value, places))
    if value >= Fraction(1, 10**places):
        assert abs(written - value) * 2 <= Fraction(1, 10**places)
    assert (written > 0) == (value > 0)


def test_a_draft_is_read_back_and_strange_fields_are_named():
    assert read_draft(json.loads(json.dumps(SOUND)), "d.json") == SOUND
    with pytest.raises(Fault, match="is no field of the header") as caught:
        read_draft(changed(SOUND, "header", "colour", "red"), "d.json")
    assert caught.value.column == "header.colour"
    with pytest.raises(Fault, match="is no particular"):
        read_particulars({"particulars": {"colour": "red"}}, "d.json")
    given = {"particulars": {"marks": "YW", "boxes": [{"number": "CSQU3054383", "type": "11", "shared": True}]}}
    assert read_particulars(given, "d.json") == Particulars(marks="YW", boxes=(Box("CSQU3054383", "11", shared=True),))
