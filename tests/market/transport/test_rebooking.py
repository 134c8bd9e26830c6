"""Bookings that wait are spread over departures at once: nobody is split, nothing overfull, the dear ones first."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.rebooking import Waiting, rebook

READY = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def journeys():
    return tuple(way for way in plan("DEDUI", READY) if any(leg.service for leg in way.legs) and not way.by_air)


def main_of(journey):
    leg = max((leg for leg in journey.legs if leg.service), key=lambda leg: leg.km)
    return leg.service, leg.depart


def test_with_room_everyone_takes_the_cheapest(journeys):
    found = rebook([Waiting(f"SO{number}", 200, journeys) for number in range(5)])
    cheapest = min(journey.cost.minor for journey in journeys)
    assert {journeys[index].cost.minor for index in found.values()} == {cheapest}


def test_no_departure_is_overfull_and_who_finds_no_room_is_left_behind(journeys):
    left = {main_of(journey): 5.0 for journey in journeys}
    waiting = [Waiting(f"SO{number:02d}", 100 + 50 * (number % 4), journeys) for number in range(40)]
    found = rebook(waiting, left)
    load = defaultdict(int)
    for each in waiting:
        if found[each.number] is not None:
            load[main_of(journeys[found[each.number]])] += each.teu
    assert all(taken <= 500 for taken in load.values())
    assert sum(load.values()) >= 0.9 * 500 * len(left)
    assert None in found.values()


def test_what_counts_more_is_not_left_behind(journeys):
    left = {main_of(journey): 1.0 for journey in journeys}
    places = len(left)
    usual = [Waiting(f"A{number}", 100, journeys) for number in range(places)]
    urgent = [Waiting(f"B{number}", 100, journeys, priority=5) for number in range(places)]
    found = rebook([*usual, *urgent], left)
    assert all(found[each.number] is not None for each in urgent)


def test_nobody_waiting_is_no_work():
    assert rebook([]) == {}
