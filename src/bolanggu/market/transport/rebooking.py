"""Rebooking (改配): many bookings that wait, or were rolled, onto the departures that are left, all at once.

The scarce thing of a journey is the space of its longest scheduled leg; that leg's departure is what a booking gets.
Space on its other legs is asked for when the booking is really rolled (`services.roll`), which refuses what is full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bolanggu.engines.assigning.assign import assign
from bolanggu.engines.assigning.book import Wish, book
from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.itinerary import Journey, Leg

#: A booking left behind counts as this many times its dearest journey, so that nobody is left to save freight.
DEAR = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A booking that waits: hundredths of a TEU, the journeys it may take, and how much it counts (1 is usual)."""

    number: str
    teu: int
    journeys: tuple[Journey, ...]
    priority: int = 1


def rebook(
    waiting: Sequence[Waiting], left: Mapping[tuple[str, datetime], float] | None = None
) -> dict[str, int | None]:
    """For each booking the index of its journey, or None for one that is left behind, at nearly the least freight.

    Parameters
    ----------
    left
        TEU left on departures, by service and time (`selectors.space_left`); the others have the assumed space.
    """
    known = left or {}
    mains = [[_main(journey) for journey in each.journeys] for each in waiting]
    numbers: dict[tuple[str, datetime], int] = {}
    room: list[int] = []
    for leg in (leg for legs in mains for leg in legs):
        key = leg.service, leg.depart
        if key not in numbers:
            numbers[key] = len(numbers)
            room.append(int(100 * known.get(key, float(assumed("space")[leg.mode]["value"]))))
    wishes = [_wish(each, legs, numbers) for each, legs in zip(waiting, mains, strict=True)]
    departures = assign(book(wishes, room)).departure.tolist() if wishes else []
    return {
        each.number: _journey(wish, each, [numbers[leg.service, leg.depart] for leg in legs], departure)
        for each, wish, legs, departure in zip(waiting, wishes, mains, departures, strict=True)
    }


def _main(journey: Journey) -> Leg:
    scheduled = [leg for leg in journey.legs if leg.service]
    if not scheduled:
        raise ValueError(f"the journey to {journey.destination} is by road alone; it needs no departure")
    return max(scheduled, key=lambda leg: leg.km)


def _wish(each: Waiting, legs: Sequence[Leg], numbers: Mapping[tuple[str, datetime], int]) -> Wish:
    """One choice a departure: the cheapest journey that takes it."""
    costs: dict[int, int] = {}
    for journey, leg in zip(each.journeys, legs, strict=True):
        number = numbers[leg.service, leg.depart]
        costs[number] = min(costs.get(number, 1 << 60), journey.cost.minor * each.teu // 100)
    return Wish(each.teu, tuple(costs.items()), DEAR * each.priority * max(costs.values(), default=1))


def _journey(wish: Wish, each: Waiting, departures: Sequence[int], departure: int) -> int | None:
    if departure < 0:
        return None
    paid = dict(wish.costs)[departure]
    return next(
        index
        for index, (journey, number) in enumerate(zip(each.journeys, departures, strict=True))
        if number == departure and journey.cost.minor * each.teu // 100 == paid
    )
