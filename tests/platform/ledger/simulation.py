"""The simulation: a numbered world sent to the ledger and to the oracle, with crashes, compared after every batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from unittest import mock

from django.db import connection, transaction
from tests.platform.ledger.oracle import Oracle
from tests.platform.ledger.world import OPENINGS, START, World

from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.ledger import selectors, services
from bolanggu.platform.ledger.models import TransferRow
from bolanggu.platform.ledger.transfers import Kind
from bolanggu.platform.ledger.verification import verify

BY = Actor("simulation", frozenset({"world"}))


class Crash(BaseException):
    """The process ends here."""


def _crash() -> None:
    raise Crash


@contextmanager
def ended_at(last: int | None, end: Callable[[], None] = _crash) -> Iterator[None]:
    """End instead of the ``last``th statement, on either database; savepoints are no statements."""
    seen = 0

    def stop(sql: str) -> None:
        nonlocal seen
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen += 1
            if seen == last:
                end()

    if connection.vendor == "postgresql":
        import psycopg

        execute = psycopg.Cursor.execute

        def sent(cursor, sql, *rest, **facts):
            stop(str(sql))
            return execute(cursor, sql, *rest, **facts)

        with mock.patch.object(psycopg.Cursor, "execute", sent):
            yield
        return

    def wrapper(call, sql, params, many, context):
        stop(sql)
        return call(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


@dataclass
class Told:
    """What a run went through."""

    steps: int = 0
    batches: int = 0
    crashes: int = 0
    codes: Counter = field(default_factory=Counter)
    crash_points: Counter = field(default_factory=Counter)


class Run:
    """One numbered run in a market of its own."""

    def __init__(self, number: int) -> None:
        self.number, self.market = number, number + 1
        self.world, self.oracle, self.told = World(number), Oracle(OPENINGS), Told()
        services.open_accounts(by=BY, at=START, openings=OPENINGS, market=self.market)

    def go(self, steps: int) -> Told:
        """Send batches until ``steps`` transfers were sent; AssertionError names number and batch on a difference."""
        while self.told.steps < steps:
            self._turn()
        report = verify(market=self.market)
        assert report.faults == [], f"number {self.number}: {report.faults[:3]}"
        assert report.transfers == len(self.oracle.transfers)
        return self.told

    def _turn(self) -> None:
        chance = self.world.random.random()
        if chance < 0.05:
            self._expire()
        elif chance < 0.055:
            self._close()
        batch, at = self.world.batch(), self.world.now()
        if self.world.random.random() < 0.15:
            self._crash(batch, at)
        said = services.post(by=BY, at=at, batch=batch, market=self.market)
        expected = self.oracle.post(batch, at)
        where = f"number {self.number}, batch {self.told.batches}"
        differing = [(i, a.value, b) for i, (a, b) in enumerate(zip(said, expected, strict=True)) if a.value != b]
        assert not differing, f"{where}: transfer {differing[0]} {batch[differing[0][0]]}"
        self.told.steps += len(batch)
        self.told.batches += 1
        self.told.codes.update(expected)
        self._compare(where)

    def _crash(self, batch: list, at: object) -> None:
        """End at the nth statement, or after the commit with the answer lost; the batch is sent again afterwards."""
        last = self.world.random.choice([1, 2, 3, 4, 5, 6, 7, 8, None])
        self.told.crashes += 1
        try:
            with ended_at(last), transaction.atomic():
                services.post(by=BY, at=at, batch=batch, market=self.market)
        except Crash:
            self.told.crash_points[last] += 1
            return
        self.told.crash_points["answer lost"] += 1
        self.oracle.post(batch, at)

    def _expire(self) -> None:
        at = self.world.now()
        released = services.expire_due(by=BY, at=at, market=self.market)
        due = [i for i, h in self.oracle.holds.items() if h["state"] == "held" and h["until"] and h["until"] <= at]
        if self.oracle.closed_through is not None and at <= self.oracle.closed_through:
            assert released == 0
            return
        assert released == len(due), f"number {self.number}"
        for hold in due:
            _, debit, credit, amount, *_ = self.oracle.transfers[hold]
            self.oracle.accounts[debit]["dh"] -= amount
            self.oracle.accounts[credit]["ch"] -= amount
            self.oracle.holds[hold]["state"] = "expired"
        for row in TransferRow.objects.filter(market=self.market, pending__in=due):
            self.oracle.transfers[row.pk] = None

    def _close(self) -> None:
        through = self.world.clock - timedelta(hours=self.world.random.randrange(1, 60))
        services.close_period(by=BY, at=self.world.clock, through=through, market=self.market)
        self.oracle.closed_through = max(through, self.oracle.closed_through or through)

    def _compare(self, where: str) -> None:
        left = Counter()
        for code, balance in selectors.balances([o.code for o in OPENINGS], market=self.market).items():
            left[balance.currency, "posted"] += balance.credits_posted - balance.debits_posted
            left[balance.currency, "pending"] += balance.credits_pending - balance.debits_pending
            expected = self.oracle.accounts[code]
            stored = (
                balance.debits_posted,
                balance.credits_posted,
                balance.debits_pending,
                balance.credits_pending,
            )
            assert stored == (expected["dp"], expected["cp"], expected["dh"], expected["ch"]), f"{where}: {code}"
            if balance.limited == "debits":
                assert balance.debits_posted + balance.debits_pending <= balance.credits_posted, where
            if balance.limited == "credits":
                assert balance.credits_posted + balance.credits_pending <= balance.debits_posted, where
        assert not any(left.values()), f"{where}: {left}"
        if self.told.batches % 10 == 0:
            self._compare_holds(where)

    def _compare_holds(self, where: str) -> None:
        rows = TransferRow.objects.filter(market=self.market)
        ended = set(rows.filter(pending__isnull=False).values_list("pending", flat=True))
        held = set(rows.filter(kind=Kind.PENDING).values_list("pk", flat=True)) - ended
        assert held == {i for i, h in self.oracle.holds.items() if h["state"] == "held"}, where
        assert rows.count() == len(self.oracle.transfers), where
