"""Commercial invoice (商业发票): the declared value, line by line, in US dollars at the month's customs rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts, Goods
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Sheet, Table, Words, money, totals

COLUMNS = (
    parts.NUMBER,
    parts.HS,
    parts.DESCRIPTION,
    parts.PIECES,
    Column(Words("Unit price USD", "单价 USD"), "price"),
    Column(Words("Amount USD", "金额 USD"), "money", currency="USD"),
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once the loaded goods are declared."""
    if not facts.declarations:
        return
    declared = declared_lines(facts)
    rows = tuple(_row(goods, *declared[goods.line]) for goods in facts.goods if goods.line in declared)
    figures = parts.shipment_figures(facts)
    yield parts.sheet(
        facts,
        "commercial_invoice",
        blocks=(
            parts.party_block(Words("Exporter", "发货人"), facts.roles.operator),
            parts.party_block(Words("Buyer", "买方"), facts.roles.buyer),
        ),
        fields=(
            *parts.terms_fields(facts)[:1],
            *parts.transport_fields(facts)[1:6],
            Field(Words("Containers and seals", "箱号及铅封"), containers(facts), wide=True),
            Field(Words("Packages", "件数"), figures.packages, "count"),
            Field(Words("Gross kg", "毛重（千克）"), figures.gross_g, "kg"),
            Field(Words("Net kg", "净重（千克）"), figures.net_g, "kg"),
            Field(Words("Contract amount", "合同金额"), contract_amounts(facts), "code"),
            Field(Words("Country of origin", "原产国"), Words("China", "中国")),
        ),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=(rate_note(facts),),
        signatures=(Words("Exporter", "发货人"),),
        figures=figures,
    )


def declared_lines(facts: Facts) -> dict[str, tuple[int, int]]:
    """Pieces and declared USD cents of this trade by order line, summed over all declarations."""
    pieces: dict[str, int] = defaultdict(int)
    cents: dict[str, int] = defaultdict(int)
    for source in facts.sources:
        pieces[source.line] += source.pieces
        cents[source.line] += source.value_cents
    return {line: (pieces[line], cents[line]) for line in pieces}


def containers(facts: Facts) -> str:
    """All containers with their seals on one line."""
    return "; ".join(f"{box.number} / {box.seal}" for box in facts.boxes) or "–"


def contract_amounts(facts: Facts) -> str:
    """Value of the loaded goods in the currencies of their contracts."""
    amounts = parts.amounts_of(facts.loaded)
    return ", ".join(f"{currency} {money(minor, currency)}" for currency, minor in amounts.items())


def rate_note(facts: Facts) -> Words:
    """At which rates contract amounts became dollars."""
    first = facts.declarations[0]
    rates = ", ".join(f"1 USD = {_decimal(rate)} {currency}" for currency, rate in sorted(first.rates.items()))
    return Words(
        f"Contract amounts are converted line by line at the month's rate: {rates}.",
        f"合同金额逐行按当月汇率折算：{rates}。",
    )


def _decimal(rate: str) -> str:
    over, _, under = rate.partition("/")
    return f"{int(over) / int(under or 1):.4f}" if over.isdigit() else rate


def _row(goods: Goods, pieces: int, cents: int) -> tuple[Cell, ...]:
    price = (cents * 100 + pieces // 2) // pieces
    return goods.row, goods.hs10, parts.description(goods), pieces, price, cents
