"""Settling a trade (结算): charges by their payer, the balance, then allocation, commission, conversion and payouts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.customs import selectors as customs
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.assumptions import fx_spread_bp, local_charges, receipt_tolerance_bp
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
    take_commission,
)
from bolanggu.trade.money import group_due, group_rates
from bolanggu.trade.process import Stage
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


def account_of(stage: Stage) -> Account:
    """Gather what is to be settled. Goods left behind are paid as agreed, beside what the trade records cover."""
    number = stage.trade.number
    group = group_due(number)
    records = [TradeRecord(record, "USD", cents) for record, cents in customs.trade_records(number)]
    charges = _charges(stage, group, len(customs.current(number)))
    return Account(group, group_rates(number), charges, records, _beside(group, customs.recorded(number)))


def _beside(group: GroupDue, recorded: Mapping[str, int]) -> list[Money]:
    """Goods money that no trade record carries: what the lines are due less what stands on the records."""
    due: Counter[str] = Counter()
    for order in group.orders:
        due[order.currency] += sum(line.minor - recorded.get(line.line, 0) for line in order.lines)
    return [Money(currency, minor) for currency, minor in sorted(due.items()) if minor > 0]


def _charges(stage: Stage, group: GroupDue, declarations: int) -> list[ChargeDue]:
    number, freight = stage.trade.number, stage.facts["load"]["freight"]
    boxes = consolidation.boxes(number)
    groupage = [box for box in boxes if box["plan__service"] == "LCL"]
    carrier = stage.cast.carrier.number
    made = []
    if freight["minor"]:
        made.append(ChargeDue(f"{number}-freight", "freight", "buyer", carrier, freight["currency"], freight["minor"]))
    return made + local_charges(
        prefix=number,
        boxes=[box["plan__type"] for box in boxes if box["plan__service"] == "FCL"],
        wm_milli=sum(max(box["cubic_mm"] // 1_000_000, box["grams"] // 1000) for box in groupage),
        bills=1,
        declarations=declarations,
        incoterm=group.terms.incoterm,
        payers=group.terms.charge_payers,
        payees={
            "carrier": carrier,
            "forwarder": stage.cast.forwarder.number,
            "broker": stage.cast.broker.number,
        },
    )


def settle(stage: Stage, account: Account, at: datetime) -> dict[str, Any]:
    """Do all acts of settlement in order; each is idempotent by its business key."""
    by, number = stage.cast.world, stage.trade.number
    charge(by=by, at=at, group=number, charges=account.charges, rates=account.rates, spread_bp=fx_spread_bp())
    outstanding = settlement.due(number).outstanding
    if outstanding:
        receive(
            by=by,
            at=at,
            group=number,
            number=f"{number}-R2",
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
    record_transfers(number)
    return {"payouts": len(paid), "books": settlement.books(number)}
