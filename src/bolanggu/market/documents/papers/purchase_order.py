"""Purchase order (购销合同、订货单): what one merchant is to deliver, one paper a merchant."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts, Goods, Order
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Figures, Sheet, Table, Words, money, totals


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper an order."""
    for order in facts.orders:
        yield _sheet(facts, order, [goods for goods in facts.goods if goods.order == order.number])


def _sheet(facts: Facts, order: Order, lines: list[Goods]) -> Sheet:
    currency = order.currency
    columns = (
        parts.NUMBER,
        parts.DESCRIPTION,
        parts.PIECES,
        Column(Words(f"Unit price {currency}", f"单价 {currency}"), "money", currency=currency),
        Column(Words(f"Amount {currency}", f"金额 {currency}"), "money", currency=currency),
        Column(Words("Ready within", "交货期"), "code"),
    )
    rows = tuple(_row(goods) for goods in lines)
    amount = sum(goods.amount_minor for goods in lines)
    total = list(totals(columns, rows, parts.TOTAL))
    total[3] = None
    return parts.sheet(
        facts,
        "purchase_order",
        part=parts.part_of(facts, order.number),
        blocks=(
            parts.party_block(Words("Purchaser", "需方"), facts.roles.agent),
            parts.party_block(Words("Supplier", "供方"), order.merchant),
        ),
        fields=(
            Field(Words("Contract no.", "合同号"), order.number),
            Field(Words("Signed on", "签订日期"), order.placed_on),
            Field(Words("Deposit", "定金"), order.deposit_minor, "money", currency),
            Field(Words("Amount", "合同金额"), f"{currency} {money(amount, currency)}"),
            Field(Words("Deliver to", "交货地点"), parts.named(facts.roles.warehouse), wide=True),
            Field(Words("Shipping mark", "唛头"), _mark(facts), wide=True),
        ),
        tables=(Table(columns, rows, tuple(total)),),
        notes=_clauses(facts),
        signatures=(Words("Purchaser (seal)", "需方（盖章）"), Words("Supplier (seal)", "供方（盖章）")),
        figures=Figures(pieces=sum(goods.pieces for goods in lines), amounts={currency: amount}),
    )


def _row(goods: Goods) -> tuple[Cell, ...]:
    days = Words(f"{goods.lead_days} days", f"{goods.lead_days} 天")
    return goods.row, parts.description(goods), goods.pieces, goods.unit_minor, goods.amount_minor, days


def _mark(facts: Facts) -> str:
    return facts.mark or f"{facts.roles.buyer.number} / {facts.destination} / {facts.trade}"


def _clauses(facts: Facts) -> tuple[Words, ...]:
    tax_en, tax_zh = ("included", "含税") if facts.terms.tax_included else ("not included", "不含税")
    return (
        Words(f"1. Prices are delivered to the warehouse, tax {tax_en}.", f"1. 价格为送仓价，{tax_zh}。"),
        Words(
            "2. Goods are counted and measured on arrival; what is short, damaged or not as the signed sample is "
            "refused and told on the same day.",
            "2. 货物到仓清点、计量；短少、破损或与封样不符的，当日告知并拒收。",
        ),
        Words(
            "3. Each carton bears the shipping mark and the SSCC label handed out with this order.",
            "3. 每箱须印刷唛头并粘贴随单下发的物流单元标签（SSCC）。",
        ),
        Words("4. Production starts once the deposit is held.", "4. 定金到位后开始生产。"),
    )
