"""Exchange files are valid against their schemas and say the same figures as the papers beside them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.market.documents.shipments import shipments

from bolanggu.data import path
from bolanggu.market.documents.exchange import FILES, exchange_files
from bolanggu.market.documents.papers import papers

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
SOME = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def files_of(facts, issue):
    for paper in papers(facts):
        for suffix, make in exchange_files(paper).items():
            yield paper, suffix, make(issue)


@cache
def schema(file):
    return etree.XMLSchema(etree.parse(str(file)))


@SOME
@given(facts=shipments())
def test_ubl_documents_are_valid_against_the_public_schemas(facts, issue, ubl_schemas):
    seen = set()
    for paper, suffix, content in files_of(facts, issue):
        if suffix.startswith("wco"):
            continue
        root = etree.fromstring(content)
        name = etree.QName(root).localname
        seen.add(name)
        of = schema(ubl_schemas / f"UBL-{name}-2.1.xsd")
        assert of.validate(root), f"{paper.sheet.number}.{suffix}: {of.error_log.last_error}"
    assert seen == {"Invoice", "PackingList", "DespatchAdvice", "BillOfLading", "CertificateOfOrigin"}


@SOME
@given(facts=shipments())
def test_wco_declarations_are_valid_against_our_schema(facts, issue):
    of = schema(path("schemas/wco_declaration.xsd"))
    made = [(paper, content) for paper, suffix, content in files_of(facts, issue) if suffix == "wco.xml"]
    assert len(made) == len(facts.shipments[0].declarations)
    for paper, content in made:
        assert of.validate(etree.fromstring(content)), f"{paper.sheet.number}: {of.error_log.last_error}"


@SOME
@given(facts=shipments())
def test_wco_json_and_xml_say_the_same(facts, issue):
    made = {(paper.sheet.number, suffix): content for paper, suffix, content in files_of(facts, issue)}
    for (number, suffix), content in made.items():
        if suffix == "wco.json":
            root = etree.fromstring(made[number, "wco.xml"])
            assert _plain(root) == _texts(json.loads(content)["Declaration"])


def _plain(element):
    if not len(element):
        return element.text or ""
    found = {}
    for child in element:
        found.setdefault(etree.QName(child).localname, []).append(_plain(child))
    return found


def _texts(value):
    if isinstance(value, dict):
        return {name: [_texts(one) for one in (v if isinstance(v, list) else [v])] for name, v in value.items()}
    return str(value)


@SOME
@given(facts=shipments())
def test_figures_of_exchange_files_are_those_of_the_papers(facts, issue):
    for paper, suffix, content in files_of(facts, issue):
        root = etree.fromstring(content) if suffix.endswith("xml") else None
        figures = paper.sheet.figures
        if paper.sheet.kind == "commercial_invoice":
            lines = [Decimal(one.text) for one in root.findall(f"{CAC}InvoiceLine/{CBC}LineExtensionAmount")]
            total = Decimal(root.findtext(f"{CAC}LegalMonetaryTotal/{CBC}PayableAmount"))
            assert sum(lines) == total == Decimal(figures.value_cents).scaleb(-2)
        elif paper.sheet.kind in {"packing_list", "bill_of_lading_draft"}:
            _agrees(root, figures)
        elif suffix == "wco.json":
            one = json.loads(content)["Declaration"]
            assert one["TotalPackageQuantity"] == figures.packages
            assert Decimal(one["InvoiceAmount"]) == Decimal(figures.value_cents).scaleb(-2)
            items = one["GoodsShipment"]["GovernmentAgencyGoodsItem"]
            assert sum(Decimal(item["StatisticalValueAmount"]) for item in items) == Decimal(one["InvoiceAmount"])


def _agrees(root, figures):
    shipment = root.find(f"{CAC}Shipment")
    assert Decimal(shipment.findtext(f"{CBC}GrossWeightMeasure")) * 1000 == figures.gross_g
    assert Decimal(shipment.findtext(f"{CBC}NetWeightMeasure")) * 1000 == figures.net_g
    assert int(shipment.findtext(f"{CBC}TotalTransportHandlingUnitQuantity")) == figures.packages
    boxes = [
        (one.findtext(f"{CBC}ID"), one.findtext(f"{CAC}TransportEquipmentSeal/{CBC}ID"))
        for one in root.iter(f"{CAC}TransportEquipment")
    ]
    assert sorted(boxes) == sorted(figures.containers)


@pytest.mark.parametrize("kind", FILES)
def test_the_same_facts_give_the_same_exchange_files(kind, shipment, issue):
    first = [content for paper, _, content in files_of(shipment, issue) if paper.sheet.kind == kind]
    assert first
    assert first == [content for paper, _, content in files_of(shipment, issue) if paper.sheet.kind == kind]


def test_control_characters_do_not_break_the_xml(shipment, issue):
    from dataclasses import replace

    goods = tuple(replace(one, name_en="bad\x00\x0bname") for one in shipment.goods)
    part = replace(shipment.shipments[0], goods=goods)
    for _, suffix, content in files_of(replace(shipment, goods=goods, shipments=(part,)), issue):
        if suffix.endswith("xml"):
            etree.fromstring(content)
            assert b"\x0b" not in content
