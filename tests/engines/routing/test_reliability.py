"""Reliability: the chance against a simulation, and a fourth criterion that loses no journey of the three."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.engines.routing.networks import write_random
from tests.engines.routing.test_naming import READY

from bolanggu.engines.routing.journeys import Journey, Leg
from bolanggu.engines.routing.reading import read
from bolanggu.engines.routing.reliability import ON_TIME, STEP, Delays, ReliableRouter, histogram, judge
from bolanggu.engines.routing.sample import two_ports
from bolanggu.engines.routing.search import Router

LATE = histogram([0, 60, 300, 2000])
DELAYS = Delays({"S0": histogram([0, 90, 600])}, LATE, histogram([0, 0, 0, 240]))


def drawn(shares, draw):
    return draw.choices(range(len(shares)), weights=shares.tolist())[0] * STEP


def simulated(network, journey, delays, tries=20_000):
    """The plain twin: drive the journey many times."""
    draw, made, ends = random.Random(2), 0, []
    for _ in range(tries):
        late, ready, whole = 0, journey.legs[0].depart, True
        for leg in journey.legs:
            if leg.kind == "service":
                whole = whole and ready + late <= leg.cutoff
                late = 0
            late += drawn(delays.of(network, leg), draw)
            ready = leg.arrive
        made += whole
        if whole:
            ends.append(journey.arrive + late)
    return made / tries, ends


def test_chance_and_arrival_are_those_of_a_simulation():
    network = two_ports()
    legs = (
        Leg("road", 0, 1, 0, 240, 1, 1, 0),
        Leg("service", 1, 2, 1000, 2000, 1, 1, 300, 0, ""),
        Leg("road", 2, 1, 2000, 2300, 1, 1, 2000),
        Leg("service", 1, 3, 5000, 9000, 1, 1, 2900, 1, ""),
    )
    journey = Journey(9000, 4, 4, legs)
    found = judge(network, journey, DELAYS)
    chance, ends = simulated(network, journey, DELAYS)
    assert found.chance == pytest.approx(chance, abs=0.015)
    assert found.arrive_p90 == pytest.approx(np.quantile(ends, 0.9), abs=STEP)


def test_without_delays_every_journey_is_certain(tmp_path):
    write_random(tmp_path, 5, nodes=8, lines=9)
    network = read(tmp_path)
    never = Delays({}, ON_TIME, ON_TIME)
    for destination in network.index:
        plain = Router(network).search("N0", destination, READY)
        four = ReliableRouter(network, never).search("N0", destination, READY)
        assert [each.chance for each in four] == [1.0] * len(four)
        assert [(j.journey.arrive, j.journey.cost, j.journey.co2e) for j in four] == [
            (journey.arrive, journey.cost, journey.co2e) for journey in plain
        ]


def test_the_fourth_criterion_keeps_every_point_of_the_three_and_adds_safer_ones(tmp_path):
    safer = 0
    for seed in range(12):
        write_random(tmp_path / str(seed), seed, nodes=8, lines=12)
        network = read(tmp_path / str(seed))
        router, plain = ReliableRouter(network, DELAYS), Router(network)
        for destination in list(network.index)[1:]:
            four = router.search("N0", destination, READY)
            three = plain.search("N0", destination, READY)
            points = {(each.journey.arrive, each.journey.cost, each.journey.co2e) for each in four}
            assert {(journey.arrive, journey.cost, journey.co2e) for journey in three} <= points
            best = max((judge(network, journey, DELAYS).chance for journey in three), default=1.0)
            safer += any(each.chance > best + 1e-6 for each in four)
            assert all(0 <= each.chance <= 1 for each in four)
            assert all(each.arrive_p50 <= each.arrive_p90 for each in four)
    assert safer > 3
