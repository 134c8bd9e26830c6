"""A batch that is decided without balances is decided as the book decides it, in whatever order its transfers come."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.platform.ledger.conftest import AT
from tests.platform.ledger.world import OPENINGS, World

from bolanggu.platform.ledger import Code, Kind, Limit, Transfer, key
from bolanggu.platform.ledger.book import Balance, Book
from bolanggu.platform.ledger.plain_batch import Known, decide_plain
from bolanggu.platform.ledger.transfers import LARGEST

KNOWN = {o.code: Known(i, o.currency, o.limited.value) for i, o in enumerate(OPENINGS, 1)}
PLENTY = 10**15


def book() -> Book:
    """A book in which no limit is near."""
    balances = [
        Balance(k.id, code, k.currency, k.limited, *((0, PLENTY) if k.limited == Limit.DEBITS else (PLENTY, 0)))
        for code, k in KNOWN.items()
    ]
    return Book(balances=balances, rows=[], at=AT, closed_through=None)


def move(name: str, debit: str = "bank", credit: str = "buyer", amount: int = 5, **fields: object) -> Transfer:
    return Transfer(key(name), debit, credit, amount, "CNY", **fields)


def worlds() -> list[list[Transfer]]:
    """Batches of numbered worlds, without what ends holds and what no bigint holds (the database judges that)."""
    made = []
    for number in range(60):
        world = World(number)
        for _ in range(20):
            batch = [t for t in world.batch() if t.pending is None and t.amount < PLENTY]
            if batch:
                made.append(batch)
                made.append([replace(t, linked=False) for t in batch])
    return made


def test_what_it_accepts_the_book_accepts_with_the_same_rows_and_sums():
    accepted = 0
    for batch in worlds():
        decided = decide_plain(batch, KNOWN)
        if decided is None:
            continue
        accepted += 1
        beside = book()
        before = {b.id: b.sides() for b in beside.by_id.values()}
        assert beside.decide(batch) == [Code.OK] * len(batch)
        rows, changes = decided
        assert rows == beside.accepted
        added = {
            number: tuple(n - o for n, o in zip(beside.by_id[number].sides(), before[number], strict=True))
            for number in before
        }
        assert {c.id: c.sides for c in changes if any(c.sides)} == {
            n: sides for n, sides in added.items() if any(sides)
        }
    assert accepted > 200


def test_what_it_accepts_gives_the_same_in_any_order():
    chance, shuffled = random.Random(7), 0
    for batch in worlds():
        decided = decide_plain(batch, KNOWN)
        if decided is None or any(t.linked for t in batch):
            continue
        other = list(batch)
        chance.shuffle(other)
        again = decide_plain(other, KNOWN)
        assert again is not None
        assert again[1] == decided[1]
        shuffled += len(batch) > 1
    assert shuffled > 50


@pytest.mark.parametrize(
    "batch",
    [
        [move("a", "nobody")],
        [move("a", "buyer", "buyer")],
        [move("a", amount=0)],
        [move("a", amount=LARGEST + 1)],
        [move("a", amount=LARGEST), move("b", amount=1)],
        [replace(move("a"), currency="USD")],
        [move("a", credit="pool-usd")],
        [move("a"), move("a")],
        [move("a"), move("b", linked=True)],
        [move("a", "bank", "buyer"), move("b", "buyer", "shop")],
    ],
    ids=[
        "unknown",
        "same",
        "nothing",
        "huge",
        "huge sum",
        "currency",
        "ledgers",
        "twice",
        "open chain",
        "order matters",
    ],
)
def test_anything_else_is_left_to_the_book(batch):
    assert decide_plain(batch, KNOWN) is None


def test_holds_count_on_the_pending_sides():
    decided = decide_plain([move("a", kind=Kind.PENDING, expires_at=AT)], KNOWN)
    assert decided is not None
    assert {c.id: c.sides for c in decided[1] if any(c.sides)} == {1: (0, 0, 5, 0), 2: (0, 0, 0, 5)}
