"""Replanning while loading: what stands stays, the rest finds room round it, and every rule still holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.loading.cargo import BOX, consignment, ticking

from bolanggu.engines.loading import CartonType, ContainerType, Placement, Profile, as_found, load, replan, validate

CUBE = ContainerType("cube", 100, 50, 50, payload_g=4000)


def quick(cartons, standing, box=BOX, **options):
    return replan(cartons, box, standing, seconds=12, stopwatch=ticking(), **options)


@given(st.integers(0, 10_000), st.floats(0.1, 0.9))
@settings(max_examples=10, deadline=None)
def test_what_stands_comes_first_and_the_whole_is_valid(seed, share):
    cartons = consignment(seed, 5, rules=True)
    first = load(cartons, BOX, seconds=6, stopwatch=ticking())
    standing = first.placements[: int(share * len(first.placements))]
    plan = quick(cartons, standing)
    assert plan.placements[: len(standing)] == standing
    assert validate(cartons, BOX, plan.placements) == ()
    assert plan.volume >= sum(p.volume for p in standing)


def test_one_missing_and_three_larger_than_promised():
    cartons = consignment(8, 5)
    first = load(cartons, BOX, seconds=6, stopwatch=ticking())
    half = first.placements[: len(first.placements) // 2]
    inside = Counter(p.key for p in half)
    waiting = {c.key: c.quantity - inside[c.key] for c in cartons}
    missing, larger = sorted(waiting, key=waiting.get)[-2:]
    edges = next((c.length + 2, c.width + 1, c.height) for c in cartons if c.key == larger)
    found = as_found(cartons, {missing: 1}, {larger: [(3, edges)]})
    plan = quick(found, half)
    assert plan.certificate.valid
    assert validate(found, BOX, plan.placements) == ()
    assert plan.placements[: len(half)] == half
    left = {item.key: item.quantity for item in plan.left}
    assert all(plan.loaded.get(c.key, 0) + left.get(c.key, 0) == c.quantity for c in found if c.quantity)


def test_more_missing_than_there_are_is_refused():
    cartons = [CartonType("a", 5, 5, 5, 2)]
    with pytest.raises(ValueError, match="more than 2 cartons a"):
        as_found(cartons, {"a": 3}, {})
    with pytest.raises(ValueError, match="b is not in the consignment"):
        as_found(cartons, {"b": 1}, {})


def test_what_stands_counts_for_the_payload():
    cartons = [CartonType("a", 50, 50, 50, 2, grams=2500)]
    plan = quick(cartons, [Placement("a", 0, 0, 0, 50, 50, 50)], CUBE)
    assert plan.loaded == {"a": 1}


def test_nothing_is_put_on_a_standing_carton_that_bears_nothing():
    cartons = [CartonType("glass", 50, 50, 20, 1, top_only=True), CartonType("a", 50, 50, 20, 4)]
    plan = quick(cartons, [Placement("glass", 0, 0, 0, 50, 50, 20)], CUBE)
    assert plan.loaded == {"glass": 1, "a": 2}


def test_a_standing_carton_bears_no_more_than_it_may():
    cartons = [CartonType("weak", 50, 50, 10, 1, max_load_above_g=200), CartonType("a", 50, 50, 10, 9, grams=100)]
    plan = quick(cartons, [Placement("weak", 0, 0, 0, 50, 50, 10)], replace(CUBE, length=50))
    assert plan.loaded == {"weak": 1, "a": 2}


def test_goods_of_another_class_than_what_stands_stay_behind():
    cartons = [CartonType("food", 50, 50, 50, 1, apart="food"), CartonType("acid", 50, 50, 50, 5, apart="acid")]
    plan = quick(cartons, [Placement("food", 0, 0, 0, 50, 50, 50)], CUBE)
    assert plan.loaded == {"food": 1}
    assert "must not share" in plan.left[0].reason


def test_a_standing_carton_that_hangs_is_reported_and_bears_nothing():
    cartons = [CartonType("a", 50, 50, 20, 4)]
    plan = quick(cartons, [Placement("a", 0, 0, 5, 50, 50, 20)], CUBE)
    assert [v.rule for v in plan.certificate.violations] == ["support"]
    assert not plan.certificate.valid
    assert {p.x for p in plan.placements[1:]} == {50}


def test_earlier_stops_stand_before_later_ones():
    cartons = [CartonType("late", 50, 50, 50, 1, drop=2), CartonType("soon", 20, 50, 50, 2, drop=1)]
    plan = quick(cartons, [Placement("late", 0, 0, 0, 50, 50, 50)], CUBE)
    assert plan.loaded == {"late": 1, "soon": 2}
    assert validate(cartons, CUBE, plan.placements) == ()


def test_added_cartons_keep_the_balance_where_they_can():
    rules = Profile("ctu", balance_share=0.05, balance_exception=0.10)
    cartons = [CartonType("a", 50, 50, 50, 2, grams=100)]
    plan = quick(cartons, [Placement("a", 0, 0, 0, 50, 50, 50)], CUBE, profile=rules)
    assert plan.certificate.valid
    alone = quick([replace(cartons[0], quantity=1)], [Placement("a", 0, 0, 0, 50, 50, 50)], CUBE, profile=rules)
    assert [v.rule for v in alone.certificate.violations] == ["balance"]
