"""What consolidation is told by others: staged cartons, planned boxes, and why lines ship or wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


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
class Pool:
    """Which cartons may share a box: those for one destination, of one agent, on one set of terms, with one wish."""

    destination: str
    agent: str = ""
    terms: str = ""
    wish: str = ""


@dataclass(frozen=True, slots=True)
class PlannedBox:
    """A box as the loading engine planned it; placements are ``(sscc, x, y, z, dx, dy, dz)`` in mm.

    ``cost_minor`` is the freight of the whole box, or of what lies in a groupage box, in ``currency``.
    """

    type: str
    service: str
    placements: Sequence[tuple[str, int, int, int, int, int, int]]
    fill_percent: float
    tare_g: int
    payload_g: int
    certificate: dict[str, Any] = field(default_factory=dict)
    cost_minor: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Cartons of a line that ship now (``ships``) or wait, with the reason in words."""

    trade: str
    line: str
    cartons: int
    ships: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ShipmentOpened:
    """A shipment to be opened: its pool, no earlier departure than, and the most high cubes (None: no limit)."""

    number: str
    pool: Pool
    cast: dict[str, str]
    trades: Sequence[str]
    not_before: date | None = None
    most_boxes: int | None = None
