"""Freight (运费): each way to the buyer priced for one cargo, as groupage (LCL), full containers (FCL) or air.

The rule: on one way, groupage is taken where its W/M price is not above that of the full containers the cargo fills.
Among ways, the buyer's wish counts first; without one the cheapest on the ground, and by air only where nothing else
leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bolanggu.engines.loading import container
from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.itinerary import Journey, Sold
from bolanggu.market.transport.offers import charge_air, charge_groupage, offers
from bolanggu.trade.cargo import Cargo
from bolanggu.trade.stowing import HIGH_CUBE
from bolanggu.trade.world.assumptions import world
from bolanggu.values.money import Money


@dataclass(frozen=True, slots=True)
class Price:
    """What a cargo costs and emits on one way; ``lcl`` and ``fcl`` are the offers it was chosen from, minor units."""

    service: str
    freight: Money
    co2e_g: int
    lcl: int | None
    fcl: int | None

    def as_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "freight_minor": self.freight.minor,
            "currency": self.freight.currency,
            "co2e_g": self.co2e_g,
            "service": self.service,
            "lcl_minor": self.lcl,
            "fcl_minor": self.fcl,
        }


def price(way: Sold, cargo: Cargo, boxes: Sequence[str], *, service: str = "") -> Price:
    """Price a cargo on a way.

    Parameters
    ----------
    boxes
        Types of the full containers that the cargo fills.
    service
        FCL or LCL where that is settled already; else the cheaper.
    """
    if way.by_air:
        freight = charge_air(way, cubic_mm=cargo.cubic_mm, grams=cargo.grams)
        return Price("AIR", freight, _co2e_by_mass(way, cargo), None, None)
    groupage = charge_groupage(way, cubic_mm=cargo.cubic_mm, grams=cargo.grams)
    costs = box_costs(way)
    full = Money(groupage.currency, sum(costs[box] for box in boxes))
    if (service or ("LCL" if groupage.minor <= full.minor else "FCL")) == "LCL":
        return Price("LCL", groupage, _co2e_by_mass(way, cargo), groupage.minor, full.minor)
    return Price("FCL", full, max(1, round(way.co2e_g * teu_of(boxes))), groupage.minor, full.minor)


def box_costs(way: Sold) -> dict[str, int]:
    """Container type → freight in minor units; empty for a way by air."""
    return {offer.unit: offer.price.minor for offer in offers(way) if offer.unit not in {"W/M", "kg"}}


def choose(ways: Sequence[Journey], prices: Sequence[Price], wish: str = "") -> int:
    """Index of the way to take, see the rule above. A wish that no way meets is as good as none."""

    def rank(index: int) -> tuple[bool, bool, int, Any]:
        way = ways[index]
        return (
            bool(wish) and not meets(way, wish),
            way.by_air and wish != "air",
            prices[index].freight.minor,
            way.arrive,
        )

    return min(range(len(ways)), key=rank)


def meets(way: Journey, wish: str) -> bool:
    """True if the longest ride of a way is by the mode wished for."""
    return max(way.legs, key=lambda leg: leg.km).mode == wish


def teu_of(boxes: Sequence[str]) -> float:
    """Space of containers in TEU."""
    return sum(1.0 if name.startswith("2") else 2.25 if name.startswith("45") else 2.0 for name in boxes)


def teu_by_measure(cargo: Cargo) -> float:
    """Share of a groupage box in TEU: by volume or mass, the larger."""
    box = container(HIGH_CUBE)
    return 2 * max(cargo.cubic_mm / box.volume, cargo.grams / box.payload_g)


def space_needed(cargo: Cargo) -> float:
    """TEU to ask departures for before anything is packed: by volume at the usual fill or by mass, the larger."""
    box = container("20GP")
    return max(cargo.cubic_mm / (box.volume * float(world("usable_fill"))), cargo.grams / box.payload_g)


def vessel_of(way: Journey) -> str:
    """Service and day of the longest ride: what the bill of lading names."""
    ride = max([leg for leg in way.legs if leg.service] or list(way.legs), key=lambda leg: leg.km)
    return f"{ride.service} {ride.depart:%Y-%m-%d}" if ride.service else "truck"


def exit_of(way: Journey) -> str:
    """Where the goods leave the country: the last place of the first country."""
    inside = [leg.destination.code for leg in way.legs if leg.destination.code.startswith("CN")]
    return inside[-1] if inside else way.legs[0].origin.code


def _co2e_by_mass(way: Sold, cargo: Cargo) -> int:
    tonnes_per_teu = int(assumed("tonnes_per_teu"))
    return max(1, way.co2e_g * cargo.grams // (tonnes_per_teu * 1_000_000))
