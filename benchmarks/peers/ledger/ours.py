"""Our ledger through its service, all features on: limits, holds, chains, codes, idempotency, the journal's hash chain.

DATABASE_URL=... python ours.py - DEED (prepare | run SIZE SECONDS WARM NUMBER | check | reads ROWS | ...)
"""

from __future__ import annotations

import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from bolanggu.interfaces.cli import django_setup

sys.path.insert(0, str(Path(__file__).resolve().parent))
from work import ACCOUNTS, pairs, timed, told

AT = datetime(2026, 3, 1, tzinfo=UTC)


def prepare() -> dict:
    """Migrate and open fifty accounts."""
    from bolanggu.platform.accounts.grants import Actor
    from bolanggu.platform.ledger import Opening, services

    by = Actor("bench", frozenset({"finance"}))
    services.open_accounts(by=by, at=AT, openings=[Opening(f"a:{i}", "CNY") for i in range(ACCOUNTS)])
    return {}


def run(size: int, seconds: float, warm: float, number: int) -> dict:
    """Post batches of ``size``."""
    from bolanggu.platform.accounts.grants import Actor
    from bolanggu.platform.ledger import Code, Transfer, services

    by = Actor("bench", frozenset({"finance"}))

    def step(some: list[tuple[int, int]]) -> None:
        batch = [
            Transfer(uuid.uuid4(), f"a:{debit}", f"a:{credit}", 1, "CNY", purpose="bench", ref="YW-1")
            for debit, credit in some
        ]
        codes = services.post(by=by, at=AT, batch=batch)
        assert codes.count(Code.OK) == len(batch)

    return timed(step, size=size, seconds=seconds, warm=warm, number=number)


def check() -> dict:
    """Conservation, how many transfers stand, and their size on disk."""
    from django.db import connection

    from bolanggu.platform.ledger import selectors
    from bolanggu.platform.ledger.models import TransferRow

    left = selectors.sums()["CNY"]
    size = 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(
                "SELECT sum(pg_total_relation_size(c)) FROM unnest(%s::regclass[]) c",
                [["ledger_transfer", "journal_entry"]],
            )
            size = int(cursor.fetchone()[0])
    return {"conserved": left.posted == left.pending == 0, "transfers": TransferRow.objects.count(), "bytes": size}


def verify() -> dict:
    """How fast the whole ledger is replayed."""
    from bolanggu.platform.ledger.verification import verify as replay

    began = time.perf_counter()
    report = replay()
    return {"transfers": report.transfers, "seconds": time.perf_counter() - began, "faults": len(report.faults)}


def reads(rows: int) -> dict:
    """Read balances among ``rows`` transfers: p95 of one read."""
    from django.db import connection

    from bolanggu.platform.ledger import selectors

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_transfer")
        have = cursor.fetchone()[0]
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO ledger_transfer (id, batch, debit_id, credit_id, amount, at, row, kind, linked, currency,"
            " purpose, ref) SELECT gen_random_uuid(), 1000000 + i / 1000, 1 + mod(i, 49), 2 + mod(i, 49), 1, now(),"
            " mod(i, 1000), 1, false, 'CNY', 'bench', 'YW-1' FROM generate_series(1, %s) i",
            [max(0, rows - have)],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE ledger_transfer")
    taken = []
    for debit, _ in pairs(1, 2000):
        began = time.perf_counter()
        assert selectors.balance(f"a:{debit}") is not None
        taken.append(time.perf_counter() - began)
    taken.sort()
    return {"rows": max(rows, have), "p95_ms": 1000 * taken[int(len(taken) * 0.95)]}


def simulate(steps: int) -> dict:
    """Send numbered worlds to the ledger and the oracle; an exception is a difference."""
    from tests.platform.ledger.simulation import Run

    done, crashes, number = 0, 0, 0
    while done < steps:
        went = Run(number).go(500)
        done += went.steps
        crashes += went.crashes
        number += 1
    return {"steps": done, "numbers": number, "crashes": crashes, "differences": 0}


if __name__ == "__main__":
    django_setup.start()
    deed, arguments = sys.argv[2], sys.argv[3:]
    if deed == "run":
        told(run(int(arguments[0]), float(arguments[1]), float(arguments[2]), int(arguments[3])))
    else:
        deeds = {"prepare": prepare, "check": check, "verify": verify, "reads": reads, "simulate": simulate}
        told(deeds[deed](*map(int, arguments)))
