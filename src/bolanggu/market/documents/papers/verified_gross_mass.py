"""Verified gross mass (集装箱验证总重，VGM): SOLAS VI/2, method 2 — every package, dunnage and the tare, apart."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Box, Facts
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Column, Field, Figures, Sheet, Table, Words

COLUMNS = (Column(Words("Component", "组成"), width=2), Column(Words("Mass kg", "质量（千克）"), "kg"))


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper a container that has a real number."""
    for box in facts.boxes:
        if box.number and box.vgm_g:
            yield _sheet(facts, box)


def _sheet(facts: Facts, box: Box) -> Sheet:
    dunnage = box.vgm_g - box.tare_g - box.box_gross_g
    rows = (
        (Words(f"Cargo, {box.box_cartons:,} packages", f"货物，{box.box_cartons:,} 件"), box.box_gross_g),
        (Words("Pallets, dunnage and securing", "托盘、垫料及加固材料"), dunnage),
        (Words("Tare of the container", "箱体自重"), box.tare_g),
    )
    whole = box.box_cartons == box.cartons
    booking = facts.booking
    return parts.sheet(
        facts,
        "verified_gross_mass",
        part=parts.part_of(facts, box.plan),
        blocks=(
            parts.party_block(Words("Shipper", "托运人"), facts.roles.operator),
            parts.party_block(Words("Weighed and packed by", "称重装箱人"), facts.roles.warehouse),
        ),
        fields=(
            *parts.container_fields(box),
            Field(Words("Booking (SO) no.", "订舱号（SO）"), booking.number if booking else "–"),
            Field(Words("Service / voyage", "班次/航次"), booking.vessel if booking else "–"),
            Field(Words("Method", "方法"), Words("2 (calculated)", "方法二（累加计算）")),
            Field(Words("Date of determination", "验证日期"), facts.days.get("load", "")),
            Field(Words("Largest payload kg", "最大载重（千克）"), box.payload_g, "kg"),
        ),
        tables=(Table(COLUMNS, rows, (Words("Verified gross mass", "验证总重"), box.vgm_g)),),
        notes=(
            Words(
                "Verified under SOLAS chapter VI, regulation 2, method 2 (MSC.1/Circ.1475): all packages, dunnage and "
                "the tare are weighed and added.",
                "依据《SOLAS公约》第VI章第2条方法二（MSC.1/Circ.1475）：全部包件、垫料分别称重，与箱体自重相加。",
            ),
        ),
        signatures=(Words("Authorised person of the shipper", "托运人授权签字"),),
        figures=Figures(
            containers=((box.number, box.seal),),
            packages=box.cartons if whole else None,
            gross_g=box.gross_g if whole else None,
        ),
    )
