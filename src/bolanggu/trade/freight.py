"""Freight (运费): each way to the buyer priced for one cargo, as groupage (LCL), full containers (FCL) or air."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bolanggu.engines.loading import container
from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.offers import charge_air, charge_groupage, offers
from bolanggu.trade.world.assumptions import world
from bolanggu.values.money import Money
from bolanggu.values.quantity import ceil_div

#: A groupage box is a high cube: its operator fills it with the cargo of many.
GROUPAGE_BOX = "40HC"


@dataclass(frozen=True, slots=True)
class Cargo:
    """What is to be carried: cartons, volume in mm³, gross mass in g."""

    cartons: int
    cubic_mm: int
    grams: int


@dataclass(frozen=True, slots=True)
class Way:
    """One journey priced for the cargo: space in TEU, and container types with the cost of one in minor units."""

    journey: Journey
    service: str
    freight: Money
    co2e_g: int
    teu: float
    offers: list[tuple[str, int]]

    @property
    def vessel(self) -> str:
        """The service of the longest ride: what the bill of lading names."""
        rides = [leg for leg in self.journey.legs if leg.service] or list(self.journey.legs)
        return max(rides, key=lambda leg: leg.km).service or "truck"

    @property
    def exit_place(self) -> str:
        """Where the goods leave the country: the last place of the first country."""
        inside = [leg.destination.code for leg in self.journey.legs if leg.destination.code.startswith("CN")]
        return inside[-1] if inside else self.journey.legs[0].origin.code

    def priced(self) -> dict[str, Any]:
        """What this cargo costs and emits on the way, as JSON data."""
        return {
            "freight_minor": self.freight.minor,
            "currency": self.freight.currency,
            "co2e_g": self.co2e_g,
            "service": self.service,
        }


def ways(journeys: Sequence[Journey], cargo: Cargo) -> list[Way]:
    """Every journey priced for the cargo, in their order."""
    return [_air(journey, cargo) if journey.by_air else _ground(journey, cargo) for journey in journeys]


def cheapest(priced: Sequence[Way]) -> int:
    """Index of the way to take where nobody says otherwise: the cheapest on the ground, by air only if nothing else."""
    return min(
        range(len(priced)),
        key=lambda i: (priced[i].journey.by_air, priced[i].freight.minor, priced[i].journey.arrive),
    )


def _air(journey: Journey, cargo: Cargo) -> Way:
    freight = charge_air(journey, cubic_mm=cargo.cubic_mm, grams=cargo.grams)
    return Way(journey, "AIR", freight, _co2e_by_mass(journey, cargo), _teu_by_measure(cargo), [(GROUPAGE_BOX, 1)])


def _ground(journey: Journey, cargo: Cargo) -> Way:
    groupage = charge_groupage(journey, cubic_mm=cargo.cubic_mm, grams=cargo.grams)
    boxes = {offer.unit: offer.price.minor for offer in offers(journey) if offer.unit != "W/M"}
    full, teu = _cheapest_boxes(boxes, cargo)
    if groupage.minor <= full:
        return Way(journey, "LCL", groupage, _co2e_by_mass(journey, cargo), _teu_by_measure(cargo), [(GROUPAGE_BOX, 1)])
    freight = Money(groupage.currency, full)
    return Way(journey, "FCL", freight, round(journey.co2e_g * teu), teu, sorted(boxes.items()))


def _co2e_by_mass(journey: Journey, cargo: Cargo) -> int:
    tonnes_per_teu = int(assumed("tonnes_per_teu"))
    return max(1, journey.co2e_g * cargo.grams // (tonnes_per_teu * 1_000_000))


def space_needed(cargo: Cargo) -> float:
    """TEU to ask departures for, before the boxes are chosen: by volume at the usual fill or by mass, the larger."""
    box = container("20GP")
    return max(cargo.cubic_mm / (box.volume * float(world("usable_fill"))), cargo.grams / box.payload_g)


def _teu_by_measure(cargo: Cargo) -> float:
    """Share of a groupage box in TEU: by volume or mass, the larger."""
    box = container(GROUPAGE_BOX)
    return 2 * max(cargo.cubic_mm / box.volume, cargo.grams / box.payload_g)


def _cheapest_boxes(costs: dict[str, int], cargo: Cargo) -> tuple[int, float]:
    """Estimate before loading: cost in minor units and TEU of the cheapest boxes of one type plus one of another."""
    usable = {name: int(container(name).volume * world("usable_fill")) for name in costs}
    payload = {name: container(name).payload_g for name in costs}
    teu = {name: 1.0 if name.startswith("2") else 2.0 if name.startswith("40") else 2.25 for name in costs}
    choices = []
    for name, cost in costs.items():
        count = max(ceil_div(cargo.cubic_mm, usable[name]), ceil_div(cargo.grams, payload[name]))
        choices.append((count * cost, count * teu[name]))
        rest_mm = cargo.cubic_mm - (count - 1) * usable[name]
        rest_g = cargo.grams - (count - 1) * payload[name]
        choices += [
            ((count - 1) * cost + costs[other], (count - 1) * teu[name] + teu[other])
            for other in costs
            if rest_mm <= usable[other] and rest_g <= payload[other]
        ]
    return min(choices)
