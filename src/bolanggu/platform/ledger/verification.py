"""Verification: replay every transfer from nothing and compare with the journal and with the stored balances.

Independent of posting: it reads rows as they lie in the tables, and shares with posting only the canonical bytes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from bolanggu.platform.journal.models import Entry
from bolanggu.platform.journal.selectors import faults as journal_faults
from bolanggu.platform.ledger.book import Row
from bolanggu.platform.ledger.canonical import digest
from bolanggu.platform.ledger.models import SIDES, Account, TransferRow
from bolanggu.platform.ledger.transfers import Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and in which batch (None where it is no batch's)."""

    batch: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """How many transfers were replayed, and what does not hold."""

    transfers: int
    faults: list[Fault]

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON data."""
        return {"transfers": self.transfers, "ok": not self.faults, "faults": [asdict(f) for f in self.faults]}


class _Account(NamedTuple):
    code: str
    currency: str
    limited: str
    stored: tuple[int, int, int, int]


_ROW = (
    *("id", "row", "kind", "debit_id", "credit_id", "amount", "currency", "pending_id", "expires_at", "purpose", "ref"),
    *("linked", "batch", "at"),
)


def verify(*, market: int = 1) -> Report:
    """Replay the market's ledger; linear in transfers, memory in accounts, holds and batches."""
    accounts = {
        row[0]: _Account(row[1], row[2], row[3], row[4:])
        for row in Account.objects.filter(market=market).values_list("id", "code", "currency", "limited", *SIDES)
    }
    replay = _Replay(accounts)
    entries = _ledger_entries(market)
    found = [Fault(b.sequence, f"journal: {b.why}") for b in journal_faults(market)]
    found += replay.openings(e for e in entries.values() if e.kind == "accounts.opened")
    posted = {number: entry for number, entry in entries.items() if entry.kind == "batch.posted"}
    for number, rows in groupby(_transfers(market), key=lambda pair: pair[1]):
        members = list(rows)
        found += replay.batch(
            number, [row for row, _, _ in members], {at for _, _, at in members}, posted.pop(number, None)
        )
    found += [Fault(number, f"batch {number} stands in the journal, its transfers are gone") for number in posted]
    found += replay.ends()
    return Report(replay.transfers, found)


def _ledger_entries(market: int) -> dict[int, Entry]:
    return {e.sequence: e for e in Entry.objects.filter(market=market, stream="ledger").order_by("sequence")}


def _transfers(market: int) -> Iterator[tuple[Row, int, datetime]]:
    rows = TransferRow.objects.filter(market=market).order_by("batch", "row").values_list(*_ROW)
    for *row, batch, at in rows.iterator(chunk_size=5000):
        yield Row._make(row), batch, at


class _Replay:
    """Balances rebuilt from nothing, and what is found on the way."""

    def __init__(self, accounts: dict[int, _Account]) -> None:
        self.accounts = accounts
        self.sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self.holds: dict[UUID, Row] = {}
        self.ended: set[UUID] = set()
        self.transfers = 0

    def openings(self, entries: Iterator[Entry]) -> Iterator[Fault]:
        """Accounts are what the journal says was opened."""
        said: dict[int, tuple[int, list[str]]] = {}
        for entry in entries:
            for number, *facts in json.loads(entry.payload)["accounts"]:
                said[number] = (entry.sequence, facts)
        for number, (sequence, facts) in said.items():
            account = self.accounts.get(number)
            if account is None:
                yield Fault(sequence, f"account {facts[0]} was opened and is gone")
            elif list(account[:3]) != facts:
                yield Fault(sequence, f"account {facts[0]} ({', '.join(facts[1:])}) is now {', '.join(account[:3])}")
        for number in self.accounts.keys() - said.keys():
            yield Fault(None, f"account {self.accounts[number].code} was never opened")

    def batch(self, number: int, rows: Sequence[Row], times: set[datetime], entry: Entry | None) -> Iterator[Fault]:
        """A batch is what the journal says, its chains are whole, and each transfer is right by itself."""
        self.transfers += len(rows)
        if entry is None:
            yield Fault(number, f"batch {number} is not in the journal")
        else:
            said = json.loads(entry.payload)
            if said["count"] != len(rows):
                yield Fault(number, f"batch {number} has {len(rows)} transfers, the journal says {said['count']}")
            elif times != {entry.at} or digest(rows, entry.at) != said["digest"]:
                yield Fault(
                    number, f"batch {number} is not what was posted: its transfers do not give the journal's hash"
                )
        for before, after in zip(rows, [*rows[1:], None], strict=True):
            if before.linked and (after is None or after.row != before.row + 1):
                yield Fault(number, f"batch {number}: the chain of transfer {before.id} is not whole")
            for message in self._apply(before):
                yield Fault(number, f"batch {number}, transfer {before.id}: {message}")

    def _apply(self, row: Row) -> Iterator[str]:
        debit, credit = self.accounts.get(row.debit), self.accounts.get(row.credit)
        if debit is None or credit is None:
            yield "one of its accounts does not exist"
        elif row.debit == row.credit or not debit.currency == credit.currency == row.currency:
            yield f"{row.currency} does not fit accounts {debit.code} and {credit.code}"
        if row.amount <= 0:
            yield f"the amount {row.amount} is not positive"
        held = 0
        if row.pending is not None:
            hold = self.holds.get(row.pending)
            if hold is None or row.pending in self.ended or (hold.debit, hold.credit) != (row.debit, row.credit):
                yield f"it ends hold {row.pending}, which is not there to be ended"
            else:
                held = hold.amount
                if row.amount > held:
                    yield f"it posts {row.amount} of a hold of {held}"
            self.ended.add(row.pending)
        yield from self._move(row, held)

    def _move(self, row: Row, held: int) -> Iterator[str]:
        debit, credit = self.sums[row.debit], self.sums[row.credit]
        posted = row.amount if row.kind in (Kind.POST, Kind.POST_PENDING) else 0
        pending = row.amount if row.kind == Kind.PENDING else -held
        if row.kind == Kind.PENDING:
            self.holds[row.id] = row
        debit[0] += posted
        credit[1] += posted
        debit[2] += pending
        credit[3] += pending
        for number, limited, (own, other, waiting) in (
            (row.debit, "debits", (debit[0], debit[1], debit[2])),
            (row.credit, "credits", (credit[1], credit[0], credit[3])),
        ):
            account = self.accounts.get(number)
            if account is not None and account.limited == limited and own + waiting > other:
                yield f"account {account.code} breaks its limit on {limited}"

    def ends(self) -> Iterator[Fault]:
        """Stored balances are those of the replay, and each currency sums to zero."""
        left: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for number, account in self.accounts.items():
            if account.stored != tuple(self.sums[number]):
                yield Fault(
                    None,
                    f"account {account.code} stores {account.stored}, its transfers give {tuple(self.sums[number])}",
                )
            debited, credited, debits_held, credits_held = account.stored
            left[account.currency][0] += credited - debited
            left[account.currency][1] += credits_held - debits_held
        for currency, (posted, pending) in left.items():
            if posted or pending:
                yield Fault(None, f"{currency} does not sum to zero: {posted} posted, {pending} pending")
