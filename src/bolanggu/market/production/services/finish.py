"""Report lines as ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.production.models import ProductionTask
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("production", "finish")
@transaction.atomic
def finish(*, by: Actor, ready: Sequence[tuple[str, datetime]], at: datetime | None = None) -> int:
    """Report lines as ready, each with its time; lines reported before keep their first time.

    Who reported it stands beside who started it. ``at`` is when it is reported; without it, the last of the times.
    """
    times = dict(ready)
    tasks = list(ProductionTask.objects.select_for_update().filter(line__in=times, state=ProductionTask.State.STARTED))
    if not tasks:
        return 0
    stated = at or max(times[task.line] for task in tasks)
    for task in tasks:
        task.state, task.ready_at = ProductionTask.State.READY, times[task.line]
        task.ready_source, task.ready_stated_at = by.source.value, stated
    fields = ["state", "ready_at", "ready_source", "ready_stated_at"]
    ProductionTask.objects.bulk_update(tasks, fields, batch_size=300)
    orders = sorted({task.order for task in tasks})
    outbox.write_many([outbox.Notice("production.ready", order) for order in orders], at=stated, by=by)
    return len(tasks)
