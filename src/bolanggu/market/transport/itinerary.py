"""Itinerary (运输方案): a planned journey of cargo, with money, CO2e and marks of what is stated and what assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bolanggu.engines.routing.carbon import Sheet
from bolanggu.values.money import Money
from bolanggu.values.place import Position


class Basis(StrEnum):
    """Where a leg's times come from."""

    GENERATED = "generated"  # a stated frequency or transit time, spread over the week
    ASSUMED = "assumed"  # no statement: an assumption of data/assumptions/freight.yaml


@dataclass(frozen=True, slots=True)
class Stage:
    """A place on the way."""

    code: str
    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class Leg:
    """One ride or drive. Times are UTC; ``cutoff`` is the last moment to hand the cargo over; figures are per TEU.

    ``way`` are points of the sea lane between the ends, for a map.
    """

    mode: str
    origin: Stage
    destination: Stage
    depart: datetime
    cutoff: datetime
    arrive: datetime
    km: int
    service: str
    cost: Money
    co2e_g: int
    basis: Basis
    way: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """One point of the Pareto set from Yiwu to a destination. Cost and CO2e are per TEU."""

    destination: str
    ready: datetime
    arrive: datetime
    cost: Money
    co2e_g: int
    legs: tuple[Leg, ...]
    scenario: str
    sheet: Sheet

    @property
    def mode_chain(self) -> str:
        """The modes in order, such as ``rail-sea``; consecutive legs of one mode count once."""
        modes = [leg.mode for leg in self.legs]
        return "-".join(mode for index, mode in enumerate(modes) if index == 0 or modes[index - 1] != mode)

    @property
    def by_air(self) -> bool:
        """True if a leg flies: then cargo is priced by weight, and no container is offered."""
        return any(leg.mode == "air" for leg in self.legs)


class Sold(Protocol):
    """What freight is priced from: a journey just planned, or one that was kept. Cost and CO2e are per TEU."""

    @property
    def cost(self) -> Money:
        """Freight per TEU."""

    @property
    def co2e_g(self) -> int:
        """Emissions per TEU, g."""

    @property
    def mode_chain(self) -> str:
        """The modes in order."""

    @property
    def by_air(self) -> bool:
        """True if a leg flies."""

    @property
    def arrive(self) -> datetime:
        """When it arrives."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A way that was kept when a booking was made, as far as its freight is priced from it."""

    cost: Money
    co2e_g: int
    mode_chain: str
    arrive: datetime

    @property
    def by_air(self) -> bool:
        """True if a leg flies."""
        return "air" in self.mode_chain.split("-")
