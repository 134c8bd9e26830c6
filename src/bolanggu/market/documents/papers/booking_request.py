"""Booking request (订舱托书、SO): space asked of the carrier for what is staged, with its cut-off."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Column, Field, Figures, Sheet, Table, Words, totals

COLUMNS = (
    Column(Words("Marks and numbers", "标记唛码"), width=1.4),
    parts.CARTONS,
    Column(Words("Description of goods", "货物名称"), width=2),
    parts.GROSS,
    parts.VOLUME,
)


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once a way is booked."""
    booking, cartons, roles = facts.booking, facts.cartons, facts.roles
    if booking is None or not cartons:
        return
    gross = sum(carton.gross_g for carton in cartons)
    volume = parts.litres([sum(carton.cubic_mm for carton in cartons)])[0]
    rows = ((facts.mark, len(cartons), general_goods(facts), gross, volume),)
    wanted = ", ".join(f"{count} × {name.replace('HC', 'HQ')}" for name, count in sorted(booking.boxes.items()))
    yield parts.sheet(
        facts,
        "booking_request",
        blocks=(
            parts.party_block(Words("Shipper", "托运人"), roles.operator),
            parts.party_block(Words("Consignee", "收货人"), roles.consignee),
            parts.party_block(Words("Notify party", "通知方"), roles.notify),
            parts.party_block(Words("Carrier", "承运人"), roles.carrier),
        ),
        fields=(
            *parts.transport_fields(facts),
            Field(Words("Cut-off", "截关时间"), booking.main.cutoff),
            Field(Words("Service", "方式"), booking.service),
            Field(Words("Containers, estimated", "预计箱量"), wanted or "–"),
            *parts.terms_fields(facts),
            Field(Words("Bill of lading", "提单类型"), facts.terms.bill_of_lading.replace("_", " ")),
        ),
        tables=(Table(COLUMNS, rows, totals(COLUMNS, rows, parts.TOTAL)),),
        notes=_apart(facts),
        signatures=(Words("Forwarder", "货代"), Words("Shipper", "托运人")),
        figures=Figures(packages=len(cartons), gross_g=gross),
    )


def general_goods(facts: Facts) -> Words:
    """The goods in general terms, as a bill of lading has them: how many kinds, and the first of them."""
    kinds = len({goods.code for goods in facts.goods})
    first = facts.goods[0]
    return Words(
        f"{kinds} kinds of general merchandise, such as {first.name_en or first.name_zh}",
        f"日用小商品 {kinds} 种，如{first.name_zh or first.name_en}",
    )


def _apart(facts: Facts) -> tuple[Words, ...]:
    batteries = sum(carton.apart == "battery" for carton in facts.cartons)
    if not batteries:
        return ()
    return (
        Words(
            f"{batteries} cartons hold batteries: UN 38.3 test summary and packing certificate are attached.",
            f"其中 {batteries} 箱含电池，随附 UN 38.3 试验概要及包装证明。",
        ),
    )
