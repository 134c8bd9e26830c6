"""The book: the part of the ledger that one batch touches, held in memory while each transfer is decided.

Plain Python over plain values: the same decisions for SQLite and PostgreSQL. Whoever calls it has read every account,
transfer and hold that the batch names, under a lock, and writes back `accepted` and the balances.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from bolanggu.platform.ledger.transfers import ENDINGS, LARGEST, Code, Kind, Limit, Transfer


@dataclass(slots=True)
class Balance:
    """An account with its four sums, minor units of its currency."""

    id: int
    code: str
    currency: str
    limited: str
    debits_posted: int = 0
    credits_posted: int = 0
    debits_pending: int = 0
    credits_pending: int = 0

    @property
    def posted(self) -> int:
        """Credits less debits, posted."""
        return self.credits_posted - self.debits_posted

    @property
    def available(self) -> int:
        """What may still leave on the limited side (debits for accounts without a limit)."""
        if self.limited == Limit.CREDITS:
            return self.debits_posted - self.credits_posted - self.credits_pending
        return self.credits_posted - self.debits_posted - self.debits_pending

    def sides(self) -> tuple[int, int, int, int]:
        """Debits posted, credits posted, debits pending, credits pending."""
        return (self.debits_posted, self.credits_posted, self.debits_pending, self.credits_pending)

    def room(self, side: Limit, amount: int) -> Code | None:
        """Why ``amount`` more on one side would not fit, or None."""
        if side == Limit.DEBITS:
            after, cover, breach = self.debits_posted + self.debits_pending, self.credits_posted, Code.EXCEEDS_CREDITS
        else:
            after, cover, breach = self.credits_posted + self.credits_pending, self.debits_posted, Code.EXCEEDS_DEBITS
        if after + amount > LARGEST:
            return Code.BALANCE_TOO_LARGE
        return breach if self.limited == side and after + amount > cover else None


class Row(NamedTuple):
    """A transfer as it stands in the ledger: accounts by their ids, every field settled."""

    id: UUID
    row: int
    kind: int
    debit: int
    credit: int
    amount: int
    currency: str
    pending: UUID | None
    expires_at: datetime | None
    purpose: str
    ref: str
    linked: bool

    def says(self, other: Row) -> bool:
        """True if both state the same, wherever they stand in their batches."""
        return self[:1] + self[2:] == other[:1] + other[2:]


class Book:
    """What a batch may touch, and the decisions on it."""

    def __init__(
        self, *, balances: Iterable[Balance], rows: Iterable[Row], at: datetime, closed_through: datetime | None
    ) -> None:
        self.by_code: dict[str, Balance] = {}
        self.by_id: dict[int, Balance] = {}
        for balance in balances:
            self.by_code[balance.code] = self.by_id[balance.id] = balance
        self.known = {row.id: row for row in rows}
        self.ended = {row.pending: Kind(row.kind) for row in self.known.values() if row.pending is not None}
        self.at = at
        self.closed = closed_through is not None and at <= closed_through
        self.accepted: list[Row] = []

    def decide(self, batch: Sequence[Transfer]) -> list[Code]:
        """Decide every transfer in order, and carry out those that are right."""
        codes: list[Code] = []
        for first, chain in chains(batch):
            if chain[-1].linked or len(chain) > 1:
                codes += self._chain(first, chain)
            else:
                codes.append(self._try(first, chain[0]))
        return codes

    def _chain(self, first: int, chain: Sequence[Transfer]) -> list[Code]:
        settled = [self._settle(first + i, t) for i, t in enumerate(chain)]
        if all(row is not None and row.id in self.known and self.known[row.id].says(row) for row in settled):
            return [Code.EXISTS] * len(chain)
        codes = [Code.LINKED_EVENT_FAILED] * len(chain)
        mark = len(self.accepted)
        for i, transfer in enumerate(chain):
            codes[i] = self._try(first + i, transfer)
            if codes[i] == Code.OK and i == len(chain) - 1 and transfer.linked:
                codes[i] = Code.LINKED_CHAIN_OPEN
            if codes[i] != Code.OK:
                self._undo(mark)
                return [Code.LINKED_EVENT_FAILED if j != i else codes[i] for j in range(len(chain))]
        return codes

    def commutes(self) -> bool:
        """True if what was accepted gives the same in any order: no limited account is both burdened and relieved."""
        burdened: set[int] = set()
        relieved: set[int] = set()
        for row in self.accepted:
            for number, side in ((row.debit, Limit.DEBITS), (row.credit, Limit.CREDITS)):
                limited = self.by_id[number].limited
                if limited != Limit.NONE:
                    (burdened if limited == side and row.pending is None else relieved).add(number)
        small = all(side < LARGEST // 2 for balance in self.by_id.values() for side in balance.sides())
        return small and not burdened & relieved

    def _undo(self, mark: int) -> None:
        while len(self.accepted) > mark:
            row = self.accepted.pop()
            self._move(row, -1)
            del self.known[row.id]
            if row.pending is not None:
                del self.ended[row.pending]

    def _try(self, place: int, transfer: Transfer) -> Code:
        row = self._settle(place, transfer)
        standing = self.known.get(transfer.id)
        if standing is not None:
            same = row is not None and standing.says(row)
            return Code.EXISTS if same else Code.EXISTS_WITH_DIFFERENT_FIELDS
        if self.closed:
            return Code.PERIOD_CLOSED
        refusal = self._ending_refused(transfer) if transfer.kind in ENDINGS else self._start_refused(transfer)
        if refusal is not None:
            return refusal
        assert row is not None
        self.known[row.id] = row
        if row.pending is not None:
            self.ended[row.pending] = transfer.kind
        self._move(row, 1)
        self.accepted.append(row)
        return Code.OK

    def _settle(self, place: int, transfer: Transfer) -> Row | None:
        """The row this transfer would be, or None where it names what does not exist."""
        hold = self.known.get(transfer.pending) if transfer.pending is not None else None
        debit = self.by_code.get(transfer.debit) if transfer.debit else hold and self.by_id.get(hold.debit)
        credit = self.by_code.get(transfer.credit) if transfer.credit else hold and self.by_id.get(hold.credit)
        amount = transfer.amount if transfer.amount is not None else hold and hold.amount
        currency = transfer.currency or (hold.currency if hold else "")
        if debit is None or credit is None or amount is None:
            return None
        return Row(
            transfer.id,
            place,
            transfer.kind,
            debit.id,
            credit.id,
            amount,
            currency,
            transfer.pending,
            transfer.expires_at,
            transfer.purpose,
            transfer.ref,
            transfer.linked,
        )

    def _start_refused(self, transfer: Transfer) -> Code | None:
        amount = transfer.amount
        assert amount is not None
        if amount <= 0:
            return Code.AMOUNT_NOT_POSITIVE
        if transfer.debit == transfer.credit:
            return Code.SAME_ACCOUNT
        debit, credit = self.by_code.get(transfer.debit), self.by_code.get(transfer.credit)
        if debit is None or credit is None:
            return Code.ACCOUNT_NOT_FOUND
        if not debit.currency == credit.currency == transfer.currency:
            return Code.LEDGERS_DIFFER
        return debit.room(Limit.DEBITS, amount) or credit.room(Limit.CREDITS, amount)

    def _ending_refused(self, transfer: Transfer) -> Code | None:
        assert transfer.pending is not None
        hold = self.known.get(transfer.pending)
        if hold is None:
            return Code.PENDING_NOT_FOUND
        if hold.kind != Kind.PENDING:
            return Code.PENDING_NOT_PENDING
        if not self._agrees(transfer, hold):
            return Code.PENDING_HAS_DIFFERENT_FIELDS
        return self._over(transfer, hold) or self._wrong_part(transfer, hold)

    def _agrees(self, transfer: Transfer, hold: Row) -> bool:
        return (
            transfer.debit in ("", self.by_id[hold.debit].code)
            and transfer.credit in ("", self.by_id[hold.credit].code)
            and transfer.currency in ("", hold.currency)
            and (transfer.kind == Kind.POST_PENDING or transfer.amount in (None, hold.amount))
        )

    def _over(self, transfer: Transfer, hold: Row) -> Code | None:
        end = self.ended.get(hold.id)
        if end is not None:
            return _ALREADY[end]
        due = hold.expires_at is not None and self.at >= hold.expires_at
        if transfer.kind == Kind.EXPIRE:
            return None if due else Code.PENDING_NOT_DUE
        return Code.PENDING_EXPIRED if due else None

    @staticmethod
    def _wrong_part(transfer: Transfer, hold: Row) -> Code | None:
        if transfer.amount is None:
            return None
        if transfer.amount <= 0:
            return Code.AMOUNT_NOT_POSITIVE
        return Code.EXCEEDS_PENDING_AMOUNT if transfer.amount > hold.amount else None

    def _move(self, row: Row, sign: int) -> None:
        debit, credit, amount = self.by_id[row.debit], self.by_id[row.credit], sign * row.amount
        if row.pending is not None:
            held = sign * self.known[row.pending].amount
            debit.debits_pending -= held
            credit.credits_pending -= held
        if row.kind in (Kind.POST, Kind.POST_PENDING):
            debit.debits_posted += amount
            credit.credits_posted += amount
        elif row.kind == Kind.PENDING:
            debit.debits_pending += amount
            credit.credits_pending += amount


_ALREADY = {
    Kind.POST_PENDING: Code.PENDING_ALREADY_POSTED,
    Kind.VOID: Code.PENDING_ALREADY_VOIDED,
    Kind.EXPIRE: Code.PENDING_EXPIRED,
}


def chains(batch: Sequence[Transfer]) -> Iterator[tuple[int, Sequence[Transfer]]]:
    """Cut a batch into its chains: (place of the first, members); a transfer that is not linked stands alone."""
    first = 0
    for place, transfer in enumerate(batch):
        if not transfer.linked or place == len(batch) - 1:
            yield first, batch[first : place + 1]
            first = place + 1
