"""Packing list (装箱单): what lies in which container, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Box, Facts, Goods
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Sheet, Table, Words, money, totals

COLUMNS = (
    parts.NUMBER,
    Column(Words("Carton nos.", "箱号"), width=1),
    parts.DESCRIPTION,
    parts.PIECES,
    parts.CARTONS,
    parts.NET,
    parts.GROSS,
    parts.VOLUME,
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper with a table for each container."""
    if not facts.boxes:
        return
    figures = parts.shipment_figures(facts)
    assert figures.packages is not None
    tables = tuple(_table(facts, box) for box in facts.boxes)
    yield parts.sheet(
        facts,
        "packing_list",
        landscape=True,
        blocks=(
            parts.party_block(Words("Exporter", "发货人"), facts.roles.operator),
            parts.party_block(Words("Consignee", "收货人"), facts.roles.consignee),
        ),
        fields=(
            *parts.transport_fields(facts)[:5],
            Field(Words("Shipping mark", "唛头"), facts.mark),
            Field(Words("Packages in all", "总件数"), figures.packages, "count"),
            Field(Words("Net kg in all", "总净重（千克）"), figures.net_g, "kg"),
            Field(Words("Gross kg in all", "总毛重（千克）"), figures.gross_g, "kg"),
            *invoice_field(facts, figures.value_cents),
        ),
        tables=tables,
        signatures=(Words("Exporter", "发货人"),),
        figures=figures,
    )


def invoice_field(facts: Facts, value_cents: int | None) -> tuple[Field, ...]:
    """The invoice that goes with a paper, and its value; none before the goods are declared."""
    if value_cents is None:
        return ()
    number = parts.numbered(facts, "commercial_invoice")
    return (Field(Words("Invoice and value", "发票号及金额"), f"{number}, USD {money(value_cents, 'USD')}"),)


def _table(facts: Facts, box: Box) -> Table:
    loads = parts.Loads(facts, [carton for carton in facts.loaded if carton.box == box.plan])
    rows = tuple(_row(goods, loads) for goods in loads.goods)
    named = f"{box.number} · {box.type.replace('HC', 'HQ')} · {box.service}"
    title = Words(f"Container {named} · seal {box.seal}", f"集装箱 {named} · 铅封 {box.seal}")
    return Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL), title)


def _row(goods: Goods, loads: parts.Loads) -> tuple[Cell, ...]:
    line = goods.line
    return (
        goods.row,
        loads.marks(line),
        parts.description(goods),
        loads.pieces[line],
        loads.cartons[line],
        loads.net[line],
        loads.gross[line],
        loads.litres[line],
    )
