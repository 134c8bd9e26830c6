"""Container, seal, packages, kilograms and value are the same on every paper; every column adds up to its total."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from tests.market.documents.shipments import shipments

from bolanggu.market.documents.papers import papers
from bolanggu.market.documents.types import TYPES

SOME = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
#: papers that speak of one container each; together they speak of all
A_BOX = ("container_load_plan", "verified_gross_mass", "declaration_draft", "proxy_agreement")
#: papers that speak of everything that was loaded
ALL_LOADED = (
    "packing_list",
    "commercial_invoice",
    "consolidated_goods_list",
    "origin_application",
    "bill_of_lading_draft",
)


def by_kind(facts):
    found = {}
    for paper in papers(facts):
        found.setdefault(paper.sheet.kind, []).append(paper.sheet)
    return found


@SOME
@given(shipments())
def test_every_kind_of_paper_is_written_once_the_facts_are_there(facts):
    assert set(by_kind(facts)) == set(TYPES)


@SOME
@given(shipments())
def test_papers_of_the_whole_shipment_state_the_same_figures(facts):
    found = by_kind(facts)
    stated = {kind: found[kind][0].figures for kind in ALL_LOADED}
    assert len(set(map(repr, stated.values()))) == 1, stated


@SOME
@given(shipments())
def test_papers_of_single_boxes_add_up_to_the_shipment(facts):
    found = by_kind(facts)
    whole = found["packing_list"][0].figures
    for kind in A_BOX:
        figures = [sheet.figures for sheet in found[kind]]
        assert sorted(box for one in figures for box in one.containers) == sorted(whole.containers)
        for name in ("packages", "pieces", "net_g", "gross_g", "value_cents"):
            values = [getattr(one, name) for one in figures]
            if None not in values:
                assert sum(values) == getattr(whole, name), (kind, name)


@SOME
@given(shipments())
def test_what_is_ordered_received_loaded_and_declared_reconciles(facts):
    found, part = by_kind(facts), facts.shipments[0]
    ordered = sum(sheet.figures.amounts["CNY"] for sheet in found["purchase_order"])
    received, whole = found["warehouse_receipt"][0].figures, found["packing_list"][0].figures
    left = [carton for carton in part.cartons if not carton.box]
    assert ordered == received.amounts["CNY"]
    assert received.amounts["CNY"] == whole.amounts.get("CNY", 0) + sum(c.minor for one in left for c in one.contents)
    assert received.gross_g == whole.gross_g + sum(carton.gross_g for carton in left)
    assert received.packages == whole.packages + len(left)
    assert whole.value_cents == sum(declaration.value_cents for declaration in part.declarations)


@SOME
@given(shipments())
def test_every_column_adds_up_to_its_total_to_the_gram_and_the_cent(facts):
    for paper in papers(facts):
        for table in paper.sheet.tables:
            for index, column in enumerate(table.columns):
                total = table.total[index] if table.total else None
                if isinstance(total, int) and "statement" not in paper.sheet.kind:
                    assert sum(row[index] for row in table.rows) == total, (paper.sheet.kind, column.heading.en)


@SOME
@given(shipments())
def test_tables_add_up_to_the_figures_that_the_paper_states(facts):
    columns = {"Cartons": "packages", "Pieces": "pieces", "Net kg": "net_g", "Gross kg": "gross_g"}
    columns |= {"Amount USD": "value_cents", "Value USD": "value_cents", "Total USD": "value_cents"}
    for paper in papers(facts):
        sheet = paper.sheet
        if sheet.kind == "proforma_invoice":
            continue
        sums = {}
        for table in sheet.tables:
            for column, total in zip(table.columns, table.total, strict=True):
                if column.heading.en in columns and isinstance(total, int):
                    name = columns[column.heading.en]
                    sums[name] = sums.get(name, 0) + total
        for name, total in sums.items():
            if getattr(sheet.figures, name) is not None:
                assert total == getattr(sheet.figures, name), (sheet.kind, name)


@SOME
@given(shipments())
def test_statements_run_to_the_open_balance(facts):
    for kind in ("buyer_statement", "merchant_statement"):
        for sheet in by_kind(facts)[kind]:
            (table,) = sheet.tables
            assert table.rows[-1][5] == table.total[5] == table.total[3] - table.total[4]


@SOME
@given(shipments())
def test_the_same_facts_give_the_same_digest_and_a_kilogram_more_gives_another(facts):
    first = {paper.sheet.number: paper.sheet.digest() for paper in papers(facts)}
    assert first == {paper.sheet.number: paper.sheet.digest() for paper in papers(facts)}
    part = facts.shipments[0]
    box = replace(part.boxes[0], tare_g=part.boxes[0].tare_g + 1000)
    changed = replace(facts, shipments=(replace(part, boxes=(box, *part.boxes[1:])),))
    second = {paper.sheet.number: paper.sheet.digest() for paper in papers(changed)}
    moved = {number for number in first if first[number] != second[number]}
    box_no, declaration_no = box.plan[-3:], f"D{box.plan[-2:]}"
    assert moved == {f"T1-CLP-{box_no}", f"T1-VGM-{box_no}", f"T1-CD-{declaration_no}"}


@SOME
@given(shipments())
def test_paper_numbers_are_unique(facts):
    numbers = [paper.sheet.number for paper in papers(facts)]
    assert len(numbers) == len(set(numbers))


@SOME
@given(shipments())
def test_papers_come_only_when_their_facts_are_there(facts):
    bare = replace(facts, cartons=(), shipments=(), buyer_goods_minor={}, buyer_account=None, merchant_accounts=())
    assert {paper.sheet.kind for paper in papers(bare)} == {"purchase_order"}
    booked = replace(facts.shipments[0], boxes=(), declarations=())
    early = {paper.sheet.kind for paper in papers(replace(facts, shipments=(booked,)))}
    assert "booking_request" in early
    assert not early & {"packing_list", "verified_gross_mass", "commercial_invoice", "bill_of_lading_draft"}
