"""Reserved space stays empty, with and without support, and the bound knows it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.loading.cargo import BOX, consignment, ticking

from bolanggu.engines.loading import CartonType, ContainerType, Placement, Profile, Reserved, load, validate
from bolanggu.engines.loading.bounds import room_left

LOGGER = Reserved(200, 0, 180, 60, 235, 59, "data logger under the roof")
SILL = Reserved(540, 0, 0, 50, 235, 30, "lashing at the door")


def quick(cartons, box, **options):
    return load(cartons, box, seconds=6, stopwatch=ticking(), **options)


@pytest.mark.parametrize("support", ["full", "none"])
@pytest.mark.parametrize("space", [LOGGER, SILL])
def test_nothing_reaches_into_reserved_space(support, space):
    box, cartons = replace(BOX, reserved=(space,)), consignment(4, 6)
    plan = quick(cartons, box, support=support)
    assert plan.volume > 0.6 * BOX.volume
    assert validate(cartons, box, plan.placements, support=support) == ()
    assert "reserved" in plan.certificate.checked


@given(st.integers(0, 10_000), st.integers(0, 3))
@settings(max_examples=4, deadline=None)
def test_reserved_space_and_stops_and_merchants_go_together(seed, stops):
    cartons = [replace(c, drop=row % (stops + 1), group=f"m{row % 2}") for row, c in enumerate(consignment(seed, 5))]
    box = replace(BOX, reserved=(LOGGER, SILL))
    plan = quick(cartons, box, profile=Profile("ctu", balance_share=0.05, balance_exception=0.5))
    assert all(violation.rule == "balance" for violation in plan.certificate.violations)
    assert plan.placements


def test_a_carton_in_reserved_space_is_named_with_the_reason():
    box = ContainerType("box", 100, 100, 100, reserved=(Reserved(50, 0, 0, 10, 100, 100, "bulkhead"),))
    found = validate([CartonType("a", 51, 40, 30, 1)], box, [Placement("a", 0, 0, 0, 51, 40, 30)])
    assert [v.rule for v in found] == ["reserved"]
    assert "bulkhead" in found[0].message
    assert validate([CartonType("a", 50, 40, 30, 1)], box, [Placement("a", 0, 0, 0, 50, 40, 30)]) == ()


def test_below_a_low_ceiling_stands_what_is_low_enough():
    box = ContainerType("box", 50, 50, 50, reserved=(Reserved(0, 0, 30, 50, 50, 20),))
    plan = quick([CartonType("low", 25, 25, 30, 9), CartonType("tall", 25, 25, 31, 9)], box)
    assert plan.loaded == {"low": 4}
    assert plan.certificate.gap == 0.0


def test_room_left_counts_overlapping_reserves_once():
    two = (Reserved(0, 0, 0, 60, 100, 100), Reserved(40, 0, 0, 30, 100, 50), Reserved(90, 90, 90, 50, 50, 50))
    box = ContainerType("box", 100, 100, 100, reserved=two)
    plain = sum(
        1
        for x in range(0, 100, 10)
        for y in range(0, 100, 10)
        for z in range(0, 100, 10)
        if not any(r.x <= x < r.x + r.dx and r.y <= y < r.y + r.dy and r.z <= z < r.z + r.dz for r in two)
    )
    assert room_left(box) == plain * 1000
