"""The checker names every broken rule of plans made wrong by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bolanggu.engines.loading import PLAIN, CartonType, ContainerType, Placement, Profile, validate

BOX = ContainerType("box", 100, 100, 100, door_width=90, door_height=80, payload_g=10_000, tare_g=1)
A = CartonType("a", 50, 40, 30, 4, grams=1000)


def rules(placements, cartons=(A,), box=BOX, **options):
    return [violation.rule for violation in validate(cartons, box, placements, **options)]


def test_a_sound_plan_has_no_violation():
    assert rules([Placement("a", 0, 0, 0, 50, 40, 30), Placement("a", 0, 0, 30, 50, 40, 30)]) == []


def test_a_carton_outside_the_consignment_is_named():
    assert rules([Placement("z", 0, 0, 0, 5, 4, 3)]) == ["known"]


def test_one_copy_too_many_is_named():
    grid = [Placement("a", 50 * (n % 2), 40 * (n // 2 % 2), 30 * (n // 4), 50, 40, 30) for n in range(5)]
    assert rules(grid) == ["quantity"]


@pytest.mark.parametrize("corner", [(-1, 0, 0), (51, 0, 0), (0, 61, 0), (0, 0, 71)])
def test_a_carton_through_a_wall_is_named(corner):
    assert "inside" in rules([Placement("a", *corner, 50, 40, 30)], support="none")


def test_a_swapped_flag_is_named():
    assert rules([Placement("a", 0, 0, 0, 50, 30, 40)]) == ["orientation"]
    assert rules([Placement("a", 0, 0, 0, 50, 30, 40)], (replace(A, upright=(False, True, False)),)) == []


def test_a_carton_of_other_edges_is_named():
    assert rules([Placement("a", 0, 0, 0, 50, 40, 29)]) == ["orientation"]


def test_two_cartons_sharing_one_millimetre_are_named():
    assert rules([Placement("a", 0, 0, 0, 50, 40, 30), Placement("a", 49, 0, 0, 50, 40, 30)]) == ["overlap"]


def test_cartons_that_touch_do_not_overlap():
    assert rules([Placement("a", 0, 0, 0, 50, 40, 30), Placement("a", 50, 0, 0, 50, 40, 30)]) == []


def bridge(gap: int):
    low = [Placement("a", 0, 0, 0, 40, 50, 30), Placement("a", 40 + gap, 0, 0, 40, 50, 30)]
    return [*low, Placement("a", 20, 0, 30, 50, 40, 30)]


def test_one_millimetre_under_a_bridge_is_named():
    assert rules(bridge(0)) == []
    assert rules(bridge(1)) == ["support"]
    assert rules(bridge(1), support=0.9) == []
    assert rules(bridge(1), support="none") == []


def test_a_carton_one_millimetre_above_its_support_hangs():
    assert rules([Placement("a", 0, 0, 0, 50, 40, 30), Placement("a", 0, 0, 31, 50, 40, 30)]) == ["support"]


def tower(*keys: str):
    return [Placement(key, 0, 0, 30 * level, 50, 40, 30) for level, key in enumerate(keys)]


def test_load_above_is_counted_through_the_stack():
    weak = replace(A, key="w", max_load_above_g=1999)
    assert rules(tower("w", "a", "a"), (A, weak)) == ["bearing"]
    assert rules(tower("w", "a", "a"), (A, replace(weak, max_load_above_g=2000))) == []


def test_load_goes_to_supports_by_contact_area():
    weak = replace(A, key="w", max_load_above_g=600)
    shared = [
        Placement("w", 0, 0, 0, 40, 50, 30),
        Placement("a", 40, 0, 0, 40, 50, 30),
        Placement("a", 10, 0, 30, 50, 40, 30),
    ]
    assert rules(shared, (A, weak)) == []
    assert rules(shared, (A, replace(weak, max_load_above_g=599))) == ["bearing"]


def test_a_stack_higher_than_a_carton_allows_is_named():
    assert rules(tower("w", "a", "a"), (A, replace(A, key="w", max_layers=2))) == ["layers"]
    assert rules(tower("w", "a", "a"), (A, replace(A, key="w", max_layers=3))) == []


def test_a_carton_on_a_top_only_carton_is_named():
    assert rules(tower("t", "a"), (A, replace(A, key="t", top_only=True))) == ["top_only"]


def test_a_floor_only_carton_above_the_floor_is_named():
    assert rules(tower("a", "f"), (A, replace(A, key="f", floor_only=True))) == ["floor_only"]


def test_a_carton_too_high_for_the_door_is_named():
    tall = CartonType("t", 50, 40, 85, 1)
    assert rules([Placement("t", 0, 0, 0, 50, 40, 85)], (tall,)) == ["door"]


def test_cargo_over_the_payload_is_named():
    assert rules([Placement("h", 0, 0, 0, 50, 40, 30)], (replace(A, key="h", grams=10_001),)) == ["payload"]


def test_cargo_over_the_route_s_limit_is_named():
    assert rules(tower("a"), profile=Profile("rail", cargo_g={"box": 999})) == ["payload"]


def test_a_metre_of_floor_that_bears_too_much_is_named():
    long = ContainerType("long", 3000, 100, 100)
    heavy = CartonType("h", 500, 100, 100, 2, grams=800)
    placed = [Placement("h", 0, 0, 0, 500, 100, 100), Placement("h", 500, 0, 0, 500, 100, 100)]
    profile = Profile("floor", floor_g_per_m={"long": 1500})
    assert rules(placed, (heavy,), long, profile=profile) == ["floor_load"]
    spread = [placed[0], replace(placed[1], x=1500)]
    assert rules(spread, (heavy,), long, profile=profile) == []


def test_a_centre_of_gravity_too_far_from_the_middle_is_named():
    profile = Profile("ctu", balance_share=0.05, balance_exception=0.10)
    assert rules([Placement("a", 0, 0, 0, 50, 40, 30)], profile=profile) == ["balance"]
    assert rules([Placement("a", 35, 0, 0, 50, 40, 30)], profile=profile) == []


def stops(first: int, second: int):
    return (replace(A, key="a", drop=first), replace(A, key="b", drop=second))


def test_a_later_stop_s_carton_on_an_earlier_one_is_named():
    assert rules(tower("a", "b"), stops(1, 2)) == ["drops"]
    assert rules(tower("a", "b"), stops(2, 1)) == []


def test_a_carton_behind_a_later_stop_s_carton_is_named():
    row = [Placement("a", 0, 0, 0, 50, 40, 30), Placement("b", 50, 0, 0, 50, 40, 30)]
    assert rules(row, stops(1, 2)) == ["drops"]
    assert rules(row, stops(2, 1)) == []
    assert rules(row, stops(1, 2), profile=replace(PLAIN, crossing_mm=50)) == []


def test_goods_that_must_stay_apart_are_named():
    row = [Placement("a", 0, 0, 0, 50, 40, 30), Placement("b", 50, 0, 0, 50, 40, 30)]
    assert rules(row, (replace(A, apart="food"), replace(A, key="b", apart="chemicals"))) == ["apart"]
    assert rules(row, (replace(A, apart="food"), replace(A, key="b", apart="food"))) == []


def test_a_support_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match="support must be"):
        validate([A], BOX, [], support="most")
