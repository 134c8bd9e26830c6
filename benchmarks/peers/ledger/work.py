"""The work that every ledger does: numbered pairs of the same fifty accounts, timed after a warm-up."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable

ACCOUNTS = 50


def pairs(number: int, count: int, *, skewed: bool = False) -> list[tuple[int, int]]:
    """Numbered (debit, credit) pairs of different accounts; skewed: a fifth of the accounts takes four fifths."""
    chance = random.Random(number)

    def one() -> int:
        return chance.randrange(ACCOUNTS // 5 if skewed and chance.random() < 0.8 else ACCOUNTS)

    made = []
    while len(made) < count:
        debit, credit = one(), one()
        if debit != credit:
            made.append((debit, credit))
    return made


def timed(
    step: Callable[[list[tuple[int, int]]], None], *, size: int, seconds: float, warm: float, number: int
) -> dict:
    """Run ``step`` on slices of ``size`` pairs for a fixed time after a warm-up; committed transfers and latencies."""
    supply, place = pairs(number, 100_000), 0

    def turn() -> None:
        nonlocal place
        step(supply[place : place + size])
        place = (place + size) % (len(supply) - size)

    end = time.perf_counter() + warm
    while time.perf_counter() < end:
        turn()
    taken: list[float] = []
    start = last = time.perf_counter()
    while last - start < seconds:
        turn()
        now = time.perf_counter()
        taken.append(now - last)
        last = now
    taken.sort()
    return {
        "transfers": len(taken) * size,
        "seconds": last - start,
        "p95_ms": 1000 * taken[min(len(taken) - 1, int(len(taken) * 0.95))],
    }


def told(document: dict) -> None:
    """Print the result for whoever started this."""
    sys.stdout.write(json.dumps(document) + "\n")
