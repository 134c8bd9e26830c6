"""Export customs declaration, draft (出口货物报关单草稿): the form's fields, filled and checked one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bolanggu.market.documents.facts import Box, Declaration, Facts, Item
from bolanggu.market.documents.filling import Entry, entries, faults_of, fixed_codes
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Figures, Sheet, Table, Words, totals

COLUMNS = (
    parts.NUMBER,
    Column(Words("Commodity code", "商品编号"), "code"),
    Column(Words("Name and specification", "商品名称及规格型号"), width=3),
    parts.PIECES,
    parts.NET,
    Column(Words("Unit price USD", "单价 USD"), "price"),
    Column(Words("Total USD", "总价 USD"), "money", currency="USD"),
    Column(Words("Origin", "原产国（地区）"), "code"),
    Column(Words("Destination", "最终目的国（地区）"), "code"),
    Column(Words("Source", "境内货源地"), "code"),
    Column(Words("Duty", "征免"), "code"),
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper a declaration."""
    for declaration in facts.declarations:
        yield _sheet(facts, declaration)


def _sheet(facts: Facts, declaration: Declaration) -> Sheet:
    boxes = [box for box in facts.boxes if box.plan == declaration.box]
    filled = entries(facts, declaration, boxes)
    rows = tuple(_row(declaration, item) for item in declaration.items)
    return parts.sheet(
        facts,
        "declaration_draft",
        part=parts.part_of(facts, declaration.number),
        form="declaration",
        landscape=True,
        fields=tuple(Field(Words(entry.en, entry.zh), entry.shown, wide=entry.wide) for entry in filled),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=(
            *parts.shared_note(facts),
            *(Words(f"To be mended: {fault.en}", f"待补正：{fault.zh}") for fault in faults_of(filled, declaration)),
        ),
        signatures=(Words("Declarant", "申报人员"), Words("Declaring unit (seal)", "申报单位（签章）")),
        figures=declared_figures(facts, declaration, boxes),
        extra={"items": [_number(entry) for entry in filled]},
    )


def declared_figures(facts: Facts, declaration: Declaration, boxes: Sequence[Box]) -> Figures:
    """The figures of a declaration; of one that trades share, this trade's value and nothing else."""
    named = tuple((box.number, box.seal) for box in boxes)
    if declaration.shared:
        own = replace(facts, declarations=(declaration,)).sources
        return Figures(containers=named, value_cents=sum(source.value_cents for source in own))
    return Figures(
        containers=named,
        packages=declaration.packages,
        pieces=declaration.pieces,
        net_g=declaration.net_g,
        gross_g=declaration.gross_g,
        value_cents=declaration.value_cents,
    )


def _number(entry: Entry) -> str:
    return entry.number


def _row(declaration: Declaration, item: Item) -> tuple[Cell, ...]:
    price = (item.value_cents * 100 + item.pieces // 2) // item.pieces
    merged = f" 等{item.kinds}种" if item.kinds > 1 else ""
    several = f" and {item.kinds - 1} more kinds" if item.kinds > 1 else ""
    specification = f"{item.brand_type}|3"
    name = Words(
        f"{item.name_en or item.name_zh}{several} · {specification}",
        f"{item.name_zh or item.name_en}{merged} · {specification}",
    )
    code = item.hs10 if item.hs_status == "confirmed" else f"{item.hs10} *"
    origin, district, duty = fixed_codes()
    return (
        item.position,
        code,
        name,
        item.pieces,
        item.net_g,
        price,
        item.value_cents,
        origin,
        declaration.destination,
        district,
        duty,
    )
