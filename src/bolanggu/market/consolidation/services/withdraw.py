"""Withdraw the plans of a shipment that has not left: boxes are opened, cartons are taken out of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry, Shipment
from bolanggu.market.consolidation.services.states import mark
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage.edges import supersede
from bolanggu.platform.lineage.models import EdgeRow

_PLACED = (PoolEntry.State.PLANNED, PoolEntry.State.LOADED, PoolEntry.State.LEFT)


@requires("pool", "plan")
@transaction.atomic
def withdraw_plans(*, by: Actor, at: datetime, shipment: str, reason: str) -> list[str]:
    """Supersede the standing plans of a shipment; its cartons are taken by it still, in no box.

    Plans and equipment stay readable, with the reason. Edges into the shares and boxes are superseded. Returns the
    SSCCs that had been loaded. The caller sees to it that the shipment has not left.
    """
    opened = Shipment.objects.select_for_update().get(number=shipment)
    plans = list(LoadPlan.objects.filter(shipment=opened.number, superseded=False).order_by("number"))
    if not plans:
        return []
    sealed = Equipment.objects.filter(plan__in=plans).order_by("plan__number")
    notices = [
        outbox.Notice(
            "box.opened", box.plan.number, {"equipment": box.number, "seal": box.seal, "reason": reason[:200]}
        )
        for box in sealed.select_related("plan")
    ]
    entries = PoolEntry.objects.filter(shipment=shipment).order_by("sscc")
    loaded = list(entries.filter(state=PoolEntry.State.LOADED).values_list("sscc", flat=True))
    mark(PoolEntry.State.TAKEN, list(entries.filter(state__in=_PLACED).values_list("sscc", flat=True)), shipment)
    LoadPlan.objects.filter(pk__in=[plan.pk for plan in plans]).update(superseded=True, stale=reason[:200])
    _unlink([plan.number for plan in plans])
    notices += [
        outbox.Notice("box.withdrawn", plan.number, {"version": plan.version, "reason": reason}) for plan in plans
    ]
    outbox.write_many(notices, at=at, by=by)
    return loaded


def _unlink(boxes: list[str]) -> None:
    into = EdgeRow.objects.filter(aspect="goods", to_kind="container", to_id__in=boxes, superseded=False)
    shares = list(into.filter(from_kind="share").values_list("from_id", flat=True))
    supersede(to_kind="container", to_ids=boxes)
    for start in range(0, len(shares), 500):
        supersede(to_kind="share", to_ids=shares[start : start + 500])
