"""Many merchants in several containers: dealt evenly, emptied, within the budget, and told with bound and gap."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from benchmarks.loading_consignments import consignment, offers
from tests.engines.loading.cargo import ticking

from bolanggu.engines.loading import CartonType, ContainerType, Offer, container, fill, profile, validate
from bolanggu.engines.loading.gathering import _evenly, fragile

SEA = profile("sea")


@pytest.fixture(scope="module")
def mixed():
    cartons = consignment(3, cubic_metres=130, merchants=30)
    return cartons, fill(cartons, offers(), seconds=150, profile=SEA, stopwatch=ticking())


def test_every_rule_holds_and_every_carton_is_there(mixed):
    cartons, mix = mixed
    total = Counter(p.key for plan in mix.plans for p in plan.placements)
    total.update({item.key: item.quantity for item in mix.leftovers})
    assert total == {c.key: c.quantity for c in cartons}
    for plan in mix.plans:
        assert validate(cartons, plan.container, plan.placements, profile=SEA) == ()
        assert plan.certificate.valid


def test_no_container_but_the_last_is_half_empty(mixed):
    _, mix = mixed
    fills = sorted(plan.fill_percent for plan in mix.plans)
    assert all(share > 60 for share in fills[1:])
    assert mix.cost_minor >= mix.lower_bound_minor


def test_each_merchant_s_contiguity_is_measured(mixed):
    cartons, mix = mixed
    for plan in mix.plans:
        merchants = {c.group for c in cartons if plan.loaded.get(c.key)}
        assert set(plan.contiguity) == merchants
        assert all(0 < share <= 1 for share in plan.contiguity.values())


def test_groups_are_ordered_so_that_fragile_cartons_come_evenly():
    glass = CartonType("g", 10, 10, 10, 10, top_only=True)
    tins = CartonType("t", 10, 10, 10, 10)
    groups = [replace(glass, group=f"g{n}") for n in range(3)] + [replace(tins, group=f"t{n}") for n in range(6)]
    order = _evenly(groups)
    assert sorted(order) == sorted(c.group for c in groups)
    for at in range(3, 10, 3):
        assert sum(name[0] == "g" for name in order[:at]) in (at // 3, at // 3 - 1, at // 3 + 1)


def test_what_bears_nothing_is_fragile():
    assert fragile(CartonType("a", 1, 1, 1, 1, top_only=True))
    assert fragile(CartonType("a", 1, 1, 1, 1, max_load_above_g=0))
    assert fragile(CartonType("a", 1, 1, 1, 1, max_layers=1))
    assert not fragile(CartonType("a", 1, 1, 1, 1, max_load_above_g=5))


def test_scarce_containers_leave_the_rest_with_a_reason():
    cartons = consignment(4, cubic_metres=100, merchants=30)
    mix = fill(cartons, [Offer(container("40HC"), 10, 1)], seconds=40, profile=SEA, stopwatch=ticking())
    assert len(mix.plans) == 1
    assert {item.reason for item in mix.leftovers} == {"no further container can be had"}


def test_the_budget_is_kept_to_the_length_of_a_look():
    ticks = count()
    cartons = consignment(5, cubic_metres=130, merchants=30)
    fill(cartons, offers(), seconds=200, profile=SEA, stopwatch=lambda: float(next(ticks)))
    assert next(ticks) < 300


def test_the_same_work_gives_the_same_mix():
    cartons = consignment(6, cubic_metres=60, merchants=25)
    mixes = [fill(cartons, offers(), seconds=60, profile=SEA, stopwatch=ticking()) for _ in range(2)]
    assert [plan.placements for plan in mixes[0].plans] == [plan.placements for plan in mixes[1].plans]


def test_the_bench_s_consignments_are_those_of_their_seed():
    assert consignment(7, cubic_metres=40, merchants=6) == consignment(7, cubic_metres=40, merchants=6)
    plain = consignment(7, cubic_metres=40, merchants=6, rules=False)
    assert sum(c.grams for c in plain) == 0
    assert not any(fragile(c) for c in plain)


def test_a_load_that_just_fits_takes_the_small_container():
    cubes = [CartonType(str(n), 20, 20, 20, 1) for n in range(50)]
    small, large = ContainerType("small", 100, 100, 40), ContainerType("large", 100, 100, 100)
    mix = fill(cubes, [Offer(small, 60), Offer(large, 100)], seconds=30, stopwatch=ticking())
    assert [plan.container.name for plan in mix.plans] == ["small"]
    assert mix.gap == 0.0
