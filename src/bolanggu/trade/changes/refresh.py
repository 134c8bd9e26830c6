"""Refresh (重算): stale results are made again as new versions, in order, and those before stay readable.

Everything of one shipment is made again in one transaction: a process that dies leaves either the old results, still
marked stale, or the new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import Shipment
from bolanggu.market.consolidation.services import take_more, withdraw_plans
from bolanggu.market.customs.services import withdraw
from bolanggu.market.documents import selectors as documents
from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement.selectors import deposit_gates
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.services import cancel
from bolanggu.market.warehousing.services import take_back
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.again import again
from bolanggu.trade.changes.results import replace
from bolanggu.trade.changes.staleness import clear, last_stated, open_marks, shipments_touched
from bolanggu.trade.models import Mark, ShipmentStep, Trade
from bolanggu.trade.stages import ShippingStage, stage_of, trade_stage
from bolanggu.trade.steps import receive

if TYPE_CHECKING:
    from bolanggu.trade.request import TradeRequest

#: what is made again for a shipment, in order
SHIPPED = ("book", "load", "declare", "depart", "follow")


def refresh(trade: str, *, by: Actor, at: datetime) -> dict[str, list[str]]:
    """Make again what is stale of a trade and its shipments; returns subject → results made again.

    Papers are written anew where some were issued before. Where nothing is stale nothing is done. Nothing is made
    again before the change that made it stale: where that was stated after ``at``, its time counts.

    Raises
    ------
    Fault
        A result cannot be made again; what was stale of that shipment still is, with its reasons.
    """
    made: dict[str, list[str]] = {}
    after = last_stated([trade, *_shipments(trade)], at)
    if again(lambda: _own(trade, by, after)):
        made[trade] = ["receive"]
    for shipment in _shipments(trade):
        if done := again(lambda number=shipment: _shipment(number, by, after)):  # type: ignore[misc]
            made[shipment] = done
    _papers(trade, made)
    return made


def _shipments(trade: str) -> list[str]:
    return list(dict.fromkeys([*consolidation.shipments_of(trade), *shipments_touched(trade)]))


@transaction.atomic
def _own(number: str, by: Actor, at: datetime) -> bool:
    """Receive what was ordered or came later; its cartons join the one shipment that is open, or wait."""
    trade = Trade.objects.select_for_update().get(number=number)
    why = open_marks("trade", number).get("receive")
    if not why:
        return False
    if any(held < asked for _, asked, held in deposit_gates(_orders(number))):
        return False  # what was added is made once its deposit is held
    unasked = cast("TradeRequest", None)  # receiving asks nothing of the request
    stage = trade_stage(trade, unasked)
    mark = trade.steps.get(name="receive")
    stage.clock = at
    done_at, facts = receive.act(stage, receive.prepare(stage))
    version = replace(mark, number, facts, by=by, at=at, reason=why[0], done_at=max(done_at, mark.at))
    open_ = [one for one in consolidation.shipments_of(number) if not _has(one, "depart")]
    if len(open_) == 1:
        waits = consolidation.waiting_of(number)
        take_more(by=stage.cast.world, at=at, shipment=open_[0], ssccs=waits)
    clear("trade", number, "receive", version)
    outbox.write(kind="trade.received_again", subject=number, at=at, by=by, payload={"version": version})
    return True


@transaction.atomic
def _shipment(number: str, by: Actor, at: datetime) -> list[str]:
    """Make the stale results of a shipment again, each from those before it."""
    shipment = Shipment.objects.select_for_update().get(number=number)
    stale = open_marks("shipment", number)
    if not stale:
        return []
    stage = stage_of(shipment)
    made = []
    for step in SHIPPED:
        mark = ShipmentStep.objects.filter(shipment=shipment, name=step).first()
        if mark is None:
            break
        if step in stale:
            _again(stage, mark, stale[step], by, at)
            made.append(step)
        stage.facts[step], stage.clock = mark.facts, mark.at
    payload = {"results": made, "because": sorted({why for step in made for why in stale[step]})}
    outbox.write(kind="shipment.made_again", subject=number, at=at, by=by, payload=payload)
    return made


def _again(stage: ShippingStage, mark: Mark, why: list[str], by: Actor, at: datetime) -> None:
    name, number = mark.name, stage.number
    _WITHDRAW.get(name, _nothing)(stage, mark.facts, why[0], at)
    stage.clock = max(stage.clock, at)
    step = import_module(f"bolanggu.trade.steps.{name}")
    done_at, facts = step.act(stage, step.prepare(stage))
    version = replace(mark, number, facts, by=by, at=at, reason="; ".join(why), done_at=done_at)
    clear("shipment", number, name, version)


def _unbook(stage: ShippingStage, facts: Mapping[str, Any], why: str, at: datetime) -> None:
    """Give the booked space back, and take the cartons out of their boxes."""
    by = stage.cast.world
    loaded = withdraw_plans(by=by, at=at, shipment=stage.number, reason=why)
    take_back(by=by, at=at, ssccs=loaded, reason=why)
    booking = transport.booking(stage.number)
    if booking is not None and booking["number"] == facts.get("booking"):
        cancel(by=by, at=at, number=booking["number"], reason=why[:200])


def _undeclare(stage: ShippingStage, facts: Mapping[str, Any], why: str, at: datetime) -> None:
    for reference in facts.get("references", []):
        withdraw(by=stage.cast.world, at=at, trade=reference["ref"], reason=why)


def _nothing(stage: ShippingStage, facts: Mapping[str, Any], why: str, at: datetime) -> None:
    """Depart and follow add to what stands; nothing is taken back."""


_WITHDRAW: dict[str, Callable[[ShippingStage, Mapping[str, Any], str, datetime], None]] = {
    "book": _unbook,
    "declare": _undeclare,
}


def _orders(trade: str) -> list[str]:
    return [row["number"] for row in orders.orders(trade)]


def _has(shipment: str, step: str) -> bool:
    return ShipmentStep.objects.filter(shipment__number=shipment, name=step).exists()


def _papers(trade: str, made: dict[str, list[str]]) -> None:
    """Write the papers anew of every trade whose marks say so and which had some."""
    from bolanggu.trade.changes.models import Stale
    from bolanggu.trade.papers import write_papers

    numbers = {trade} | {
        other for shipment in made for other in _members(shipment) if shipment != trade or other != trade
    }
    open_ = Stale.objects.filter(subject_kind="trade", step="papers", subject__in=numbers, cleared_by=None)
    for number in sorted(set(open_.values_list("subject", flat=True))):
        if documents.of_trade(number):
            write_papers(Trade.objects.get(number=number))
        clear("trade", number, "papers", 1)


def _members(shipment: str) -> list[str]:
    return list(Shipment.objects.filter(number=shipment).values_list("trades__trade", flat=True))
