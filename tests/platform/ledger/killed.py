"""A ledger whose process is killed: it forks writers that end themselves by SIGKILL at a chosen point.

Each writer posts the batches of a numbered world from a given one on, and tells each answer over a pipe. After the
kill the batch that had no answer is sent again. The oracle says what must stand.

    python -m tests.platform.ledger.killed NUMBER BATCHES POINT…

A point is ``statement:K`` (before the Kth statement of the batch), ``before_commit``, ``after_commit``, ``after_add``
(on PostgreSQL: behind a plain batch, which is its own transaction) or ``after:MS`` (by the parent, that many
milliseconds after the writer began).
"""

from __future__ import annotations

import copy
import json
import os
import signal
import sys
import time

from bolanggu.interfaces.cli import django_setup


def write(number: int, start: int, batches: int, point: str | None, pipe: int) -> None:
    """Post batches from ``start`` on; the point applies to the first of them."""
    from django.db.backends.base.base import BaseDatabaseWrapper
    from tests.platform.ledger.simulation import BY, ended_at
    from tests.platform.ledger.world import World

    from bolanggu.platform.ledger import services
    from bolanggu.platform.ledger.postgresql_tables import PostgreSQL

    world = World(number)
    sent = [(world.batch(), world.now()) for _ in range(batches)]
    commit = BaseDatabaseWrapper._commit
    if point in ("before_commit", "after_commit"):

        def killed(self):
            if point == "after_commit":
                commit(self)
            os.kill(os.getpid(), signal.SIGKILL)

        BaseDatabaseWrapper._commit = killed
    if point == "after_add":
        add = PostgreSQL.add

        def added(*arguments):
            if add(*arguments):
                os.kill(os.getpid(), signal.SIGKILL)
            return False

        PostgreSQL.add = added
    last = int(point.partition(":")[2]) if point and point.startswith("statement") else None
    with ended_at(last, lambda: os.kill(os.getpid(), signal.SIGKILL)):
        for place in range(start, batches):
            batch, at = sent[place]
            codes = services.post(by=BY, at=at, batch=batch, market=number)
            os.write(pipe, (json.dumps([place, [c.value for c in codes]]) + "\n").encode())
            if place > start and point and point.startswith("statement"):
                break
    os._exit(0)


def forked(number: int, start: int, batches: int, point: str | None) -> tuple[list, int]:
    """Answers of a writer, and the signal that ended it (0: none)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write(number, start, batches, point, writing)
    os.close(writing)
    if point and point.startswith("after:"):
        time.sleep(float(point.partition(":")[2]) / 1000)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as lines:
        answers = [json.loads(line) for line in lines if line.endswith("\n")]
    _, status = os.waitpid(child, 0)
    return answers, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def main(number: int, batches: int, points: list[str]) -> dict:
    """Kill at every point in turn, resend, compare with the oracle after each; returns what happened."""
    django_setup.start()
    from django.db import connection
    from tests.platform.ledger.oracle import Oracle
    from tests.platform.ledger.simulation import BY
    from tests.platform.ledger.world import OPENINGS, START, World

    from bolanggu.platform.ledger import services
    from bolanggu.platform.ledger.verification import verify

    services.open_accounts(by=BY, at=START, openings=OPENINGS, market=number)
    world, oracle = World(number), Oracle(OPENINGS)
    sent = [(world.batch(), world.now()) for _ in range(batches)]
    place, kills, committed = 0, 0, 0
    for point in [*points, None]:
        connection.close()
        answers, ended = forked(number, place, batches, point)
        for at_place, codes in answers:
            assert oracle.post(*sent[at_place]) == codes, f"number {number}, batch {at_place}, {point}"
            place = at_place + 1
        kills += ended == signal.SIGKILL
        if place < batches and ended:
            committed += _settled(oracle, sent[place], number, point)
    report = verify(market=number)
    assert place == batches, f"{place} of {batches} batches"
    assert report.faults == [], report.faults[:3]
    assert report.transfers == len(oracle.transfers)
    return {"kills": kills, "committed": committed, "transfers": report.transfers}


def _settled(oracle, unanswered, number: int, point: str | None) -> int:
    """Whether the batch without an answer stands; it must stand wholly or not at all, and as the point says."""
    without, with_it = copy.deepcopy(oracle), copy.deepcopy(oracle)
    with_it.post(*unanswered)
    stands = _stored(number)
    assert stands in (_said(without), _said(with_it)), f"number {number}, {point}: neither before nor after"
    changed = _said(without) != _said(with_it)
    committed = changed and stands == _said(with_it)
    if changed and point in ("after_commit", "after_add"):
        assert committed, point
    if changed and point and (point.startswith("statement") or (point == "before_commit" and not _commits_itself())):
        assert not committed, point
    if committed:
        oracle.post(*unanswered)
    return int(committed)


def _commits_itself() -> bool:
    """On PostgreSQL the commit travels with the batch: when Django commits, it is done."""
    from django.db import connection

    return connection.vendor == "postgresql"


def _said(oracle) -> dict:
    return {c: (a["dp"], a["cp"], a["dh"], a["ch"]) for c, a in oracle.accounts.items()} | {"n": len(oracle.transfers)}


def _stored(number: int) -> dict:
    from bolanggu.platform.ledger import selectors
    from bolanggu.platform.ledger.models import TransferRow

    found = {
        b.code: (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)
        for b in selectors.under("", market=number)
    }
    return found | {"n": TransferRow.objects.filter(market=number).count()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])))
