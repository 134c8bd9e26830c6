"""Count what comes in at the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bolanggu.market.warehousing.errors import CountDoesNotAddUp
from bolanggu.market.warehousing.inputs import Counted
from bolanggu.market.warehousing.models import Receipt
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("receipt", "count")
@transaction.atomic
def count(
    *,
    by: Actor,
    at: datetime,
    warehouse: str,
    counted: Sequence[Counted],
    reason: str = "",
    rest_on: date | None = None,
) -> int:
    """Record receipts; a line of an order counted before is left alone.

    ``reason`` says why less was accepted than expected, ``rest_on`` when the rest is awaited.

    Raises
    ------
    CountDoesNotAddUp
        Received is not accepted and rejected together, or more is accepted than was expected.
    """
    for row in counted:
        if row.received != row.accepted + row.rejected or row.accepted > row.expected:
            raise CountDoesNotAddUp(
                f"line {row.line}: {row.received} received, but {row.accepted} accepted and {row.rejected} rejected"
                f" of {row.expected} expected"
            )
    standing = set(Receipt.objects.filter(line__in=[row.line for row in counted]).values_list("line", "order"))
    fresh = [row for row in counted if (row.line, row.order) not in standing]
    Receipt.objects.bulk_create(
        [
            Receipt(
                line=row.line,
                order=row.order,
                warehouse=warehouse,
                expected=row.expected,
                received=row.received,
                accepted=row.accepted,
                rejected=row.rejected,
                reason=reason[:300],
                rest_on=rest_on,
                source=by.source.value,
                stated_at=at,
            )
            for row in fresh
        ],
        batch_size=500,
    )
    orders = sorted({row.order for row in fresh})
    outbox.write_many(
        [outbox.Notice("goods.received", order, {"warehouse": warehouse}) for order in orders], at=at, by=by
    )
    return len(fresh)
