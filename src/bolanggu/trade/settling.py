"""Settling a trade (结算): charges by their payer, the balance, then allocation, commission, conversion and payouts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.assumptions import fx_spread_bp, receipt_tolerance_bp
from bolanggu.market.settlement.inputs import ChargeDue, GroupDue, TradeRecord
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.services import (
    allocate,
    charge,
    collect,
    convert,
    pay_out,
    pay_suppliers,
    receive,
    return_surplus,
    take_commission,
)
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.charges import Borne, charges_of
from bolanggu.trade.declared import recorded, records_of
from bolanggu.trade.money import group_due, group_rates
from bolanggu.trade.stages import ShippingStage
from bolanggu.trade.transfer_edges import record_transfers
from bolanggu.values.money import Money


@dataclass(frozen=True, slots=True)
class Account:
    """What is settled: the group, its frozen rates, the charges, and the titles the money stands on.

    ``records`` are the trade records of market procurement; ``beside`` is goods money outside of them, by currency.
    """

    group: GroupDue
    rates: Rates
    charges: list[ChargeDue]
    records: list[TradeRecord]
    beside: list[Money]


def account_of(trade: str, stage: ShippingStage, found: Borne) -> Account:
    """Gather what is to be settled of a trade in a shipment.

    Goods left behind are paid as agreed, beside what the trade records cover.
    """
    group = group_due(trade)
    records = records_of(trade)
    fresh = settlement.unused([record.number for record in records])
    return Account(
        group,
        group_rates(trade),
        charges_of(trade, group, stage, found),
        [record for record in records if record.number in fresh],
        _beside(group, recorded([line.line for order in group.orders for line in order.lines])),
    )


def _beside(group: GroupDue, recorded: Mapping[str, int]) -> list[Money]:
    """Goods money that no trade record carries: what the lines are due less what stands on the records."""
    due: Counter[str] = Counter()
    for order in group.orders:
        due[order.currency] += sum(line.minor - recorded.get(line.line, 0) for line in order.lines)
    return [Money(currency, minor) for currency, minor in sorted(due.items()) if minor > 0]


def book_charges(account: Account, *, by: Actor, at: datetime) -> None:
    """Book the charges of a shipment; they fall due with the balance."""
    charge(
        by=by,
        at=at,
        group=account.group.group,
        charges=account.charges,
        rates=account.rates,
        spread_bp=fx_spread_bp(),
    )


def settle(account: Account, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Take the balance and do all acts of settlement in order; each is idempotent by its business key."""
    number = account.group.group
    outstanding = settlement.due(number).outstanding
    if outstanding:
        receive(
            by=by,
            at=at,
            group=number,
            number=f"{number}-R{settlement.receipts(number) + 1}",
            minor=outstanding,
            payer=account.group.buyer,
            payee=account.group.payees[0],
            tolerance_bp=receipt_tolerance_bp(),
        )
    allocate(by=by, at=at, group=number, stage="deposit")
    allocate(by=by, at=at, group=number, stage="balance")
    collect(by=by, at=at, group=number)
    take_commission(by=by, at=at, group=number)
    convert(
        by=by,
        at=at,
        group=number,
        rates=account.rates,
        records=account.records,
        beside=account.beside,
        tolerance_bp=receipt_tolerance_bp(),
    )
    paid = pay_out(by=by, at=at, group=number)
    pay_suppliers(by=by, at=at, group=number)
    return_surplus(by=by, at=at, group=number)
    record_transfers(number)
    return {"payouts": len(paid), "books": settlement.books(number)}
