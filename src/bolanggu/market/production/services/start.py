"""Start production of what is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from bolanggu.market.production.models import ProductionTask
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class DepositMissing(ValueError):
    """Production was to start before the deposit is held."""

    code = "deposit_missing"


@dataclass(frozen=True, slots=True)
class Work:
    """Pieces of one order line to make, and the days the merchant promised."""

    line: str
    order: str
    pieces: int
    lead_days: int


@dataclass(frozen=True, slots=True)
class DepositGate:
    """What opens production of an order: minor units asked and held."""

    order: str
    asked_minor: int
    held_minor: int


@requires("production", "start")
@transaction.atomic
def start(*, by: Actor, at: datetime, work: Sequence[Work], gates: Sequence[DepositGate]) -> int:
    """Start tasks for lines whose order's deposit is held; lines that started before are left alone.

    Raises
    ------
    DepositMissing
        An order among ``work`` has no gate, or less is held than asked.
    """
    gate_of = {gate.order: gate for gate in gates}
    for order in sorted({piece.order for piece in work}):
        gate = gate_of.get(order)
        if gate is None or gate.held_minor < gate.asked_minor:
            held = gate.held_minor if gate else 0
            asked = gate.asked_minor if gate else "a deposit"
            raise DepositMissing(f"order {order}: {held} of {asked} is held; production starts when the deposit is in")
    standing = set(
        ProductionTask.objects.filter(line__in=[piece.line for piece in work])
        .exclude(state=ProductionTask.State.CANCELLED)
        .values_list("line", flat=True)
    )
    fresh = [piece for piece in work if piece.line not in standing]
    ProductionTask.objects.bulk_create(
        [
            ProductionTask(
                line=piece.line,
                order=piece.order,
                pieces=piece.pieces,
                started_at=at,
                promised_at=at + timedelta(days=piece.lead_days),
                source=by.source.value,
                stated_at=at,
            )
            for piece in fresh
        ],
        batch_size=500,
    )
    outbox.write_many(
        [outbox.Notice("production.started", order) for order in sorted({piece.order for piece in fresh})], at=at, by=by
    )
    return len(fresh)
