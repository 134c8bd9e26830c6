"""Stages (阶段): what a step works with. A trade walks its own steps; a shipment those of all trades in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bolanggu.market.consolidation.models import Shipment
from bolanggu.trade.models import Mark, ShipmentStep, StepDone, Trade
from bolanggu.trade.request import TradeRequest
from bolanggu.trade.world.cast import Cast, Crew, cast_for, crew_for


@dataclass(slots=True)
class Stage:
    """A trade, its people, the request, and the facts of the steps before."""

    trade: Trade
    cast: Cast
    request: TradeRequest
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    clock: datetime = field(kw_only=True)

    @property
    def subject(self) -> tuple[str, str]:
        """What walks, and its number."""
        return "trade", self.trade.number

    def hold(self) -> None:
        """Keep others from walking the same until the transaction ends."""
        Trade.objects.select_for_update().get(pk=self.trade.pk)

    def mark(self, name: str) -> StepDone | None:
        """The mark of a step, if it is done."""
        return self.trade.steps.filter(name=name).first()

    def write(self, **columns: Any) -> Mark:
        """Mark a step as done."""
        return StepDone.objects.create(trade=self.trade, **columns)


@dataclass(slots=True)
class ShippingStage:
    """A shipment, its people, the trades that have a part in it, and the facts of the steps before."""

    shipment: Shipment
    cast: Crew
    trades: Mapping[str, Trade]
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    clock: datetime = field(kw_only=True)

    @property
    def number(self) -> str:
        """The shipment's number."""
        return self.shipment.number

    @property
    def subject(self) -> tuple[str, str]:
        """What walks, and its number."""
        return "shipment", self.shipment.number

    def hold(self) -> None:
        """Keep others from walking the same until the transaction ends."""
        Shipment.objects.select_for_update().get(pk=self.shipment.pk)

    def mark(self, name: str) -> ShipmentStep | None:
        """The mark of a step, if it is done."""
        return ShipmentStep.objects.filter(shipment=self.shipment, name=name).first()

    def write(self, **columns: Any) -> Mark:
        """Mark a step as done."""
        return ShipmentStep.objects.create(shipment=self.shipment, **columns)


def stage_of(shipment: Shipment) -> ShippingStage:
    """The stage of a shipment at the moment it was opened."""
    numbers = list(shipment.trades.order_by("trade").values_list("trade", flat=True))
    found = Trade.objects.filter(number__in=numbers).select_related("buyer")
    trades = {trade.number: trade for trade in sorted(found, key=lambda trade: trade.number)}
    return ShippingStage(shipment, crew_for(shipment.cast), trades, clock=shipment.stated_at)


def trade_stage(trade: Trade, request: TradeRequest) -> Stage:
    """The stage of a trade at the moment it was opened."""
    return Stage(trade, cast_for(trade), request, clock=trade.stated_at)
