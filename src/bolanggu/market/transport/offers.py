"""Freight offers (运价): what a journey costs for a container, for groupage by W/M, or for air cargo by weight."""

from __future__ import annotations

from dataclasses import dataclass

from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.itinerary import Sold
from bolanggu.values.money import Money
from bolanggu.values.quantity import ceil_div

#: A W/M is the larger of one cubic metre and one tonne.
CUBIC_MM_PER_WM = 10**9
GRAMS_PER_WM = 10**6


class NoOffer(ValueError):
    """The journey cannot carry cargo of this kind; the message says which kinds it carries."""

    code = "no_offer"


@dataclass(frozen=True, slots=True)
class Offer:
    """One price: ``unit`` is a container type, ``W/M``, or ``kg``; ``least`` the units that are charged at least."""

    unit: str
    price: Money
    least: int = 1


def offers(journey: Sold) -> tuple[Offer, ...]:
    """All prices of a journey: containers and groupage on the ground and at sea, kilograms where a leg flies."""
    per_teu = journey.cost
    if journey.by_air:
        grams = assumed("tonnes_per_teu") * 1000
        return (Offer("kg", _up(per_teu, 1, grams)),)
    boxes = (Offer(kind, _up(per_teu, round(teu * 100), 100)) for kind, teu in assumed("offers.teu").items())
    groupage = Offer("W/M", _up(per_teu, 1, assumed("offers.lcl_wm_per_teu")), assumed("offers.lcl_minimum_wm"))
    return (*boxes, groupage)


def price(journey: Sold, unit: str) -> Offer:
    """The offer of one unit.

    Raises
    ------
    NoOffer
        The journey has no price for it: no container flies, no kilogram sails.
    """
    by_unit = {offer.unit: offer for offer in offers(journey)}
    if unit not in by_unit:
        raise NoOffer(f"{journey.mode_chain} is not sold by {unit}; it is sold by {', '.join(by_unit)}")
    return by_unit[unit]


def charge_groupage(journey: Sold, *, cubic_mm: int, grams: int) -> Money:
    """The freight of cargo in a groupage box: thousandths of W/M, never less than the least.

    Parameters
    ----------
    journey
        A journey without a flight.
    cubic_mm, grams
        Volume in mm³ and gross mass in g.
    """
    offer = price(journey, "W/M")
    measure = max(ceil_div(cubic_mm * 1000, CUBIC_MM_PER_WM), ceil_div(grams * 1000, GRAMS_PER_WM), offer.least * 1000)
    return offer.price.portion(measure, 1000)


def charge_air(journey: Sold, *, cubic_mm: int, grams: int) -> Money:
    """The freight of air cargo: the larger of gross and volume weight (6,000 cm³ a kg, IATA), by half kilograms.

    Parameters
    ----------
    journey
        A journey with a flight.
    cubic_mm, grams
        Volume in mm³ and gross mass in g.
    """
    halves = max(ceil_div(grams, 500), ceil_div(cubic_mm, 3_000_000))
    return price(journey, "kg").price.portion(max(halves, 2), 2)


def _up(money: Money, numerator: int, denominator: int) -> Money:
    return Money(money.currency, ceil_div(money.minor * numerator, denominator))
