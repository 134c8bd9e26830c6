"""Stop production of lines that are not wanted any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from bolanggu.market.production.models import ProductionTask
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("production", "cancel")
@transaction.atomic
def cancel(*, by: Actor, at: datetime, lines: Collection[str], reason: str) -> int:
    """Cancel the tasks of lines, with the reason; lines without a task, or cancelled before, are left alone."""
    open_ = ProductionTask.objects.select_for_update().filter(line__in=list(lines))
    tasks = list(open_.exclude(state=ProductionTask.State.CANCELLED).order_by("line"))
    for task in tasks:
        task.state, task.reason, task.version = ProductionTask.State.CANCELLED, reason[:300], task.version + 1
    ProductionTask.objects.bulk_update(tasks, ["state", "reason", "version"], batch_size=300)
    notices = [outbox.Notice("production.cancelled", task.line, {"reason": reason}) for task in tasks]
    outbox.write_many(notices, at=at, by=by)
    return len(tasks)
