"""Application for a certificate of origin (原产地证书申请书): non-preferential, by declared item."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts, Item
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.papers.commercial_invoice import containers
from bolanggu.market.documents.sheet import Cell, Column, Field, Sheet, Table, Words, totals

COLUMNS = (
    parts.NUMBER,
    Column(Words("Marks and numbers", "标记唛码"), width=1),
    Column(Words("Description of goods", "货物名称"), width=2.4),
    parts.HS,
    parts.PIECES,
    parts.NET,
    Column(Words("FOB value USD", "FOB 值 USD"), "money", currency="USD"),
    Column(Words("Origin criterion", "原产标准"), "code"),
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once the goods are declared."""
    if not facts.declarations:
        return
    rows = tuple(_row(facts, item) for item in facts.items)
    figures = parts.shipment_figures(facts)
    yield parts.sheet(
        facts,
        "origin_application",
        landscape=True,
        blocks=(
            parts.party_block(Words("Exporter", "出口商"), facts.roles.operator),
            parts.party_block(Words("Consignee", "收货人"), facts.roles.consignee),
        ),
        fields=(
            Field(Words("Kind of certificate", "证书种类"), Words("non-preferential (CO)", "非优惠原产地证书（CO）")),
            Field(Words("Invoice no.", "发票号"), parts.numbered(facts, "commercial_invoice")),
            *parts.transport_fields(facts)[1:6],
            Field(Words("Containers and seals", "箱号及铅封"), containers(facts)),
            Field(Words("Packages", "件数"), figures.packages, "count"),
            Field(Words("Gross kg", "毛重（千克）"), figures.gross_g, "kg"),
            Field(Words("Country of destination", "目的国"), facts.declarations[0].destination),
        ),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=(
            Words(
                "The origin criterion is left to the applicant: the records name the merchant, not where each part was "
                "made. Goods wholly obtained or substantially transformed in China are entered as P or W.",
                "原产标准由申请人填写：记录载明商户，不载明原料产地。在中国完全获得或经实质性改变的，分别填 P 或 W。",
            ),
        ),
        signatures=(Words("Applicant (seal)", "申请人（盖章）"), Words("Authorised signatory", "申领员")),
        figures=figures,
    )


def _row(facts: Facts, item: Item) -> tuple[Cell, ...]:
    name = Words(item.name_en or item.name_zh, item.name_zh or item.name_en)
    return item.position, facts.mark, name, item.hs10, item.pieces, item.net_g, item.value_cents, "________"
