"""Consolidated goods list (市场采购组货清单): merchants and their goods, container by container."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Box, Facts, Goods, Order
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Sheet, Table, Words, money, totals

COLUMNS = (
    parts.NUMBER,
    Column(Words("Merchant", "商户"), width=1.6),
    parts.DESCRIPTION,
    parts.HS,
    parts.CARTONS,
    parts.PIECES,
    parts.NET,
    parts.GROSS,
    Column(Words("Contract amount", "合同金额"), "code"),
    Column(Words("Value USD", "金额 USD"), "money", currency="USD"),
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper with a table for each container that is declared."""
    declared = [box for box in facts.boxes if any(one.box == box.plan for one in facts.declarations)]
    if not declared:
        return
    yield parts.sheet(
        facts,
        "consolidated_goods_list",
        landscape=True,
        blocks=(
            parts.party_block(Words("Market procurement operator", "市场采购贸易经营者"), facts.roles.operator),
            parts.party_block(Words("Overseas buyer", "境外采购商"), facts.roles.buyer),
        ),
        fields=(
            Field(Words("Supervision modes", "监管方式"), ", ".join(sorted({one.mode for one in facts.declarations}))),
            Field(Words("Declarations", "报关单"), ", ".join(one.number for one in facts.declarations), wide=True),
        ),
        tables=tuple(_table(facts, box) for box in declared),
        signatures=(Words("Operator (seal)", "经营者（盖章）"), Words("Grouped by", "组货人")),
        figures=parts.shipment_figures(facts),
    )


def _table(facts: Facts, box: Box) -> Table:
    loads = parts.Loads(facts, [carton for carton in facts.loaded if carton.box == box.plan])
    cents = _cents(facts, box)
    orders = {order.number: order for order in facts.orders}
    rows = tuple(_row(goods, orders[goods.order], loads, cents.get(goods.line, 0)) for goods in loads.goods)
    title = Words(f"Container {box.number} · seal {box.seal}", f"集装箱 {box.number} · 铅封 {box.seal}")
    return Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL), title)


def _cents(facts: Facts, box: Box) -> dict[str, int]:
    found: dict[str, int] = {}
    for declaration in facts.declarations:
        if declaration.box == box.plan:
            for item in declaration.items:
                for source in item.sources:
                    found[source.line] = found.get(source.line, 0) + source.value_cents
    return found


def _row(goods: Goods, order: Order, loads: parts.Loads, cents: int) -> tuple[Cell, ...]:
    line = goods.line
    return (
        goods.row,
        parts.named(order.merchant),
        parts.description(goods),
        goods.hs10,
        loads.cartons[line],
        loads.pieces[line],
        loads.net[line],
        loads.gross[line],
        f"{goods.currency} {money(loads.minor[line], goods.currency)}",
        cents,
    )
