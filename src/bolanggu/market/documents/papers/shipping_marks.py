"""Shipping marks and SSCC labels (唛头、物流单元标签): one label a carton, with a GS1-128 barcode of its SSCC-18."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.barcodes import sscc_modules
from bolanggu.market.documents.facts import Carton, Facts
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Figures, Sheet, Table, Words, kilograms, totals

COLUMNS = (
    Column(Words("Carton", "箱号"), "code"),
    Column(Words("SSCC", "SSCC"), "code"),
    Column(Words("Article", "货号"), "code"),
    parts.DESCRIPTION,
    parts.PIECES,
    parts.NET,
    parts.GROSS,
    Column(Words("Size mm", "尺寸（毫米）"), "code"),
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper with the labels of all cartons, eight a page."""
    if not facts.cartons:
        return
    names = {goods.line: Words(goods.name_en or goods.name_zh, goods.name_zh or goods.name_en) for goods in facts.goods}
    rows = tuple(_row(carton, names) for carton in facts.cartons)
    yield parts.sheet(
        facts,
        "shipping_marks",
        form="labels",
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        figures=Figures(
            packages=len(facts.cartons),
            net_g=sum(carton.net_g for carton in facts.cartons),
            gross_g=sum(carton.gross_g for carton in facts.cartons),
        ),
        extra={"labels": [_label(facts, carton, names) for carton in facts.cartons]},
    )


def _row(carton: Carton, names: dict[str, Words]) -> tuple[Cell, ...]:
    size = f"{carton.l_mm} × {carton.w_mm} × {carton.h_mm}"
    pieces = sum(content.pieces for content in carton.contents)
    number = f"{carton.position}/{carton.of}"
    return number, carton.sscc, carton.article, _goods(carton, names), pieces, carton.net_g, carton.gross_g, size


def _goods(carton: Carton, names: dict[str, Words]) -> Words:
    inside = [names[content.line] for content in carton.contents]
    return Words(" + ".join(one.en for one in inside), " + ".join(one.zh for one in inside))


def _label(facts: Facts, carton: Carton, names: dict[str, Words]) -> dict[str, object]:
    goods = _goods(carton, names)
    return {
        "mark": [part.strip() for part in carton.mark.split("/")],
        "number": f"{carton.position} / {carton.of}",
        "sscc": carton.sscc,
        "bars": sscc_modules(carton.sscc),
        "goods_en": goods.en,
        "goods_zh": goods.zh,
        "article": carton.article,
        "order": carton.order,
        "pieces": sum(content.pieces for content in carton.contents),
        "net": kilograms(carton.net_g),
        "gross": kilograms(carton.gross_g),
        "size": f"{carton.l_mm} × {carton.w_mm} × {carton.h_mm} mm",
        "upright": carton.this_side_up,
        "fragile": carton.fragile,
        "apart": carton.apart,
        "simulated": facts.simulated,
    }
