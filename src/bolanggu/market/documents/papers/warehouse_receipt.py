"""Warehouse receipt (进仓单): what came in, counted and measured, by order and line."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts, Goods
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Figures, Sheet, Table, Words, totals

COLUMNS = (
    parts.NUMBER,
    Column(Words("Order", "订单"), "code"),
    parts.DESCRIPTION,
    Column(Words("Carton nos.", "箱号"), width=0.8),
    parts.PIECES,
    parts.CARTONS,
    parts.NET,
    parts.GROSS,
    parts.VOLUME,
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once goods are received."""
    if not facts.cartons:
        return
    loads = parts.Loads(facts, facts.cartons)
    rows = tuple(_row(facts, goods, loads) for goods in loads.goods)
    yield parts.sheet(
        facts,
        "warehouse_receipt",
        landscape=True,
        blocks=(
            parts.party_block(Words("Warehouse", "仓库"), facts.roles.warehouse),
            parts.party_block(Words("Received for", "货主"), facts.roles.agent),
        ),
        fields=(
            Field(Words("Shipping mark", "唛头"), facts.mark),
            Field(Words("Destination", "目的地"), parts.place(facts.destination, facts.destination_name)),
            Field(Words("Received on", "进仓日期"), facts.days.get("receive", "")),
        ),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=(
            Words(
                "Sizes and masses are as measured; a mixed carton is counted with the line that weighs most.",
                "尺寸及重量为入库实测；混装箱计入其中最重的一行。",
            ),
        ),
        signatures=(Words("Warehouse keeper", "仓管员"), Words("Delivered by", "送货人")),
        figures=Figures(
            packages=len(facts.cartons),
            pieces=sum(loads.pieces.values()),
            net_g=sum(carton.net_g for carton in facts.cartons),
            gross_g=sum(carton.gross_g for carton in facts.cartons),
            amounts=parts.amounts_of(facts.cartons),
        ),
    )


def _row(facts: Facts, goods: Goods, loads: parts.Loads) -> tuple[Cell, ...]:
    line = goods.line
    return (
        goods.row,
        goods.order.removeprefix(f"{facts.trade}-"),
        parts.description(goods),
        loads.marks(line),
        loads.pieces[line],
        loads.cartons[line],
        loads.net[line],
        loads.gross[line],
        loads.litres[line],
    )
