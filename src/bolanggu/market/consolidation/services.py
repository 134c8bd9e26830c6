"""Acts of consolidation: cartons join the pool, a plan takes them, a box is loaded and sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import transaction

from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry, Share
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.numbering.services import take
from bolanggu.values.code import container_number

#: Owner code of simulated containers, not in the BIC register as far as we know; real boxes bring their own number.
SIMULATED_OWNER = "BLG"


class NotWaiting(ValueError):
    """Cartons that a plan names do not wait any more: somebody else planned them, or they never joined the pool."""

    code = "not_waiting"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A staged carton: whose it is and what one box would take with it."""

    sscc: str
    trade: str
    pieces: int
    grams: int
    net_g: int
    cubic_mm: int
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class PlannedBox:
    """A box as the loading engine planned it; placements are ``(sscc, x, y, z, dx, dy, dz)`` in mm."""

    type: str
    service: str
    placements: Sequence[tuple[str, int, int, int, int, int, int]]
    fill_percent: float
    tare_g: int
    payload_g: int
    certificate: dict[str, Any] = field(default_factory=dict)


@requires("pool", "plan")
@transaction.atomic
def join_pool(*, by: Actor, at: datetime, destination: str, cartons: Sequence[Waiting]) -> int:
    """Staged cartons start to wait for ``destination``; those that wait already are left alone."""
    PoolEntry.objects.bulk_create(
        [
            PoolEntry(
                sscc=c.sscc,
                trade=c.trade,
                destination=destination,
                ready_at=at,
                source=by.source.value,
                stated_at=at,
            )
            for c in sorted(cartons, key=attrgetter("sscc"))
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    outbox.write(kind="pool.joined", subject=destination, at=at, by=by, payload={"cartons": len(cartons)})
    return len(cartons)


@requires("pool", "plan")
@transaction.atomic
def plan(
    *,
    by: Actor,
    at: datetime,
    trade: str,
    destination: str,
    boxes: Sequence[PlannedBox],
    cartons: Sequence[Waiting],
    left: Sequence[tuple[str, str]],
) -> list[LoadPlan]:
    """Record the planned boxes with each trade's share, and what stays behind with the reason (sscc, why).

    Raises
    ------
    NotWaiting
        Another plan took one of the cartons first; nothing of this one is recorded.
    """
    states = _held([placed[0] for box in boxes for placed in box.placements] + [sscc for sscc, _ in left])
    standing = list(LoadPlan.objects.filter(trade=trade).order_by("number"))
    if standing:
        return standing
    if gone := sorted(sscc for sscc, state in states.items() if state != PoolEntry.State.WAITING):
        raise NotWaiting(
            f"{len(gone)} of {len(states)} cartons do not wait, first {gone[0]}, which is {states[gone[0]]}:"
            " plan again with what waits now"
        )
    of = {carton.sscc: carton for carton in cartons}
    plans = LoadPlan.objects.bulk_create(
        [
            _plan(box, f"{trade}-B{position:02d}", trade, destination, of, by, at)
            for position, box in enumerate(boxes, 1)
        ]
    )
    shares = []
    for made, box in zip(plans, boxes, strict=True):
        shares += _shares(made, [of[placed[0]] for placed in box.placements])
    Share.objects.bulk_create(shares, batch_size=500)
    _mark(PoolEntry.State.PLANNED, [placed[0] for box in boxes for placed in box.placements])
    for sscc, why in left:
        PoolEntry.objects.filter(sscc=sscc).update(state=PoolEntry.State.LEFT, reason=why[:300])
    notices = [outbox.Notice("box.planned", p.number, {"type": p.type, "cartons": p.cartons}) for p in plans]
    outbox.write_many([*notices, outbox.Notice("pool.left", trade, {"cartons": len(left)})], at=at, by=by)
    return plans


def _plan(
    box: PlannedBox, number: str, trade: str, destination: str, of: dict[str, Waiting], by: Actor, at: datetime
) -> LoadPlan:
    return LoadPlan(
        number=number,
        trade=trade,
        destination=destination,
        service=box.service,
        type=box.type,
        placements=[list(placed) for placed in box.placements],
        fill_percent=box.fill_percent,
        gross_g=sum(of[placed[0]].grams for placed in box.placements),
        cartons=len(box.placements),
        certificate=box.certificate,
        source=by.source.value,
        stated_at=at,
    )


def _shares(made: LoadPlan, inside: Sequence[Waiting]) -> list[Share]:
    shares = {}
    for carton in inside:
        share = shares.setdefault(
            carton.trade, Share(plan=made, trade=carton.trade, pieces=0, cartons=0, grams=0, cubic_mm=0)
        )
        share.pieces += carton.pieces
        share.cartons += 1
        share.grams += carton.grams
        share.cubic_mm += carton.cubic_mm
    return [shares[trade] for trade in sorted(shares)]


def _held(ssccs: Sequence[str]) -> dict[str, str]:
    """The state of each carton, held until the transaction ends; one that never joined is ``not in the pool``."""
    states = dict.fromkeys(ssccs, "not in the pool")
    wanted = sorted(states)
    for start in range(0, len(wanted), 500):
        entries = PoolEntry.objects.select_for_update().filter(sscc__in=wanted[start : start + 500]).order_by("sscc")
        states.update(entries.values_list("sscc", "state"))
    return states


def _mark(state: str, ssccs: Sequence[str]) -> None:
    for start in range(0, len(ssccs), 500):
        PoolEntry.objects.filter(sscc__in=ssccs[start : start + 500]).update(state=state)


@requires("container", "load")
@transaction.atomic
def load(
    *,
    by: Actor,
    at: datetime,
    trade: str,
    boxes: Sequence[PlannedBox],
    cartons: Sequence[Waiting],
    owner: str,
    free_days: int,
) -> list[Equipment]:
    """Load the planned boxes of a trade into real equipment, seal and weigh them (VGM method 2, no dunnage)."""
    plans = list(LoadPlan.objects.select_for_update().filter(trade=trade).order_by("number"))
    standing = list(Equipment.objects.filter(plan__in=plans).order_by("plan__number"))
    if standing:
        return standing
    serial = take(f"container:{SIMULATED_OWNER}", len(plans)) if plans else 0
    made = Equipment.objects.bulk_create(
        [
            Equipment(
                number=container_number(SIMULATED_OWNER, serial + position),
                plan=loaded,
                type=loaded.type,
                owner=owner,
                tare_g=box.tare_g,
                payload_g=box.payload_g,
                seal=f"BL{serial + position:07d}",
                vgm_g=box.tare_g + loaded.gross_g,
                free_days=free_days,
                source=by.source.value,
                stated_at=at,
            )
            for position, (loaded, box) in enumerate(zip(plans, boxes, strict=True))
        ]
    )
    _record_loading(plans, {carton.sscc: carton for carton in cartons})
    notices = [
        outbox.Notice("box.sealed", e.plan.number, {"equipment": e.number, "seal": e.seal, "vgm_g": e.vgm_g})
        for e in made
    ]
    outbox.write_many(notices, at=at, by=by)
    return made


def _record_loading(plans: Sequence[LoadPlan], of: dict[str, Waiting]) -> None:
    edges = []
    for loaded in plans:
        inside = [of[placed[0]] for placed in loaded.placements]
        edges += [
            Edge("goods", "carton", c.sscc, "container", loaded.number, c.pieces, c.net_g, c.minor, c.currency)
            for c in inside
        ]
        _mark(PoolEntry.State.LOADED, [c.sscc for c in inside])
    lineage.record(edges)
