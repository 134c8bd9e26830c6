"""Many containers: everything is loaded or left with a reason, cost never below the bound, every plan valid."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from tests.engines.loading.cargo import BOX, consignment, ticking

from bolanggu.engines.loading import PLAIN, CartonType, ContainerType, Offer, container, fill, profile, validate
from bolanggu.engines.loading.bounds import cheapest

SMALL = replace(BOX, name="small", length=300)


def offers(small: int = 60, large: int = 100, available: int | None = None):
    return [Offer(SMALL, small, available), Offer(BOX, large, available)]


def counted(mix):
    total = Counter(p.key for plan in mix.plans for p in plan.placements)
    total.update({item.key: item.quantity for item in mix.leftovers})
    return total


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_carton_is_loaded_or_left_with_a_reason(seed):
    cartons = [replace(c, quantity=2 * c.quantity) for c in consignment(seed, 8)]
    mix = fill(cartons, offers(), seconds=20, stopwatch=ticking())
    assert counted(mix) == {c.key: c.quantity for c in cartons}
    assert mix.lower_bound_minor <= mix.cost_minor
    assert not mix.leftovers
    for plan in mix.plans:
        assert validate(cartons, plan.container, plan.placements) == ()


def test_what_goes_into_no_container_is_named_and_the_rest_is_loaded():
    cartons = [CartonType("ok", 50, 50, 50, 4), CartonType("mast", 900, 10, 10, 1), CartonType("void", 0, 5, 5, 2)]
    mix = fill(cartons, offers(), seconds=5, stopwatch=ticking())
    assert {item.key for item in mix.leftovers} == {"mast", "void"}
    assert all(item.reason for item in mix.leftovers)
    assert mix.plans[0].loaded == {"ok": 4}


def test_scarce_containers_leave_cartons_behind_with_a_reason():
    mix = fill([CartonType("a", 100, 100, 100, 90)], offers(available=1), seconds=10, stopwatch=ticking())
    assert len(mix.plans) == 2
    assert mix.leftovers[0].reason == "no further container can be had"
    assert counted(mix) == {"a": 90}


def test_a_small_load_takes_the_small_container():
    mix = fill([CartonType("a", 50, 50, 50, 10)], offers(), seconds=5, stopwatch=ticking())
    assert [plan.container.name for plan in mix.plans] == ["small"]
    assert mix.gap == 0.0


def test_classes_that_must_stay_apart_take_two_containers():
    cartons = [CartonType("food", 50, 50, 50, 4, apart="food"), CartonType("acid", 50, 50, 50, 4, apart="acid")]
    mix = fill(cartons, [Offer(SMALL, 60)], seconds=10, stopwatch=ticking())
    assert sorted(tuple(plan.loaded) for plan in mix.plans) == [("acid",), ("food",)]
    assert not mix.leftovers


def test_no_cartons_cost_nothing():
    mix = fill([], offers(), seconds=1)
    assert (mix.plans, mix.leftovers, mix.cost_minor, mix.gap) == ((), (), 0, 0.0)


def test_the_cheapest_mix_is_that_of_trying_all():
    draw = random.Random(7)
    for _ in range(60):
        sizes = [ContainerType(f"t{n}", draw.randint(5, 20), 10, 10, payload_g=draw.randint(5, 30)) for n in range(3)]
        offered = [Offer(box, draw.randint(50, 200)) for box in sizes]
        volume, grams = draw.randint(1, 6000), draw.randint(0, 60)
        plain = min(
            a * offered[0].cost_minor + b * offered[1].cost_minor + c * offered[2].cost_minor
            for a in range(14)
            for b in range(14)
            for c in range(14)
            if a * sizes[0].volume + b * sizes[1].volume + c * sizes[2].volume >= volume
            and a * sizes[0].payload_g + b * sizes[1].payload_g + c * sizes[2].payload_g >= grams
        )
        found = cheapest(offered, volume, grams, PLAIN)
        assert found is not None
        assert found.cost_minor == plain


@pytest.mark.slow
def test_two_thousand_cartons_of_eighty_merchants_take_twenty_seconds_at_most():
    draw = random.Random(1)
    cartons = [
        CartonType(
            f"m{merchant}-{row}", draw.randint(280, 800), draw.randint(220, 550), draw.randint(180, 500), 5,
            grams=draw.randint(5000, 25000), group=f"m{merchant}", max_load_above_g=draw.choice([None, 80_000]),
        )
        for merchant in range(80)
        for row in range(5)
    ]  # fmt: skip
    prices = [Offer(container(name), cost) for name, cost in (("20GP", 100), ("40GP", 170), ("40HC", 180))]
    rules = profile("sea")
    mix = fill(cartons, prices, seconds=10, profile=rules)
    assert not mix.leftovers
    assert sum(len(plan.placements) for plan in mix.plans) == 2000
    for plan in mix.plans:
        assert validate(cartons, plan.container, plan.placements, profile=rules) == ()
        assert set(plan.contiguity) <= {c.group for c in cartons}
