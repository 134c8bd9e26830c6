"""Say that a plan no longer holds: a fact it was computed from has changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import Equipment, LoadPlan
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("pool", "plan")
@transaction.atomic
def mark_stale(*, by: Actor, at: datetime, shipment: str, reason: str) -> int:
    """Mark the standing plans of a shipment stale, with the reason; boxes that are sealed stay as they were loaded.

    Returns how many plans are stale now. The next loading of the shipment plans them anew.
    """
    standing = LoadPlan.objects.select_for_update().filter(shipment=shipment, superseded=False)
    sealed = Equipment.objects.filter(plan__in=standing).values_list("plan_id", flat=True)
    plans = [plan for plan in standing if plan.pk not in set(sealed)]
    LoadPlan.objects.filter(pk__in=[plan.pk for plan in plans]).update(stale=reason[:200])
    notices = [outbox.Notice("box.stale", plan.number, {"reason": reason[:200]}) for plan in plans]
    outbox.write_many(notices, at=at, by=by)
    return len(plans)
