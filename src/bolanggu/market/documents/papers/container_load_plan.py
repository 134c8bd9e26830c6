"""Container load plan (集装箱装箱单，CLP): one a container, with cargo and tare apart, and the load as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bolanggu.market.documents.facts import Box, Facts, Goods
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.papers.packing_list import invoice_field
from bolanggu.market.documents.sheet import Cell, Column, Field, Sheet, Table, Words, totals

COLUMNS = (
    parts.NUMBER,
    Column(Words("Order", "订单"), "code"),
    parts.DESCRIPTION,
    Column(Words("Carton nos.", "箱号"), width=0.8),
    parts.CARTONS,
    parts.PIECES,
    parts.GROSS,
    parts.VOLUME,
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper a container."""
    for box in facts.boxes:
        yield _sheet(facts, box)


def _sheet(facts: Facts, box: Box) -> Sheet:
    cartons = [carton for carton in facts.loaded if carton.box == box.plan]
    loads = parts.Loads(facts, cartons)
    rows = tuple(_row(facts, goods, loads) for goods in loads.goods)
    only = replace(
        facts,
        boxes=(box,),
        cartons=tuple(cartons),
        declarations=tuple(one for one in facts.declarations if one.box == box.plan),
    )
    figures = parts.shipment_figures(only)
    return parts.sheet(
        facts,
        "container_load_plan",
        part=parts.part_of(facts, box.plan),
        landscape=True,
        blocks=(
            parts.party_block(Words("Loaded at", "装箱地点"), facts.roles.warehouse),
            parts.party_block(Words("Carrier", "承运人"), facts.roles.carrier),
        ),
        fields=(
            *parts.container_fields(box),
            *parts.transport_fields(facts)[:6],
            Field(Words("Shipping mark", "唛头"), facts.mark),
            Field(Words("Packages of this trade", "本票件数"), figures.packages, "count"),
            Field(Words("Gross kg of this trade", "本票毛重（千克）"), figures.gross_g, "kg"),
            Field(Words("Packages in the box", "全箱件数"), box.box_cartons, "count"),
            Field(Words("Cargo kg in the box", "全箱货重（千克）"), box.box_gross_g, "kg"),
            Field(Words("Tare kg", "箱体自重（千克）"), box.tare_g, "kg"),
            *invoice_field(facts, figures.value_cents),
        ),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=_shared(box),
        signatures=(Words("Packed by", "装箱人"), Words("Tallied by", "理货员"), Words("Driver", "司机")),
        figures=figures,
        extra={"picture": box.picture} if box.picture else {},
    )


def _shared(box: Box) -> tuple[Words, ...]:
    if box.box_cartons == box.cartons:
        return ()
    return (
        Words(
            "The box is shared: the lines are those of this trade, the figures of the box are of all cargo in it.",
            "本箱为拼箱：明细仅列本票货物，全箱数字包括箱内全部货物。",
        ),
    )


def _row(facts: Facts, goods: Goods, loads: parts.Loads) -> tuple[Cell, ...]:
    line = goods.line
    return (
        goods.row,
        goods.order.removeprefix(f"{facts.trade}-"),
        parts.description(goods),
        loads.marks(line),
        loads.cartons[line],
        loads.pieces[line],
        loads.gross[line],
        loads.litres[line],
    )
