"""Pairs of 20-foot boxes on rail."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from bolanggu.engines.loading import PLAIN, Plan, container, pairs, profile

RAIL = profile("rail")


def box(tonnes, name="20GP"):
    return Plan(container(name), (), {}, (), 0, round(tonnes * 1e6), (0.0, 0.0, 0.0))


def test_boxes_of_nearly_the_same_mass_make_a_pair():
    made, broken = pairs([box(18), box(9), box(10), box(17)], RAIL)
    assert [(p.first, p.second) for p in made] == [(1, 2), (3, 0)]
    assert broken == ()


def test_a_difference_of_five_tonnes_is_too_much():
    assert pairs([box(10), box(14.9)], RAIL)[1] == ()
    assert [v.rule for v in pairs([box(10), box(15)], RAIL)[1]] == ["pairs"]


def test_the_box_that_fits_no_other_stays_alone():
    made, broken = pairs([box(10), box(20), box(11)], RAIL)
    assert [(p.first, p.second) for p in made] == [(0, 2)]
    assert "box 2 has no second" in broken[0].message


def test_forty_foot_boxes_and_other_routes_ask_for_no_pairs():
    assert pairs([box(10, "40HC")], RAIL) == ((), ())
    assert pairs([box(10), box(20)], PLAIN) == ((), ())
    assert pairs([box(10), box(20)], profile("sea")) == ((), ())


@pytest.mark.parametrize("count", [2, 4, 5, 6])
def test_the_greatest_difference_is_that_of_trying_all(count):
    draw = random.Random(count)
    boxes = [box(draw.uniform(5, 21)) for _ in range(count)]
    made, _ = pairs(boxes, RAIL)
    mass = [b.gross_g for b in boxes]
    plain = min(
        max(abs(mass[order[i]] - mass[order[i + 1]]) for i in range(0, count - 1, 2))
        for order in permutations(range(count))
    )
    assert max(p.difference_g for p in made) == plain
