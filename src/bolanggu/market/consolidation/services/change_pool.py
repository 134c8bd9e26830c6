"""Cartons leave the pool, join a shipment that is open, or wait for another destination or on other terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import PoolEntry, Shipment, ShipmentTrade
from bolanggu.market.consolidation.services.states import held, mark, need
from bolanggu.market.consolidation.values import Pool
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires


class LeftAlready(ValueError):
    """Cartons that are in a box, or gone with one."""

    code = "left_already"


@requires("pool", "plan")
@transaction.atomic
def drop_cartons(*, by: Actor, at: datetime, ssccs: Sequence[str], reason: str) -> int:
    """Unpacked cartons leave the pool and the shipment that took them; those that never joined are left alone.

    Raises
    ------
    LeftAlready
        One is in a planned or loaded box: withdraw the plans first.
    """
    states = held(ssccs)
    for sscc, (state, shipment) in sorted(states.items()):
        if state in {PoolEntry.State.PLANNED, PoolEntry.State.LOADED}:
            raise LeftAlready(f"carton {sscc} is {state} by {shipment}; withdraw its plan first")
    mark(PoolEntry.State.UNPACKED, ssccs, "")
    wanted = list(ssccs)
    for start in range(0, len(wanted), 500):
        PoolEntry.objects.filter(sscc__in=wanted[start : start + 500]).update(reason=reason[:300])
    if wanted:
        outbox.write(kind="pool.dropped", subject=wanted[0], at=at, by=by, payload={"cartons": len(wanted)})
    return len(wanted)


@requires("pool", "plan")
@transaction.atomic
def take_more(*, by: Actor, at: datetime, shipment: str, ssccs: Sequence[str]) -> int:
    """A shipment that has not left takes further waiting cartons of the trades in it; those it has are left alone.

    Raises
    ------
    NotWaiting
        Another shipment took one of them.
    """
    opened = Shipment.objects.select_for_update().get(number=shipment)
    fresh = sorted(sscc for sscc, (_, taken_by) in held(ssccs).items() if taken_by != shipment)
    need(held(fresh), [(PoolEntry.State.WAITING, "")])
    mark(PoolEntry.State.TAKEN, fresh, opened.number)
    if fresh:
        outbox.write(kind="shipment.took_more", subject=shipment, at=at, by=by, payload={"cartons": len(fresh)})
    return len(fresh)


@requires("pool", "plan")
@transaction.atomic
def change_pool(*, by: Actor, at: datetime, trade: str, pool: Pool, reason: str) -> list[str]:
    """The cartons of a trade belong to another pool from now on: another destination, or other terms.

    A shipment of this trade alone goes along; one that is shared with others is left, and goes without it: its cartons
    wait in their new pool. Returns the shipments that were left.

    Raises
    ------
    LeftAlready
        Cartons are in a box; withdraw the plans first.
    """
    entries = PoolEntry.objects.select_for_update().filter(trade=trade).exclude(state=PoolEntry.State.UNPACKED)
    rows = list(entries.order_by("sscc"))
    for row in rows:
        if row.state in {PoolEntry.State.PLANNED, PoolEntry.State.LOADED}:
            raise LeftAlready(f"carton {row.sscc} is {row.state} by {row.shipment}; withdraw its plan first")
    left = _leave_or_move(trade, {row.shipment for row in rows if row.shipment}, pool, by=by, at=at, reason=reason)
    for row in rows:
        row.destination, row.agent, row.terms, row.wish = pool.destination, pool.agent, pool.terms, pool.wish
        if row.shipment in left:
            row.shipment, row.state = "", PoolEntry.State.WAITING
    PoolEntry.objects.bulk_update(rows, ["destination", "agent", "terms", "wish", "shipment", "state"], batch_size=300)
    payload = {"destination": pool.destination, "terms": pool.terms, "left": left, "reason": reason}
    outbox.write(kind="pool.changed", subject=trade, at=at, by=by, payload=payload)
    return left


def _leave_or_move(trade: str, numbers: set[str], pool: Pool, *, by: Actor, at: datetime, reason: str) -> list[str]:
    left = []
    for shipment in Shipment.objects.select_for_update().filter(number__in=numbers).order_by("number"):
        others = shipment.trades.exclude(trade=trade).exists()
        facts = {"destination": shipment.destination, "terms": shipment.terms, "wish": shipment.wish}
        members = list(shipment.trades.order_by("trade").values_list("trade", flat=True))
        versions.supersede(
            kind="shipment", facts=[(shipment.number, facts | {"trades": members})], at=at, by=by, reason=reason
        )
        if others:
            ShipmentTrade.objects.filter(shipment=shipment, trade=trade).delete()
            left.append(shipment.number)
            continue
        shipment.destination, shipment.terms, shipment.wish = pool.destination, pool.terms, pool.wish
        shipment.save(update_fields=["destination", "terms", "wish"])
    return left
