"""Proforma invoice (形式发票): what the buyer is to pay, in her currency, before anything is made."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts, Goods
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Figures, Sheet, Table, Words, totals


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once the payment plan stands."""
    if not facts.buyer_goods_minor or facts.buyer_account is None:
        return
    columns = _columns(facts.currency)
    rows = tuple(_row(facts, goods) for goods in facts.goods)
    goods_minor = sum(facts.buyer_goods_minor.values())
    commission = _commission(facts)
    deposit = goods_minor * facts.terms.deposit_bp // 10_000
    yield parts.sheet(
        facts,
        "proforma_invoice",
        blocks=(
            parts.party_block(Words("Seller", "卖方"), facts.roles.agent),
            parts.party_block(Words("Buyer", "买方"), facts.roles.buyer),
        ),
        fields=(
            *parts.terms_fields(facts),
            Field(Words("Destination", "目的地"), parts.place(facts.destination, facts.destination_name)),
            Field(Words("Commission", "佣金"), commission, "money", facts.currency),
            Field(Words("Goods and commission", "货款及佣金合计"), goods_minor + commission, "money", facts.currency),
            Field(Words("Deposit on goods, about", "定金约"), deposit, "money", facts.currency),
        ),
        tables=(Table(columns, rows, totals(columns, rows, parts.TOTAL)),),
        notes=(
            Words(
                "Freight and local charges are added as they arise and stand in the statement of account.",
                "运费及本地费用按实际发生另计，列入对账单。",
            ),
        ),
        signatures=(Words("Seller", "卖方"), Words("Buyer", "买方")),
        figures=Figures(pieces=sum(goods.pieces for goods in facts.goods), amounts=parts.ordered_amounts(facts)),
    )


def _commission(facts: Facts) -> int:
    account = facts.buyer_account
    assert account is not None
    return sum(entry.minor for entry in account.entries if entry.en == "Commission")


def _columns(currency: str) -> tuple[Column, ...]:
    return (
        parts.NUMBER,
        parts.DESCRIPTION,
        parts.PIECES,
        Column(Words(f"Unit price {currency}", f"单价 {currency}"), "price"),
        Column(Words(f"Amount {currency}", f"金额 {currency}"), "money", currency=currency),
        Column(Words("Contract price", "合同价"), "code"),
    )


def _row(facts: Facts, goods: Goods) -> tuple[Cell, ...]:
    from bolanggu.market.documents.sheet import money
    from bolanggu.values.money import exponent

    minor = facts.buyer_goods_minor[goods.line]
    unit = minor * 10 ** (4 - exponent(facts.currency)) // goods.pieces
    contract = f"{goods.currency} {money(goods.amount_minor, goods.currency)}"
    return goods.row, parts.description(goods), goods.pieces, unit, minor, contract
