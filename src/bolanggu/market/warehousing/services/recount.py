"""Count again (复点): what came in of a line is stated anew; the count before is kept."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bolanggu.market.warehousing.errors import CountDoesNotAddUp, NotCounted
from bolanggu.market.warehousing.inputs import Counted
from bolanggu.market.warehousing.models import Receipt
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires


@requires("receipt", "count")
@transaction.atomic
def recount(*, by: Actor, at: datetime, counted: Counted, reason: str, rest_on: date | None = None) -> Receipt:
    """State what came in of a line in all; ``rest_on`` is the day on which the rest is awaited, None where none is.

    Raises
    ------
    CountDoesNotAddUp
        Received is not accepted and rejected together, or more is accepted than was expected.
    NotCounted
        Nothing of the line was counted yet.
    """
    if counted.received != counted.accepted + counted.rejected or counted.accepted > counted.expected:
        raise CountDoesNotAddUp(
            f"line {counted.line}: {counted.received} received, {counted.accepted} accepted and {counted.rejected}"
            f" rejected of {counted.expected} expected"
        )
    row = Receipt.objects.select_for_update().filter(line=counted.line, order=counted.order).first()
    if row is None:
        raise NotCounted(f"line {counted.line} of {counted.order} was not counted yet; count it first")
    names = ("expected", "received", "accepted", "rejected", "reason")
    facts = {name: getattr(row, name) for name in names} | {"rest_on": row.rest_on and row.rest_on.isoformat()}
    versions.supersede(kind="receipt", facts=[(f"{row.line}@{row.order}", facts)], at=at, by=by, reason=reason)
    row.expected, row.received = counted.expected, counted.received
    row.accepted, row.rejected = counted.accepted, counted.rejected
    row.reason, row.rest_on, row.version = reason[:300], rest_on, row.version + 1
    row.save()
    payload = {name: getattr(row, name) for name in names} | {"order": row.order}
    outbox.write(kind="goods.recounted", subject=row.line, at=at, by=by, payload=payload)
    return row
