"""PDF and workbooks: every glyph there, the stated figures on them, the same bytes for the same facts."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bolanggu.market.documents.coverage import covered, missing
from bolanggu.market.documents.facts import Party
from bolanggu.market.documents.forms import forms
from bolanggu.market.documents.papers import papers
from bolanggu.market.documents.setting import set_sheet
from bolanggu.market.documents.sheet import kilograms, money
from bolanggu.market.documents.types import TYPES
from bolanggu.market.documents.typesetting import font_folders

#: papers that tell a total in words, or by container
TOLD_OTHERWISE = {
    "declaration_draft",
    "consolidated_goods_list",
    "packing_list",
    "container_load_plan",
    "bill_of_lading_draft",
}


@pytest.fixture(scope="session")
def made(shipment, issue):
    """Every form of every paper of the shipment: (kind, suffix) → bytes, the first of each kind."""
    found = {}
    for paper in papers(shipment):
        for form in forms(paper):
            found.setdefault((paper.sheet.kind, form.suffix), (paper.sheet, form.make(issue)))
    return found


def pages(content):
    return PdfReader(io.BytesIO(content)).pages


def test_every_kind_comes_as_pdf_in_both_languages_and_as_workbook_or_xml(made):
    for kind in TYPES:
        suffixes = {suffix for of, suffix in made if of == kind}
        assert "xlsx" in suffixes
        assert {"zh.pdf", "en.pdf"} <= suffixes or (kind == "shipping_marks" and "pdf" in suffixes)


@pytest.mark.parametrize("kind", TYPES)
def test_no_paper_shows_an_empty_glyph(made, kind):
    """A glyph that is missing is number 0 (.notdef); its text would come back as U+0000 or U+FFFD."""
    for (of, suffix), (_, content) in made.items():
        if of == kind and suffix.endswith("pdf"):
            text = "".join(page.extract_text() for page in pages(content))
            assert "\0" not in text
            assert "\ufffd" not in text
            assert "[U+" not in text
            for page in pages(content):
                assert not _has_notdef(page), f"{kind}.{suffix}"


def _has_notdef(page):
    """True if a text operator of the page shows glyph 0 of a font with two-byte codes."""
    content = page.get_contents()
    for operands, operator in content.operations if content else []:
        strings = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []
        for string in strings:
            raw = getattr(string, "original_bytes", None)
            if raw is not None and any(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw) - 1, 2)):
                return True
    return False


@pytest.mark.parametrize("kind", "packing_list commercial_invoice declaration_draft bill_of_lading_draft".split())
@pytest.mark.parametrize("suffix", ["zh.pdf", "en.pdf"])
def test_the_figures_that_a_paper_states_are_printed_on_it(made, kind, suffix):
    sheet, content = made[kind, suffix]
    text = "".join(page.extract_text() for page in pages(content)).replace("\n", " ")
    for number, seal in sheet.figures.containers:
        assert number in text
        assert seal in text
    assert kilograms(sheet.figures.gross_g) in text
    if kind in {"commercial_invoice", "declaration_draft"}:
        assert money(sheet.figures.value_cents, "USD") in text


@pytest.mark.parametrize("kind", TYPES)
def test_a_workbook_holds_the_totals_as_numbers_in_both_languages(made, kind):
    sheet, content = made[kind, "xlsx"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["中文", "English"]
    figures = sheet.figures
    for name in book.sheet_names:
        numbers = {
            round(cell, 4)
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
            if isinstance(cell, float)
        }
        if kind not in TOLD_OTHERWISE:
            assert figures.gross_g is None or figures.gross_g / 1000 in numbers
            assert figures.value_cents is None or figures.value_cents / 100 in numbers


def test_the_same_facts_give_the_same_bytes(shipment, issue, made):
    for paper in papers(shipment):
        for form in forms(paper):
            if (paper.sheet.kind, form.suffix) in made and made[paper.sheet.kind, form.suffix][0] == paper.sheet:
                assert form.make(issue) == made[paper.sheet.kind, form.suffix][1], (paper.sheet.kind, form.suffix)


def test_long_tables_break_over_pages_and_repeat_their_heads(shipment, issue):
    paper = next(one for one in papers(shipment) if one.sheet.kind == "packing_list")
    table = paper.sheet.tables[0]
    long = replace(paper.sheet, tables=(replace(table, rows=table.rows[:1] * 150),))
    found = pages(set_sheet(long, "en", issue))
    assert len(found) >= 3
    assert all("Description of goods" in page.extract_text() for page in found[: len(found) - 1])


def test_chinese_arabic_and_cyrillic_are_covered():
    assert missing("义乌国际商贸城 拨浪鼓 فاتورة تجارية Счёт-фактура Ñandú – “€” ×") == []


def test_coverage_is_what_fonttools_reads():
    from fontTools.ttLib import TTCollection, TTFont

    points = set()
    for folder in font_folders():
        for file in folder.glob("*.[to]t[fc]"):
            if "Italic" not in file.name:
                font = TTCollection(file, lazy=True).fonts[0] if file.suffix == ".ttc" else TTFont(file, lazy=True)
                points |= set(font.getBestCmap())
    assert covered() == points


def test_a_character_that_no_font_has_is_told_on_the_paper(shipment, issue):
    rare = Party("BUYER-1", "", "张\U0002f9f4\U000e0fff", "CN")
    part = shipment.shipments[0]
    part = replace(part, roles=replace(part.roles, consignee=rare))
    paper = next(one for one in papers(replace(shipment, shipments=(part,))) if one.sheet.kind == "packing_list")
    text = "".join(page.extract_text() for page in pages(set_sheet(paper.sheet, "zh", issue)))
    assert "U+E0FFF" in text
    assert "字库缺字" in text
