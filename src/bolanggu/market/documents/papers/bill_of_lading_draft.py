"""House bill of lading, draft (提单草稿): parties, ports, marks, packages and mass, container by container."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.papers.booking_request import general_goods
from bolanggu.market.documents.sheet import Column, Field, Sheet, Table, Words, totals

COLUMNS = (
    Column(Words("Container / seal", "箱号 / 铅封"), width=1.5),
    Column(Words("Type", "箱型"), "code"),
    Column(Words("Marks and numbers", "标记唛码"), width=1.2),
    Column(Words("Description of goods", "货物名称"), width=2),
    parts.CARTONS,
    parts.GROSS,
    parts.VOLUME,
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once the boxes are loaded and a way is booked."""
    if facts.booking is None or not facts.boxes:
        return
    goods = general_goods(facts)
    volumes = parts.litres([box.cubic_mm for box in facts.boxes])
    rows = tuple(
        (
            f"{box.number} / {box.seal}",
            box.type.replace("HC", "HQ"),
            facts.mark,
            Words(f"said to contain {goods.en}", f"据称内装{goods.zh}"),
            box.cartons,
            box.gross_g,
            litres,
        )
        for box, litres in zip(facts.boxes, volumes, strict=True)
    )
    yield parts.sheet(
        facts,
        "bill_of_lading_draft",
        form="bill",
        blocks=(
            parts.party_block(Words("Shipper", "托运人"), facts.roles.operator),
            parts.party_block(Words("Consignee", "收货人"), facts.roles.consignee),
            parts.party_block(Words("Notify party", "通知方"), facts.roles.notify),
            parts.party_block(Words("Carrier", "承运人"), facts.roles.carrier),
        ),
        fields=(
            Field(
                Words("B/L no.", "提单号"),
                facts.declarations[0].bl_no if facts.declarations else f"BL-{facts.shipment}",
            ),
            *parts.transport_fields(facts),
            Field(
                Words("Freight", "运费"),
                Words(
                    facts.terms.freight,
                    {"prepaid": "预付", "collect": "到付"}.get(facts.terms.freight, facts.terms.freight),
                ),
            ),
            Field(Words("Release", "放单方式"), facts.terms.bill_of_lading.replace("_", " ")),
            Field(Words("Originals", "正本份数"), "3" if facts.terms.bill_of_lading == "original" else "0"),
            Field(Words("Invoice no.", "发票号"), parts.numbered(facts, "commercial_invoice")),
        ),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=(
            *parts.shared_note(facts),
            Words(
                "DRAFT, not negotiable. Shipper's load, stow, count and seal.",
                "草稿，不可流通。托运人自行装载、积载、计数并加封。",
            ),
        ),
        signatures=(Words("Confirmed by the shipper", "托运人确认"), Words("For the carrier", "承运人或其代理")),
        figures=parts.shipment_figures(facts),
    )
