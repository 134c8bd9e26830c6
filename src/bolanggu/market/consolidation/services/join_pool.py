"""Staged cartons join the pool."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter

from django.db import transaction

from bolanggu.market.consolidation.models import PoolEntry
from bolanggu.market.consolidation.values import Pool, Waiting
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("pool", "plan")
@transaction.atomic
def join_pool(
    *, by: Actor, at: datetime, pool: Pool, cartons: Sequence[Waiting], not_before: date | None = None
) -> int:
    """Staged cartons start to wait in ``pool``; those that wait already are left alone."""
    PoolEntry.objects.bulk_create(
        [
            PoolEntry(
                sscc=c.sscc,
                trade=c.trade,
                destination=pool.destination,
                agent=pool.agent,
                terms=pool.terms,
                wish=pool.wish,
                not_before=not_before,
                ready_at=at,
                source=by.source.value,
                stated_at=at,
            )
            for c in sorted(cartons, key=attrgetter("sscc"))
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    outbox.write(kind="pool.joined", subject=pool.destination, at=at, by=by, payload={"cartons": len(cartons)})
    return len(cartons)
