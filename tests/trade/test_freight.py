"""Freight of one cargo on its ways: groupage or boxes, the wish of the buyer, air only where nothing else leads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.consolidation.services import PlannedBox
from bolanggu.market.transport.itinerary import Kept
from bolanggu.trade.cargo import Cargo
from bolanggu.trade.freight import box_costs, choose, price, teu_of
from bolanggu.trade.steps.book import with_costs
from bolanggu.values.money import Money

AT = datetime(2026, 3, 1, tzinfo=UTC)
SEA = Kept(Money("USD", 120_000), 1_000_000, "rail-sea", AT + timedelta(days=40))
AIR = Kept(Money("USD", 4_000_000), 40_000_000, "road-air", AT + timedelta(days=6))
SMALL, LARGE = Cargo(10, 2 * 10**9, 300_000), Cargo(900, 60 * 10**9, 9_000_000)


def way(mode, days, km=9000):
    """A way whose longest ride is by one mode."""
    leg = SimpleNamespace(mode=mode, km=km)
    return SimpleNamespace(legs=(leg,), by_air=mode == "air", arrive=AT + timedelta(days=days))


def freight(minor):
    return SimpleNamespace(freight=Money("USD", minor))


def test_a_small_cargo_goes_as_groupage_and_a_large_one_in_boxes_with_both_offers_told():
    small, large = price(SEA, SMALL, ["20GP"]), price(SEA, LARGE, ["40HC"])
    assert (small.service, large.service) == ("LCL", "FCL")
    assert small.freight.minor == small.lcl < small.fcl == box_costs(SEA)["20GP"]
    assert large.freight.minor == large.fcl < large.lcl


def test_a_service_that_is_booked_stays_whatever_is_cheaper_now():
    assert price(SEA, SMALL, ["20GP"], service="FCL").freight.minor == box_costs(SEA)["20GP"]


def test_air_has_one_price_and_no_boxes():
    flown = price(AIR, SMALL, ["20GP"])
    assert (flown.service, flown.lcl, flown.fcl, box_costs(AIR)) == ("AIR", None, None, {})


@given(st.integers(1, 300), st.integers(1, 60_000))
def test_the_cheaper_of_both_offers_is_taken(cubic_dm, kilograms):
    of = price(SEA, Cargo(1, cubic_dm * 10**8, kilograms * 1000), ["40HC"])
    assert of.freight.minor == min(of.lcl, of.fcl)
    assert of.co2e_g > 0


def test_without_a_wish_the_cheapest_on_the_ground_is_taken_and_air_only_alone():
    ways = [way("air", 6), way("rail", 25), way("sea", 40)]
    assert choose(ways, [freight(1), freight(900), freight(300)]) == 2
    assert choose(ways[:1], [freight(9)]) == 0


@pytest.mark.parametrize(("wish", "taken"), [("rail", 1), ("sea", 2), ("air", 0)])
def test_a_wish_counts_before_the_price(wish, taken):
    ways = [way("air", 6), way("rail", 25), way("sea", 40)]
    assert choose(ways, [freight(9000), freight(900), freight(300)], wish) == taken


def test_a_wish_that_no_way_meets_is_as_good_as_none():
    assert choose([way("sea", 40), way("sea", 30)], [freight(300), freight(200)], "rail") == 1


@given(st.lists(st.integers(1, 50), min_size=1, max_size=5), st.integers(0, 10**7))
def test_boxes_bear_the_freight_together(edges, minor):
    boxes = [PlannedBox("40HC", "", [("s", 0, 0, 0, edge, 10, 10)], 10.0, 1, 2) for edge in edges]
    made = with_costs(boxes, "LCL", Money("USD", minor), {})
    assert sum(box.cost_minor for box in made) == minor
    assert {box.service for box in made} == {"LCL"}
    full = with_costs(boxes, "FCL", Money("USD", 0), {"40HC": 700})
    assert [box.cost_minor for box in full] == [700] * len(edges)


def test_space_of_boxes_in_teu():
    assert teu_of(["20GP", "40GP", "40HC", "45HC"]) == 7.25
    assert with_costs([], "FCL", Money("USD", 0), {}) == []
