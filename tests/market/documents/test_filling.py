"""The declaration form: every field of the filling specification is there and checked by itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bolanggu.market.documents.filling import entries, faults_of
from bolanggu.market.documents.papers import papers


@pytest.fixture
def form(shipment):
    """Faults of the form after a change of the facts, of the declaration, of its boxes, in English."""
    part = shipment.shipments[0]

    def faults(declaration=None, box=None, roles=None, terms=None, items=None):
        one = part.declarations[0]
        confirmed = tuple(replace(item, hs_status="confirmed") for item in one.items)
        one = replace(one, items=confirmed if items is None else items, **(declaration or {}))
        boxes = [replace(each, **(box or {})) for each in part.boxes if each.plan == one.box]
        facts = replace(
            part,
            roles=replace(part.roles, **(roles or {})),
            terms=replace(part.terms, **(terms or {})),
            boxes=tuple(boxes),
        )
        return [fault.en for fault in faults_of(entries(facts, one, boxes), one)]

    return faults


def test_a_right_form_has_no_faults(form):
    assert form() == []


def test_every_header_field_of_the_specification_is_on_the_form(shared, shipment):
    part = shipment.shipments[0]
    known = json.loads((shared / "customs" / "declaration-fields.json").read_text(encoding="utf-8"))["header"]
    on_form = {entry.number for entry in entries(part, part.declarations[0], part.boxes)}
    assert {str(field["no"]) for field in known} <= on_form


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"declaration": {"exit_port": "31"}}, "Exit customs: 31 is not four digits"),
        ({"declaration": {"destination": "XXX"}}, "Trading country: XXX is not a country"),
        ({"declaration": {"bl_no": ""}}, "Bill of lading no.: is missing"),
        ({"declaration": {"vessel": ""}}, "Conveyance and voyage: is missing"),
        ({"declaration": {"packages": 0}}, "Packages: is missing"),
        ({"declaration": {"net_g": 10**9}}, "Net mass kg: net mass exceeds gross mass"),
        ({"box": {"number": "BLGU0000014"}}, "BLGU0000014: check digit (ISO 6346)"),
        ({"terms": {"incoterm": "CIF"}}, "Freight: is required under these terms"),
        ({"terms": {"incoterm": "CIF"}}, "Insurance: is required under these terms"),
        ({"terms": {"incoterm": "XYZ"}}, "XYZ has no customs code"),
    ],
)
def test_each_field_tells_its_own_fault(form, changes, told):
    assert any(told in fault for fault in form(**changes)), form(**changes)


def test_the_consignors_credit_code_is_checked(form, shipment):
    operator = replace(shipment.roles.operator, uscc="91330782MA00000018")
    assert any("is not a credit code" in fault for fault in form(roles={"operator": operator}))


def test_market_procurement_names_the_buyer_and_other_modes_need_not(form, shipment):
    unnamed = {"buyer": replace(shipment.roles.buyer, identity="")}
    assert any("names the buyer" in fault for fault in form(roles=unnamed))
    assert not any("names the buyer" in fault for fault in form(roles=unnamed, declaration={"mode": "0110"}))


def test_lines_are_checked_one_by_one(form, shipment):
    item = replace(shipment.shipments[0].declarations[0].items[0], hs_status="confirmed")
    assert form(items=(replace(item, hs10="1234"),)) == ["line 1: 1234 is not ten digits"]
    assert form(items=(replace(item, name_zh=""),)) == ["line 1: name, quantity, mass or value"]
    assert form(items=(replace(item, value_cents=0),)) == ["line 1: name, quantity, mass or value"]
    many = tuple(replace(item, position=position) for position in range(1, 52))
    assert form(items=many) == ["51 lines, at most 50"]
    assumed = tuple(replace(item, position=position, hs_status="assumed") for position in (1, 2, 3, 5))
    assert form(items=assumed) == ["lines 1–3, 5: codes are assumed, confirm them"]


def test_faults_stand_below_the_form_in_both_languages(shipment):
    part = shipment.shipments[0]
    broken = replace(part.declarations[0], bl_no="")
    facts = replace(shipment, shipments=(replace(part, declarations=(broken,)),))
    (sheet,) = [paper.sheet for paper in papers(facts) if paper.sheet.kind == "declaration_draft"]
    assert any("Bill of lading no.: is missing" in note.en for note in sheet.notes)
    assert any("提运单号" in note.zh for note in sheet.notes)
