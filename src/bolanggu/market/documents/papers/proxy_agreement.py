"""Power of attorney for customs declaration (代理报关委托书): the operator entrusts the broker, one a declaration."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Declaration, Facts
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.papers.declaration_draft import declared_figures
from bolanggu.market.documents.sheet import Field, Sheet, Words


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper a declaration."""
    for declaration in facts.declarations:
        yield _sheet(facts, declaration)


def _sheet(facts: Facts, declaration: Declaration) -> Sheet:
    boxes = [box for box in facts.boxes if box.plan == declaration.box]
    first = max(declaration.items, key=lambda item: item.value_cents)
    count = len(declaration.items)
    goods = Words(
        f"{first.name_en or first.name_zh} and others, {count} items" if count > 1 else first.name_en or first.name_zh,
        f"{first.name_zh or first.name_en}等 {count} 项" if count > 1 else first.name_zh or first.name_en,
    )
    return parts.sheet(
        facts,
        "proxy_agreement",
        part=parts.part_of(facts, declaration.number),
        blocks=(
            parts.party_block(Words("Principal", "委托方"), facts.roles.operator),
            parts.party_block(Words("Agent", "被委托方"), facts.roles.broker),
        ),
        fields=(
            Field(Words("Declaration", "报关单"), declaration.number),
            Field(Words("Supervision mode", "监管方式"), declaration.mode),
            Field(Words("Bill of lading no.", "提单号"), declaration.bl_no),
            Field(Words("Value", "货物总价"), declaration.value_cents, "money", "USD"),
            Field(Words("Packages", "件数"), declaration.packages, "count"),
            Field(Words("Gross kg", "毛重（千克）"), declaration.gross_g, "kg"),
            Field(Words("Net kg", "净重（千克）"), declaration.net_g, "kg"),
            Field(Words("HS code of the main item", "主要商品编码"), first.hs10),
            Field(Words("Containers", "箱号"), ", ".join(box.number for box in boxes) or "–"),
            Field(Words("Main goods", "主要货物名称"), goods, wide=True),
        ),
        notes=_clauses(),
        signatures=(Words("Principal (seal)", "委托方（盖章）"), Words("Agent (seal)", "被委托方（盖章）")),
        figures=declared_figures(facts, declaration, boxes),
    )


def _clauses() -> tuple[Words, ...]:
    return (
        Words(
            "1. The principal entrusts the agent with declaring the goods named above and with all formalities of it.",
            "1. 委托方委托被委托方办理上述货物的申报及相关通关手续。",
        ),
        Words(
            "2. The principal answers for the truth of what it hands over; the agent checks it with due care.",
            "2. 委托方对所提供情况的真实性、合法性负责；被委托方对委托内容尽合理审查义务。",
        ),
        Words(
            "3. Details of the goods, quantity and value are those of the declaration draft of the same number.",
            "3. 货物名称、数量、金额以同号报关单草稿为准。",
        ),
        Words("4. This mandate is for this declaration alone.", "4. 本委托仅对本票报关单有效。"),
    )
