"""Statement of account of the buyer (采购商对账单): what became due, what came in, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Account, Entry, Facts
from bolanggu.market.documents.papers import parts
from bolanggu.market.documents.sheet import Cell, Column, Field, Figures, Sheet, Table, Words


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper, once the payment plan stands."""
    if facts.buyer_account is not None:
        yield statement(facts, facts.buyer_account, "buyer_statement", Words("Buyer", "采购商"))


def statement(facts: Facts, account: Account, kind: str, whose: Words, part: str = "") -> Sheet:
    """An account as a paper: entries with the balance after each."""
    columns = _columns(account.currency)
    rows, after = [], 0
    for entry in account.entries:
        after += entry.minor
        rows.append(_row(entry, after))
    due = sum(entry.minor for entry in account.entries if entry.minor > 0)
    paid = -sum(entry.minor for entry in account.entries if entry.minor < 0)
    return parts.sheet(
        facts,
        kind,
        part=part,
        day=max((entry.on for entry in account.entries), default=""),
        blocks=(
            parts.party_block(whose, account.party),
            parts.party_block(Words("Agent", "外贸公司"), facts.roles.agent),
        ),
        fields=(
            Field(Words("Due", "应付合计"), due, "money", account.currency),
            Field(Words("Paid", "已付合计"), paid, "money", account.currency),
            Field(Words("Open balance", "未付余额"), due - paid, "money", account.currency),
            Field(Words("Currency", "币种"), account.currency),
        ),
        tables=(Table(columns, tuple(rows), (parts.TOTAL, None, None, due, paid, due - paid)),),
        notes=tuple(Words(en, zh) for en, zh in account.notes),
        signatures=(Words("Agent", "外贸公司"), Words("Confirmed by", "对账确认")),
        figures=Figures(amounts={account.currency: due}),
    )


def _columns(currency: str) -> tuple[Column, ...]:
    return (
        Column(Words("Day", "日期"), "code"),
        Column(Words("Entry", "摘要"), width=2),
        Column(Words("Reference", "凭证"), width=1.2),
        Column(Words(f"Due {currency}", f"应付 {currency}"), "money", currency=currency),
        Column(Words(f"Paid {currency}", f"已付 {currency}"), "money", currency=currency),
        Column(Words(f"Balance {currency}", f"余额 {currency}"), "money", currency=currency),
    )


def _row(entry: Entry, after: int) -> tuple[Cell, ...]:
    due, paid = (entry.minor, None) if entry.minor > 0 else (None, -entry.minor)
    return entry.on, Words(entry.en, entry.zh), entry.reference, due, paid, after
