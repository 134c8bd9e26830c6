"""A numbered world of batches: hot accounts, amounts near limits, repeats, changes, reorders, bad ends, clock jumps."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bolanggu.platform.ledger import Kind, Limit, Opening, Transfer, key

OPENINGS = [
    Opening("bank", "CNY", Limit.CREDITS),
    Opening("buyer", "CNY", Limit.DEBITS),
    Opening("shop", "CNY", Limit.DEBITS),
    Opening("pool", "CNY"),
    Opening("pool-usd", "USD"),
    Opening("bank-usd", "USD", Limit.CREDITS),
    Opening("buyer-usd", "USD", Limit.DEBITS),
]
CNY = ["bank", "buyer", "shop", "pool"]
USD = ["pool-usd", "bank-usd", "buyer-usd"]
START = datetime(2026, 3, 1, tzinfo=UTC)


class World:
    """Makes batches from one number; the same number makes the same batches."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.random = random.Random(number)
        self.made: list[Transfer] = []
        self.batches: list[list[Transfer]] = []
        self.clock = START
        self.serial = 0

    def now(self) -> datetime:
        """A clock that mostly goes on and sometimes jumps, back or forth."""
        hours = self.random.choice([0, 0, 1, 1, 2, 5, 30, -3])
        self.clock += timedelta(hours=hours, seconds=self.random.randrange(60))
        return self.clock

    def batch(self) -> list[Transfer]:
        """A fresh batch, or one that was sent before, perhaps in another order."""
        chance = self.random.random()
        if self.batches and chance < 0.10:
            return self.random.choice(self.batches)
        if self.batches and chance < 0.14:
            again = list(self.random.choice(self.batches))
            self.random.shuffle(again)
            return again
        size = self.random.choice([1, 1, 2, 3, 8, 20, 40])
        made = [self._transfer() for _ in range(size)]
        self.batches.append(made)
        return made

    def _transfer(self) -> Transfer:
        roll = self.random.random()
        if self.made and roll < 0.06:
            return self.random.choice(self.made)
        if self.made and roll < 0.10:
            return self._changed(self.random.choice(self.made))
        if roll < 0.16:
            transfer = self._bad()
        elif roll < 0.42:
            transfer = self._ending()
        else:
            transfer = self._move(self.random.random() < 0.35)
        self.made.append(transfer)
        return transfer

    def _identity(self):
        self.serial += 1
        return key("world", self.number, self.serial)

    def _linked(self) -> bool:
        return self.random.random() < 0.22

    def _amount(self) -> int:
        return self.random.choice([1, 2, 3, 5, 8, 40, 41, self.random.randrange(1, 120)])

    def _move(self, hold: bool) -> Transfer:
        names, currency = (CNY, "CNY") if self.random.random() < 0.75 else (USD, "USD")
        debit, credit = self.random.sample(names, 2)
        if self.random.random() < 0.35:
            debit, credit = ("bank", "buyer") if currency == "CNY" else ("bank-usd", "buyer-usd")
        until = (
            self.clock + timedelta(hours=self.random.randrange(1, 40)) if hold and self.random.random() < 0.6 else None
        )
        return Transfer(
            id=self._identity(),
            kind=Kind.PENDING if hold else Kind.POST,
            debit=debit,
            credit=credit,
            amount=self._amount(),
            currency=currency,
            expires_at=until,
            purpose=self.random.choice(["", "deposit", "尾款"]),
            ref=self.random.choice(["", "YW-1", "YW-2"]),
            linked=self._linked(),
        )

    def _ending(self) -> Transfer:
        holds = [t for t in self.made[-60:] if t.kind == Kind.PENDING]
        roll = self.random.random()
        if roll < 0.06 or not holds:
            pending = key("nobody", self.serial)
        elif roll < 0.10:
            pending = self.random.choice(self.made).id
        else:
            pending = self.random.choice(holds).id
        kind = self.random.choice([Kind.POST_PENDING, Kind.POST_PENDING, Kind.VOID, Kind.EXPIRE])
        amount = self.random.choice([None, None, self._amount(), 0]) if self.random.random() < 0.7 else None
        named = self.random.choice(holds) if holds and self.random.random() < 0.2 else None
        return Transfer(
            id=self._identity(),
            kind=kind,
            pending=pending,
            amount=amount,
            debit=named.debit if named else "",
            credit=named.credit if named else "",
            currency=named.currency if named else "",
            linked=self._linked(),
        )

    def _bad(self) -> Transfer:
        good = self._move(self.random.random() < 0.3)
        fields = self.random.choice(
            [
                {"amount": 0},
                {"amount": -self._amount()},
                {"amount": 2**63 - 1, "debit": "pool", "credit": "shop", "currency": "CNY"},
                {"credit": good.debit},
                {"debit": "nobody"},
                {"credit": "nobody", "debit": "nowhere"},
                {"currency": "EUR"},
                {"credit": "pool-usd" if good.currency == "CNY" else "pool"},
            ]
        )
        return replace(good, **fields)

    def _changed(self, old: Transfer) -> Transfer:
        change = self.random.choice(["amount", "purpose", "ref", "linked", "debit"])
        value = {
            "amount": (old.amount or 0) + 1,
            "purpose": old.purpose + "x",
            "ref": "YW-3",
            "linked": not old.linked,
            "debit": "pool" if old.debit != "pool" else "shop",
        }[change]
        return replace(old, **{change: value})
