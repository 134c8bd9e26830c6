"""Plan the boxes of a shipment: where each carton stands, each trade's share, and what stays behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import LoadPlan, PoolEntry, Share, Shipment
from bolanggu.market.consolidation.services.open_shipment import note_choices
from bolanggu.market.consolidation.services.states import held, mark, need, put
from bolanggu.market.consolidation.sharing import share
from bolanggu.market.consolidation.values import PlannedBox, Reasoned, Waiting
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("pool", "plan")
@transaction.atomic
def plan(
    *,
    by: Actor,
    at: datetime,
    shipment: str,
    boxes: Sequence[PlannedBox],
    cartons: Sequence[Waiting],
    left: Sequence[tuple[str, str]] = (),
    back: Sequence[str] = (),
    choices: Sequence[Reasoned] = (),
    anew: bool = False,
) -> list[LoadPlan]:
    """Record the planned boxes of a shipment with each trade's share of room, mass and cost.

    Parameters
    ----------
    left
        Cartons that no box takes, each with the reason: ``(sscc, why)``.
    back, choices
        Cartons that wait on in the pool, and why their lines do.
    anew
        True supersedes the plans that stand by a next version; they are kept.

    Raises
    ------
    NotWaiting
        Another shipment took one of the cartons first; nothing of this plan is recorded.
    """
    opened = Shipment.objects.select_for_update().get(number=shipment)
    standing = list(LoadPlan.objects.filter(shipment=shipment, superseded=False).order_by("number"))
    if standing and not anew:
        return standing
    placed = [where[0] for box in boxes for where in box.placements]
    states = [PoolEntry.State.TAKEN, *([PoolEntry.State.PLANNED] if anew else [])]
    need(held([*placed, *(sscc for sscc, _ in left), *back]), [(state, shipment) for state in states])
    LoadPlan.objects.filter(pk__in=[old.pk for old in standing]).update(superseded=True)
    plans = _plans(opened, boxes, {carton.sscc: carton for carton in cartons}, by=by, at=at)
    for made, box in zip(plans, boxes, strict=True):
        put(PoolEntry.State.PLANNED, [where[0] for where in box.placements], made)
    mark(PoolEntry.State.WAITING, back, "")
    for sscc, why in left:
        PoolEntry.objects.filter(sscc=sscc).update(state=PoolEntry.State.LEFT, reason=why[:300], plan=None)
    note_choices(opened, choices, by=by, at=at)
    notices = [outbox.Notice("box.planned", p.number, {"type": p.type, "cartons": p.cartons}) for p in plans]
    if left:
        notices.append(outbox.Notice("pool.left", shipment, {"cartons": len(left)}))
    outbox.write_many(notices, at=at, by=by)
    return plans


def _plans(
    opened: Shipment, boxes: Sequence[PlannedBox], of: Mapping[str, Waiting], *, by: Actor, at: datetime
) -> list[LoadPlan]:
    versions = _versions(opened.number)
    rows = []
    for position, box in enumerate(boxes, 1):
        number = f"{opened.number}-B{position:02d}"
        row = _plan(opened, number, versions.get(number, 0) + 1, box, of)
        row.source, row.stated_at = by.source.value, at
        rows.append(row)
    plans = LoadPlan.objects.bulk_create(rows)
    shares = [
        each
        for made, box in zip(plans, boxes, strict=True)
        for each in _shares(made, [of[p[0]] for p in box.placements])
    ]
    Share.objects.bulk_create(shares, batch_size=500)
    return plans


def _versions(shipment: str) -> dict[str, int]:
    """The last version of each box of a shipment."""
    rows = LoadPlan.objects.filter(shipment=shipment).order_by("version").values_list("number", "version")
    return dict(rows)


def _plan(opened: Shipment, number: str, version: int, box: PlannedBox, of: Mapping[str, Waiting]) -> LoadPlan:
    return LoadPlan(
        number=number,
        version=version,
        shipment=opened.number,
        destination=opened.destination,
        service=box.service,
        type=box.type,
        placements=[list(placed) for placed in box.placements],
        fill_percent=box.fill_percent,
        gross_g=sum(of[placed[0]].grams for placed in box.placements),
        cartons=len(box.placements),
        certificate=box.certificate,
        cost_minor=box.cost_minor,
        currency=box.currency,
    )


def _shares(made: LoadPlan, inside: Sequence[Waiting]) -> list[Share]:
    shares: dict[str, Share] = {}
    for carton in inside:
        of = shares.setdefault(
            carton.trade,
            Share(plan=made, trade=carton.trade, pieces=0, cartons=0, grams=0, cubic_mm=0, currency=made.currency),
        )
        of.pieces += carton.pieces
        of.cartons += 1
        of.grams += carton.grams
        of.cubic_mm += carton.cubic_mm
    ordered = [shares[trade] for trade in sorted(shares)]
    for of, minor in zip(ordered, share(made.cost_minor, [(of.cubic_mm, of.grams) for of in ordered]), strict=True):
        of.cost_minor = minor
    return ordered
