"""A day of many orders, fuzzed: acts of many groups interleaved, repeated, too early, broken off; it settles to zero.

    python -m tests.market.settlement.fuzzed_day NUMBER ORDERS

The same number makes the same day. Prints what happened, and what is left where nothing may be left.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bolanggu.interfaces.cli import django_setup

AT = datetime(2025, 1, 6, 8, tzinfo=UTC)
CURRENCIES = ["USD", "USD", "USD", "EUR", "GBP", "CNY", "JPY", "AED"]
#: Accounts that hold other people's money, by the last part of their code: at the end of the day nothing is on them.
EMPTY = ("funds", "charges", "payable", "capital", "receivable", "liquidity")


class Day:
    """Groups of orders and what is still to be done for each, in order."""

    def __init__(self, number: int, orders: int, sizes: tuple[int, ...] = (1, 2, 5, 12, 30, 60, 120, 250)) -> None:
        from bolanggu.market.settlement import rates
        from bolanggu.platform.accounts.grants import Actor

        self.random = random.Random(number)
        self.by = Actor("finance", frozenset({"finance"}))
        self.rates, self.others = rates.on(date(2025, 1, 6)), rates.on(date(2024, 1, 2))
        self.told: Counter[str] = Counter()
        self.lines: dict[str, tuple[str, str, int]] = {}
        self.open: dict[str, list[Callable[[], object]]] = {}
        left = orders
        while left > 0:
            group = f"G{len(self.open):06d}"
            size = min(left, self.random.choice(sizes))
            self.open[group] = self._acts(group, size)
            left -= size
        self.told["orders"], self.told["groups"] = orders, len(self.open)

    def _due(self, group: str, size: int) -> object:
        from bolanggu.market.settlement.inputs import GroupDue, LineDue, OrderDue, TermsDue

        chance, made = self.random, []
        for place in range(size):
            order = f"{group}-{place:03d}"
            minors = [
                chance.choice([0, 1, 99, chance.randrange(10**4, 10**7)]) for _ in range(chance.choice([1, 1, 2, 5]))
            ]
            lines = tuple(LineDue(f"{order}/{i}", minor) for i, minor in enumerate(minors))
            made.append(OrderDue(order, f"M{chance.randrange(300)}", "CNY", lines))
        self.lines[group] = max(
            ((o.order, line.line, line.minor) for o in made for line in o.lines), key=lambda x: x[2]
        )
        terms = TermsDue(
            deposit_bp=chance.choice([0, 1, 3000, 10000]),
            commission_buyer_bp=chance.choice([0, 300]),
            commission_merchant_bp=chance.choice([0, 150, 500]),
        )
        currency = chance.choice(CURRENCIES)
        return GroupDue(group, f"B{chance.randrange(99)}", "A1", currency, tuple(made), ("A1",), "F1", terms)

    def _acts(self, group: str, size: int) -> list[Callable[[], object]]:
        from bolanggu.market.settlement import services
        from bolanggu.market.settlement.inputs import ChargeDue

        due, chance = self._due(group, size), self.random
        common = {"by": self.by, "at": AT, "group": group}
        spread = {"rates": self.rates, "spread_bp": 30}
        charges = [
            ChargeDue(f"{group}-F", "ocean_freight", "buyer", "C1", "USD", chance.randrange(1, 90_000)),
            ChargeDue(f"{group}-T", "terminal_handling", "agent", "C1", "CNY", 118_000),
            ChargeDue(f"{group}-D", "bill_of_lading", "buyer", "W1", "CNY", 45_000),
        ]
        order, line, minor = self.lines[group]
        acts = [
            partial(services.plan, by=self.by, at=AT, group=due, **spread),
            partial(self._receive, group, "deposit"),
            partial(services.allocate, **common, stage="deposit"),
            partial(services.charge, **common, charges=charges[: chance.randrange(4)], **spread),
            partial(self._receive, group, "outstanding"),
            partial(services.allocate, **common, stage="balance"),
            partial(services.collect, **common),
            partial(services.take_commission, **common),
            partial(services.convert, **common, rates=self.rates if chance.random() < 0.95 else self.others),
            partial(services.pay_suppliers, **common),
        ]
        if chance.random() < 0.2 and minor > 200:
            advance = partial(self._advance, group, order, minor // 4)
            acts[1:1] = [advance]
        if chance.random() < 0.2 and minor > 200:
            acts += self._dispute(group, order, line, minor // 3)
        return [*acts, partial(services.pay_out, **common), partial(services.repay_funder, **common)]

    def _receive(self, group: str, what: str) -> None:
        """Receive what is due, if anything is; the number follows from what came before: nothing comes twice."""
        from bolanggu.market.settlement import selectors, services

        owed = selectors.due(group)
        minor = max(0, owed.deposit - owed.received) if what == "deposit" else owed.outstanding
        facts = {"by": self.by, "at": AT, "group": group, "payer": "B", "payee": "A1"}
        if minor:
            services.receive(**facts, number=f"{group}-R{owed.received}", minor=minor)

    def _advance(self, group: str, order: str, minor: int) -> None:
        from bolanggu.market.settlement import services

        facts = {"order": order, "funder": "F1", "minor": minor, "due_at": AT + timedelta(days=30)}
        services.advance(by=self.by, at=AT, group=group, number=f"{group}-V", **facts)

    def _dispute(self, group: str, order: str, line: str, minor: int) -> list[Callable[[], object]]:
        from bolanggu.market.settlement import services
        from bolanggu.market.settlement.inputs import LineDue

        common = {"by": self.by, "at": AT, "group": group}
        return [
            partial(services.hold_payouts, **common, number=f"{group}-H", order=order, reason="short", minor=minor),
            partial(services.pay_out, **common),
            partial(services.refund, **common, number=f"{group}-B", order=order, lines=[LineDue(line, minor // 2)]),
            partial(services.convert, **common, rates=self.rates),
            partial(services.release_payouts, **common, number=f"{group}-H"),
            partial(self._give_back, group),
        ]

    def _give_back(self, group: str) -> None:
        from bolanggu.market.settlement import accounts, selectors, services
        from bolanggu.platform.ledger import selectors as ledger

        plan = selectors.plan_of(group)
        balance = ledger.balance(accounts.funds(group, plan.currency))
        if balance is not None and balance.available:
            facts = {"number": f"{group}-Z", "minor": balance.available}
            services.return_to_buyer(by=self.by, at=AT, group=group, **facts)

    def go(self) -> dict[str, object]:
        """Do everything; acts that are refused for want of money come again when others have moved."""
        rounds = 0
        while self.open and rounds < 60 * self.told["groups"]:
            rounds += 1
            group = self.random.choice(list(self.open)) if rounds % 7 else next(iter(self.open))
            acts = self.open[group]
            if self.random.random() < 0.15 and len(acts) > 1 and not self._final(acts[1]):
                self._try(acts[1], "early")
            if self._try(acts[0], "acts"):
                if self.random.random() < 0.15:
                    self._try(acts[0], "repeated")
                acts.pop(0)
            if not acts:
                del self.open[group]
        return self.result()

    @staticmethod
    def _final(act: Callable[[], object]) -> bool:
        """True for what cannot be made good afterwards: money paid out is not there to be refunded."""
        from bolanggu.market.settlement import services

        return isinstance(act, partial) and act.func in (services.pay_out, services.charge)

    def _try(self, act: Callable[[], object], what: str) -> bool:
        from tests.platform.ledger.simulation import Crash, ended_at

        from bolanggu.market.settlement.selectors import UnknownPlan
        from bolanggu.market.settlement.services.advance import AdvanceTooLarge
        from bolanggu.market.settlement.services.allocate import DepositNotHeld
        from bolanggu.market.settlement.services.hold_payouts import UnknownHold
        from bolanggu.market.settlement.services.refund import RefundTooLarge
        from bolanggu.platform.ledger.services import NotPosted

        if self.random.random() < 0.05:
            try:
                with ended_at(self.random.randrange(1, 25)):
                    act()
            except Crash:
                self.told["crashes"] += 1
            except (NotPosted, DepositNotHeld, UnknownPlan, UnknownHold, RefundTooLarge, AdvanceTooLarge):
                self.told["refused"] += 1
        try:
            act()
        except (NotPosted, DepositNotHeld, UnknownPlan, UnknownHold, RefundTooLarge, AdvanceTooLarge):
            self.told["refused"] += 1
            return False
        self.told[what] += 1
        return True

    def result(self) -> dict[str, object]:
        """What happened, and every balance that is not what it must be."""
        from bolanggu.platform.ledger import selectors as ledger
        from bolanggu.platform.ledger.verification import verify

        left = [
            [b.code, b.posted, b.debits_pending, b.credits_pending]
            for b in ledger.under("")
            if b.debits_pending or b.credits_pending or (b.code.rpartition(":")[2] in EMPTY and b.posted)
        ]
        report = verify()
        return {
            **self.told,
            "unfinished": len(self.open),
            "left": left,
            "sums": {currency: [s.posted, s.pending] for currency, s in ledger.sums().items()},
            "transfers": report.transfers,
            "faults": [fault.message for fault in report.faults][:5],
        }


def main(number: int, orders: int) -> None:
    """Run one day in the database at hand and print its result."""
    django_setup.start()
    began = time.monotonic()
    result = Day(number, orders).go()
    sys.stdout.write(json.dumps(result | {"seconds": round(time.monotonic() - began, 1)}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
