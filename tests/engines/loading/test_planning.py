"""Plans of one container: valid under every rule, deterministic, complete in what they say."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.loading.cargo import BOX, consignment, ticking

from bolanggu.engines.loading import CartonType, ContainerType, Profile, load, profile, validate

CTU = Profile("ctu", balance_share=0.05, balance_exception=0.10, crossing_mm=0)


def quick(cartons, box=BOX, ticks=12, **options):
    return load(cartons, box, seconds=ticks, stopwatch=ticking(), **options)


@given(st.integers(0, 10_000), st.integers(1, 12))
@settings(max_examples=12, deadline=None)
def test_every_plan_is_valid_and_counts_every_carton(seed, kinds):
    cartons = consignment(seed, kinds)
    plan = quick(cartons)
    assert validate(cartons, BOX, plan.placements) == ()
    assert Counter(p.key for p in plan.placements) == plan.loaded
    left = {item.key: item.quantity for item in plan.left}
    assert all(plan.loaded.get(c.key, 0) + left.get(c.key, 0) == c.quantity for c in cartons)


@given(st.integers(0, 10_000), st.integers(2, 10))
@settings(max_examples=12, deadline=None)
def test_every_rule_of_stacking_holds(seed, kinds):
    cartons = consignment(seed, kinds, rules=True)
    plan = quick(cartons, profile=CTU)
    assert validate(cartons, BOX, plan.placements, profile=CTU) == ()
    assert plan.certificate.valid


@pytest.mark.parametrize("support", ["none", 0.75])
def test_a_looser_support_gives_a_plan_valid_under_it(support):
    cartons = consignment(3, 8)
    plan = quick(cartons, support=support)
    assert validate(cartons, BOX, plan.placements, support=support) == ()


def test_the_same_work_and_seed_give_the_same_plan():
    cartons = consignment(5)
    assert quick(cartons, seed=7).placements == quick(cartons, seed=7).placements


def test_more_work_never_loads_less():
    cartons = consignment(11, 5)
    fills = [quick(cartons, ticks=ticks).volume for ticks in (2, 20, 60)]
    assert fills == sorted(fills)


def test_a_mirrored_plan_is_valid_too():
    cartons = consignment(2)
    plan = quick(cartons)
    mirrored = [replace(p, x=BOX.length - p.x - p.dx, y=BOX.width - p.y - p.dy) for p in plan.placements]
    assert validate(cartons, BOX, mirrored) == ()


def test_an_executor_only_adds_searches():
    cartons = consignment(4)
    with ThreadPoolExecutor(2) as pool:
        plan = load(cartons, BOX, seconds=0.2, executor=pool)
    assert plan.certificate.valid


def test_27_cubes_fill_a_cube():
    plan = quick([CartonType("c", 10, 10, 10, 27)], ContainerType("cube", 30, 30, 30))
    assert plan.fill_percent == 100.0
    assert plan.left == ()


def test_the_loading_order_puts_nothing_before_what_it_stands_on():
    plan = quick(consignment(8))
    for index, p in enumerate(plan.placements):
        for q in plan.placements[index + 1 :]:
            beneath = q.z + q.dz == p.z and q.x < p.x + p.dx and p.x < q.x + q.dx
            assert not (beneath and q.y < p.y + p.dy and p.y < q.y + q.dy)


def reasons(cartons, box=BOX, **options):
    return {item.key: item.reason for item in quick(cartons, box, **options).left}


def test_a_carton_larger_than_the_container_stays_with_its_reason():
    assert reasons([CartonType("big", 700, 10, 10, 2)])["big"].startswith("too large for test")


def test_a_carton_that_does_not_pass_the_door_stays_with_its_reason():
    assert reasons([CartonType("tall", 50, 50, 235, 1)]) == {"tall": "too large for the door of test: 50 x 50 x 235 mm"}


def test_a_carton_heavier_than_the_payload_stays_with_its_reason():
    assert reasons([CartonType("lead", 50, 50, 50, 1, grams=20_000_001)])["lead"].startswith("heavier than the payload")


def test_payload_stops_the_loading():
    plan = quick([CartonType("iron", 50, 50, 50, 60, grams=1_000_000)])
    assert plan.loaded == {"iron": 20}
    assert plan.left[0].quantity == 40


def test_classes_that_must_stay_apart_do_not_share_the_container():
    cartons = [CartonType("food", 50, 50, 50, 9, apart="food"), CartonType("acid", 50, 50, 50, 2, apart="acid")]
    plan = quick(cartons)
    assert plan.loaded == {"food": 9}
    assert "must not share" in plan.left[0].reason


def test_value_decides_what_is_loaded_when_not_all_fits():
    cube = ContainerType("cube", 20, 20, 20)
    plan = quick([CartonType("dear", 20, 20, 20, 1, value=9.0), CartonType("cheap", 10, 10, 10, 8, value=1.0)], cube)
    assert plan.loaded == {"dear": 1}


def test_stops_are_unloaded_without_moving_others():
    cartons = [replace(c, drop=1 + row % 3) for row, c in enumerate(consignment(6, 9))]
    cartons = [replace(c, quantity=max(1, c.quantity // 2)) for c in cartons]
    plan = quick(cartons, profile=CTU, ticks=40)
    assert validate(cartons, BOX, plan.placements, profile=CTU) == ()
    first = {c.drop: c for c in cartons}
    assert {drop for drop, c in first.items() if plan.loaded.get(c.key)} == {1, 2, 3}


def test_a_half_empty_container_is_balanced_by_moving_the_load():
    plan = quick([CartonType("a", 50, 50, 50, 8, grams=9000)], profile=CTU)
    assert abs(plan.centre[0] - BOX.length / 2) <= 0.05 * BOX.length


def test_lopsided_cargo_keeps_the_balance():
    cartons = [CartonType("iron", 100, 100, 100, 4, grams=2_000_000), CartonType("foam", 100, 100, 100, 16, grams=1000)]
    plan = quick(cartons, profile=CTU, ticks=30)
    assert abs(plan.centre[0] - BOX.length / 2) <= 0.10 * BOX.length


def test_dense_cargo_is_spread_over_the_floor():
    limit = replace(CTU, floor_g_per_m={"long": 3_000_000})
    box = ContainerType("long", 12000, 2350, 2390, payload_g=28_000_000)
    plan = load(
        [CartonType("tiles", 600, 400, 300, 900, grams=90_000)], box, seconds=5, profile=limit, stopwatch=ticking()
    )
    assert plan.gross_g > 20_000_000
    assert validate([CartonType("tiles", 600, 400, 300, 900, grams=90_000)], box, plan.placements, profile=limit) == ()


def test_two_types_of_one_key_are_refused():
    with pytest.raises(ValueError, match="two carton types have the key a"):
        load([CartonType("a", 1, 1, 1, 1), CartonType("a", 2, 2, 2, 1)], BOX)


def test_no_cartons_give_an_empty_plan():
    plan = quick([])
    assert plan.placements == ()
    assert plan.fill_percent == 0.0


def test_the_bound_is_never_below_what_is_loaded():
    cartons = consignment(9, rules=True)
    plan = quick(cartons, profile=profile("sea"))
    assert plan.volume <= plan.certificate.bound <= BOX.volume
