"""A plain batch: movements and holds among known accounts, decided without reading a balance or taking a lock.

What an account is (id, currency, limit) never changes once it is opened, so it may be remembered. Where every transfer
is right by that alone, and no limited account is both burdened and relieved, only the sums matter, and the database's
constraints judge those. Anything else is left to the book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bolanggu.platform.ledger.book import Row
from bolanggu.platform.ledger.transfers import LARGEST, Kind, Limit, Transfer


class Known(NamedTuple):
    """What an account is for ever."""

    id: int
    currency: str
    limited: str


class Change(NamedTuple):
    """What a batch adds to the four sums of an account, in the order of `models.SIDES`."""

    id: int
    sides: tuple[int, int, int, int]


#: The rows of a batch of which every transfer is accepted, and what it adds to its accounts.
Decided = tuple[list[Row], list[Change]]


def decide_plain(batch: Sequence[Transfer], known: Mapping[str, Known]) -> Decided | None:
    """Decide a batch that ends no hold; None where the accounts' nature does not suffice to accept all of it.

    >>> a, b = Known(1, "CNY", "none"), Known(2, "CNY", "debits")
    >>> from bolanggu.platform.ledger.transfers import key
    >>> decide_plain([Transfer(key("x"), "a", "b", 5, "CNY")], {"a": a, "b": b})[1]
    [Change(id=1, sides=(5, 0, 0, 0)), Change(id=2, sides=(0, 5, 0, 0))]
    """
    rows: list[Row] = []
    sums: dict[int, list[int]] = {account.id: [0, 0, 0, 0] for account in known.values()}
    burdened: set[int] = set()
    relieved: set[int] = set()
    for place, t in enumerate(batch):
        debit, credit, amount = known.get(t.debit), known.get(t.credit), t.amount
        if debit is None or credit is None or debit is credit or amount is None or amount <= 0:
            return None
        if not debit[1] == credit[1] == t.currency:
            return None
        if debit[2] != Limit.NONE:
            (burdened if debit[2] == Limit.DEBITS else relieved).add(debit[0])
        if credit[2] != Limit.NONE:
            (burdened if credit[2] == Limit.CREDITS else relieved).add(credit[0])
        first = 0 if t.kind == Kind.POST else 2
        sums[debit[0]][first] += amount
        sums[credit[0]][first + 1] += amount
        rows.append(
            Row(
                t.id,
                place,
                t.kind,
                debit[0],
                credit[0],
                amount,
                t.currency,
                None,
                t.expires_at,
                t.purpose,
                t.ref,
                t.linked,
            )
        )
    alone = len({t.id for t in batch}) == len(batch) and not batch[-1].linked and not burdened & relieved
    if not alone or max(map(max, sums.values())) > LARGEST:
        return None
    return rows, [Change(number, tuple(sides)) for number, sides in sorted(sums.items())]  # type: ignore[arg-type]
