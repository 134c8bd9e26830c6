"""Indicators of money (资金指标): payers, receipt ratios, records used twice, credit before a default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from bolanggu.engines.risk.records import Credit, Entry, Receipt, Records, Signal

_YEAR = timedelta(days=365)
_LOW, _HIGH = 0.5, 1.2
_FEW = 5
_STALLS = 5
_JUMP = 2.5


def strange_payer(records: Records) -> Iterator[Signal]:
    """RK-07: a receipt whose payer is neither the buyer nor named as allowed; worse where it pays for many buyers."""
    entries = {entry.trade_ref: entry for entry in records.entries if entry.trade_ref}
    buyers: dict[str, set[str]] = defaultdict(set)
    strange: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in records.receipts:
        entry = entries.get(receipt.trade_ref)
        if entry is None or receipt.payer == entry.buyer or receipt.payer in receipt.allowed:
            continue
        buyers[receipt.payer].add(entry.buyer)
        strange[entry.number].append(receipt)
    for number, receipts in strange.items():
        payer = receipts[0].payer
        most = len(buyers[payer])
        said = f"{payer} paid and is not the buyer; it paid for {most} buyers"
        yield Signal("RK-07", number, min(1.0, 0.35 + 0.2 * (most - 1)), said, _rows(receipts))


def _rows(receipts: list[Receipt]) -> tuple[str, ...]:
    return tuple(f"receipt:{receipt.number}" for receipt in receipts)


def receipt_ratio(records: Records) -> Iterator[Signal]:
    """RK-08: an operator's money received over value declared, twelve months, outside what its peers show."""
    declared: dict[str, int] = defaultdict(int)
    received: dict[str, int] = defaultdict(int)
    entries: dict[str, list[Entry]] = defaultdict(list)
    if not records.entries:
        return
    last = max(entry.at for entry in records.entries)
    owner = {entry.trade_ref: entry.operator for entry in records.entries if entry.trade_ref}
    for entry in records.entries:
        if last - entry.at <= _YEAR:
            declared[entry.operator] += entry.value_cents
            entries[entry.operator].append(entry)
    for receipt in records.receipts:
        if receipt.trade_ref in owner:
            received[owner[receipt.trade_ref]] += receipt.cents
    if not received:
        return
    ratios = {name: received[name] / value for name, value in declared.items() if value}
    usual = float(np.median(list(ratios.values()))) or 1.0
    for name, ratio in ratios.items():
        if len(entries[name]) < _FEW or _LOW <= ratio / usual <= _HIGH:
            continue
        said = f"{name} received {ratio:.0%} of what it declared; usual {usual:.0%}"
        strength = min(1.0, abs(np.log2(max(ratio / usual, 0.05))) / 3)
        for entry in entries[name]:
            yield Signal("RK-08", entry.number, float(strength), said, (f"operator:{name}",))


def used_twice(records: Records) -> Iterator[Signal]:
    """RK-09: one trade record under two declarations, or with receipts far above its value."""
    by_ref: dict[str, list[Entry]] = defaultdict(list)
    for entry in records.entries:
        if entry.trade_ref:
            by_ref[entry.trade_ref].append(entry)
    for ref, entries in by_ref.items():
        if len(entries) > 1:
            rows = tuple(f"declaration:{entry.number}" for entry in entries)
            for entry in entries:
                yield Signal(
                    "RK-09", entry.number, 1.0, f"trade record {ref} stands in {len(entries)} declarations", rows
                )
    paid: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in records.receipts:
        paid[receipt.trade_ref].append(receipt)
    for ref, receipts in paid.items():
        total = sum(receipt.cents for receipt in receipts)
        entries = by_ref.get(ref, [])
        if len(entries) == 1 and len(receipts) > 1 and total > 1.5 * entries[0].value_cents:
            said = f"{len(receipts)} receipts of USD {total / 100:,.2f} on trade record {ref}, above its value"
            yield Signal("RK-09", entries[0].number, 0.9, said, _rows(receipts))


def long_con(records: Records) -> Iterator[Signal]:
    """RK-17: small prompt payments, then credit of many stalls at once, unpaid while the goods leave."""
    credits_of = defaultdict(list)
    for credit in records.credits:
        credits_of[credit.buyer].append(credit)
    for entry in records.entries:
        given = credits_of.get(entry.buyer, [])
        unpaid = [
            credit
            for credit in given
            if timedelta(0) <= entry.at - credit.at <= timedelta(days=60)
            and (credit.paid_at is None or credit.paid_at > entry.at)
        ]
        if not unpaid:
            continue
        exposure, stalls = sum(credit.cents for credit in unpaid), len({credit.stall for credit in unpaid})
        before = _peak(given, min(credit.at for credit in unpaid))
        if stalls >= _STALLS and before and exposure > _JUMP * before:
            said = f"{entry.buyer} owes {exposure / 100:,.0f} to {stalls} stalls, at most {before / 100:,.0f} before"
            rows = tuple(f"credit:{credit.number}" for credit in unpaid)
            yield Signal("RK-17", entry.number, min(1.0, 0.4 + exposure / before / 20), said, rows)


def _peak(credits_given: list[Credit], until: datetime) -> int:
    """The largest sum owed at once before a moment, USD cents."""
    past = [credit for credit in credits_given if credit.at < until]
    return max((sum(other.cents for other in past if _owed(other, one.at)) for one in past), default=0)


def _owed(credit: Credit, at: datetime) -> bool:
    return credit.at <= at and (credit.paid_at is None or credit.paid_at > at)
