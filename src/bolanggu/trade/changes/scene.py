"""Scene (场景): on which trade an act is done, by whom, when, under which key, and how far the trade has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.models import Trade

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
    """A trade at the moment of an act, its row locked: the scene, what was done so far, and the acting hand."""

    scene: Scene
    trade: Trade
    done: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

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
    def reached(self) -> str:
        """The last step that was done."""
        return max(self.done, key=ORDER.index, default="")

    def need_done(self, step: str, act: str, right: str) -> None:
        """Refuse an act that comes before ``step``; ``right`` says what would be right."""
        if step not in self.done:
            raise NotPossible(
                f"trade {self.number} has come to {self.reached or 'nothing'}: {act} needs {step}; {right}"
            )

    def need_before(self, step: str, act: str, right: str) -> None:
        """Refuse an act that comes after ``step``; ``right`` says what would be right."""
        if step in self.done:
            raise NotPossible(f"trade {self.number} has come to {self.reached}: too late for {act}; {right}")
