"""Two trades in one box: each has papers of its own part, which add up to the box and to the declaration."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader
from tests import homes

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"


@pytest.fixture(scope="module")
def dossiers(prepared, tmp_path_factory):
    base = tmp_path_factory.mktemp("shared")
    home = homes.copy(prepared, base / "home")
    lists = []
    for index, rows in enumerate(("plastic hair clip blue,240\nwooden photo frame,90", "folding umbrella black,60")):
        file = base / f"list{index}.csv"
        file.write_text(f"description,quantity\n{rows}\n", encoding="utf-8")
        lists.append(file)
    ((made,),) = [homes.at_once(home, [["tests.trade.papers.share_a_box", base / "out", *lists]])]
    yield made
    homes.remove(home)


def file_of(dossier, kind, end):
    (found,) = [
        one["path"] for one in dossier["documents"] if one["kind"] == kind and Path(one["path"]).name.endswith(end)
    ]
    return Path(found).read_bytes()


def text_of(dossier, kind, language="en"):
    return "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(file_of(dossier, kind, f"{language}.pdf"))).pages
    )


def test_both_trades_lie_in_one_box(dossiers):
    (first,), (second,) = (dossier["containers"] for dossier in dossiers)
    assert first["number"] == second["number"]
    assert first["cartons"] + second["cartons"] == first["box_cartons"]


def test_invoices_of_the_trades_add_up_to_the_declaration(dossiers):
    totals = []
    for dossier in dossiers:
        root = etree.fromstring(file_of(dossier, "commercial_invoice", "invoice-SHIP1.xml"))
        totals.append(Decimal(root.findtext(f"{CAC}LegalMonetaryTotal/{CBC}PayableAmount")))
    declared = {one["id"]: Decimal(one["value_usd"]) for dossier in dossiers for one in dossier["declarations"]}
    assert sum(totals) == sum(declared.values())


def test_packages_and_masses_of_the_trades_add_up_to_the_box(dossiers):
    packages, grams = 0, Decimal(0)
    for dossier in dossiers:
        shipment = etree.fromstring(file_of(dossier, "packing_list", "list-SHIP1.xml")).find(f"{CAC}Shipment")
        packages += int(shipment.findtext(f"{CBC}TotalTransportHandlingUnitQuantity"))
        grams += Decimal(shipment.findtext(f"{CBC}GrossWeightMeasure"))
    box = dossiers[0]["containers"][0]
    assert packages == box["box_cartons"]
    assert grams == Decimal(str(box["box_gross_kg"]))


def test_papers_of_a_shared_box_and_declaration_say_so(dossiers):
    for dossier in dossiers:
        assert "The box is shared" in text_of(dossier, "container_load_plan")
        shared = "shared with other trades of the same buyer"
        assert shared in text_of(dossier, "declaration_draft").replace("\n", " ")
        box = dossier["containers"][0]
        assert f"{Decimal(str(box['vgm_kg'])):,.3f}" in text_of(dossier, "verified_gross_mass")


def test_no_trade_sees_the_goods_of_the_other_on_its_own_papers(dossiers):
    first, second = dossiers
    for kind in (
        "packing_list",
        "commercial_invoice",
        "container_load_plan",
        "origin_application",
        "bill_of_lading_draft",
    ):
        assert "umbrella" not in text_of(first, kind).lower()
        assert "photo frame" not in text_of(second, kind).lower()
