"""Why not that way: every journey of the set is kept, every other possible one is beaten, and each rule is told."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from tests.engines.routing.networks import write_random

from bolanggu.engines.routing.cells import minutes
from bolanggu.engines.routing.naming import Impossible, NamedLeg, follow, why_not
from bolanggu.engines.routing.reading import read
from bolanggu.engines.routing.sample import two_ports
from bolanggu.engines.routing.search import Router

READY = minutes("2026-02-01T06:00Z")


def named(router, journey):
    codes = [node.code for node in router.network.nodes]
    return [
        NamedLeg(
            codes[leg.origin],
            codes[leg.destination],
            None if leg.service is None else router.network.services[leg.service].id,
            depart=None if leg.service is None else leg.depart,
            cost=leg.cost if leg.service is None else None,
            co2e=leg.co2e if leg.service is None else None,
        )
        for leg in journey.legs
    ]


def test_every_journey_of_a_set_is_kept_or_equal_when_it_is_named(tmp_path):
    asked = 0
    for seed in range(15):
        write_random(tmp_path / str(seed), seed, nodes=8, lines=9)
        router = Router(read(tmp_path / str(seed)))
        for destination in router.network.index:
            for journey in router.search("N0", destination, READY):
                answer = why_not(router, "N0", destination, READY, named(router, journey))
                assert answer.verdict in {"kept", "equal"}
                asked += 1
    assert asked > 100


def random_walk(router, draw):
    """Any chain of legs that the network allows, good or bad."""
    network, codes = router.network, [node.code for node in router.network.nodes]
    at, time, legs = "N0", READY, []
    for _ in range(draw.randrange(1, 4)):
        rows = np.flatnonzero(network.departures.origin == network.index[at]).tolist()
        choices = [
            NamedLeg(
                at,
                codes[network.departures.destination[row]],
                network.services[network.departures.service[row]].id,
                depart=int(network.departures.depart[row]),
            )
            for row in rows
        ]
        draw.shuffle(choices)
        for leg in choices:
            try:
                journey = follow(network, at, leg.destination, time, [leg])
            except Impossible:
                continue
            legs.append(leg)
            at, time = leg.destination, journey.arrive
            break
    return at, legs


def test_any_possible_journey_is_in_the_set_or_told_who_beats_it(tmp_path):
    draw, beaten = random.Random(4), 0
    for seed in range(20):
        write_random(tmp_path / str(seed), seed, nodes=7, lines=10)
        router = Router(read(tmp_path / str(seed)))
        for _ in range(10):
            destination, legs = random_walk(router, draw)
            if not legs or destination == "N0":
                continue
            answer = why_not(router, "N0", destination, READY, legs)
            assert answer.journey is not None
            if answer.verdict == "beaten":
                beaten += 1
                assert answer.by
                for other in answer.by:
                    pair = (other, answer.journey)
                    figures = [(one.arrive, one.cost, one.co2e) for one in pair]
                    assert all(a <= b for a, b in zip(*figures, strict=True))
                    assert figures[0] != figures[1]
    assert beaten > 20


@pytest.mark.parametrize(
    ("legs", "why"),
    [
        ([NamedLeg("NGB", "RTM", "AIR", depart=1000)], "closes 1970-01-01T08:40Z"),
        ([NamedLeg("YIW", "RTM")], "starts at YIW, the cargo is at NGB"),
        ([NamedLeg("NGB", "RTM", "TRAIN")], "no service TRAIN"),
        ([NamedLeg("NGB", "RTM", "SEA", run="S9")], "no run S9 of SEA"),
        ([NamedLeg("NGB", "MOON")], "MOON is no place"),
        ([NamedLeg("NGB", "RTM")], "no road leads"),
    ],
)
def test_each_broken_rule_is_told(legs, why):
    answer = why_not(Router(two_ports()), "NGB", "RTM", 900, legs)
    assert answer.verdict == "impossible"
    assert why in answer.why


def test_a_journey_that_ends_elsewhere_is_told():
    assert "ends at YTN" in why_not(Router(two_ports()), "NGB", "RTM", 0, [NamedLeg("NGB", "YTN", "SEA")]).why


def test_a_full_row_in_mid_run_is_told_and_two_drives_in_a_row():
    router = Router(two_ports(), teu=50)
    assert "has 40 TEU free, 50 are asked for" in why_not(router, "NGB", "RTM", 0, [NamedLeg("NGB", "RTM", "SEA")]).why
    net = two_ports()
    net = replace(net, roads=replace(net.roads, origin=np.array([0, 1])))
    answer = why_not(Router(net), "YIW", "RTM", 0, [NamedLeg("YIW", "NGB"), NamedLeg("NGB", "RTM")])
    assert "never follows a road leg" in answer.why


def test_what_arrives_past_the_horizon_says_so():
    answer = why_not(Router(two_ports()), "NGB", "RTM", 0, [NamedLeg("NGB", "RTM", "SEA")], horizon=5000)
    assert answer.verdict == "impossible"
    assert "the last minute that counts" in answer.why
