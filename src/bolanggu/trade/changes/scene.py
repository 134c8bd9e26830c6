"""Scene (场景): on which trade an act is done, by whom, when, under which key, and how far the trade has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.models import ShipmentStep, Trade

#: Steps of a trade in order, as `trade.process` does them.
ORDER = (
    "read",
    "match",
    "quote",
    "order",
    "deposit",
    "receive",
    "book",
    "load",
    "declare",
    "depart",
    "follow",
    "observe",
)


class NotPossible(ValueError):
    """The trade's state does not allow the act; the message says what would."""

    code = "not_possible"


class KeyReused(ValueError):
    """The key stands for another act, or for the same one with other wishes."""

    code = "key_reused"


class UnknownTrade(LookupError):
    """No trade goes by that number."""

    code = "unknown_trade"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an act takes place.

    ``key`` makes it idempotent: the same key with the same wishes answers as before. ``by`` must hold the act's
    grant; what follows from the act in other links is done in the same name by the process (`hand`).
    """

    by: Actor
    at: datetime
    trade: str
    key: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A trade at the moment of an act, its row locked: the scene, its own steps, and its shipments with theirs.

    ``done`` and each of ``shipments`` give the facts of a step by its name.
    """

    scene: Scene
    trade: Trade
    done: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shipments: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The trade's number."""
        return self.trade.number

    @property
    def at(self) -> datetime:
        """When the act is done."""
        return self.scene.at

    @property
    def hand(self) -> Actor:
        """Who does what follows from the act in the links: the same name and source, in the role of the process."""
        by = self.scene.by
        return Actor(by.name, frozenset({"process"}), by.source, everywhere=True, purpose=by.purpose)

    @property
    def name(self) -> str:
        """A name for what the act makes in other links: the trade's number and the act's key, the same every time."""
        return f"{self.number}-{sha256(self.scene.key.encode()).hexdigest()[:10]}"

    @property
    def reached(self) -> str:
        """The last step that was done, by the trade or one of its shipments."""
        names = [*self.done, *(name for done in self.shipments.values() for name in done)]
        return max(names, key=ORDER.index, default="")

    def open_shipments(self) -> list[str]:
        """Shipments whose goods can still be changed: those that have not departed."""
        return [number for number, done in self.shipments.items() if "depart" not in done]

    def need(self, step: str, what: str, right: str) -> None:
        """Refuse an act that comes before the trade's own ``step``; ``right`` says what would be right."""
        if step not in self.done:
            raise NotPossible(
                f"trade {self.number} has come to {self.reached or 'nothing'}: {what} needs {step}; {right}"
            )

    def need_not_departed(self, what: str, right: str) -> None:
        """Refuse an act when all goods have left; ``right`` says what would be right."""
        if self.shipments and not self.open_shipments():
            raise NotPossible(f"the boxes of trade {self.number} have departed: too late for {what}; {right}")


def stand_of(scene: Scene, trade: Trade) -> Stand:
    """Read how far a trade and its shipments have come."""
    shipments = {
        number: {mark.name: mark.facts for mark in ShipmentStep.objects.filter(shipment__number=number).order_by("pk")}
        for number in consolidation.shipments_of(trade.number)
    }
    return Stand(scene, trade, {step.name: step.facts for step in trade.steps.order_by("pk")}, shipments)
