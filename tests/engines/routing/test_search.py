"""The search gives every non-dominated journey and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.engines.routing.networks import write_random
from tests.engines.routing.twin import Twin, check_legs

from bolanggu.engines.routing.cells import minutes, stamp
from bolanggu.engines.routing.reading import read
from bolanggu.engines.routing.sample import two_ports
from bolanggu.engines.routing.search import Router
from bolanggu.interfaces.cli.route import _journey

DEPART = "2026-02-01T06:00Z"


def points(router: Router, origin: str, destination: str, depart: str, **options: float) -> list[tuple[int, int, int]]:
    found = router.search(origin, destination, minutes(depart), **options)
    return [(journey.arrive, journey.cost, journey.co2e) for journey in found]


def agrees(folder: Path, seed: int) -> int:
    write_random(folder, seed, nodes=5 + seed % 6, lines=3 + seed % 7)
    router, twin = Router(read(folder)), Twin(folder)
    found = 0
    for origin, destination in [(f"N{a}", f"N{b}") for a in range(3) for b in range(5)]:
        exact = twin.search(origin, destination, DEPART)
        assert points(router, origin, destination, DEPART) == exact, (seed, origin, destination)
        found += len(exact)
    return found


def test_equals_the_slow_twin_on_random_networks(tmp_path):
    assert sum(agrees(tmp_path / str(seed), seed) for seed in range(60)) > 600


@pytest.mark.slow
def test_equals_the_slow_twin_on_five_hundred_random_networks(tmp_path):
    for seed in range(1000, 1500):
        agrees(tmp_path / str(seed), seed)


@pytest.mark.parametrize("name", ["net-a", "net-b"])
def test_both_worked_networks_give_exactly_the_stated_sets(shared, name):
    folder = shared / "logistics" / "examples" / name
    router = Router(read(folder))
    queries = json.loads((folder / "answers.json").read_text())
    assert len(queries) == 28
    for query in queries:
        ends = query["from"], query["to"], query["depart"]
        found = [_journey(router, journey) for journey in router.search(*ends[:2], minutes(ends[2]))]
        assert [{key: journey[key] for key in ("arrive", "cost", "co2e_g")} for journey in found] == query["journeys"]
        for journey in found:
            check_legs(journey, *ends, folder)


def test_legs_stand_in_the_files_and_add_up(tmp_path):
    write_random(tmp_path, 7, nodes=9, lines=9)
    router = Router(read(tmp_path))
    for destination in router.network.index:
        for journey in router.search("N0", destination, minutes(DEPART)):
            check_legs(_journey(router, journey), "N0", destination, DEPART, tmp_path)


def test_more_teu_never_gives_a_better_journey(tmp_path):
    write_random(tmp_path, 11, nodes=6, lines=9)
    few, many = (Router(read(tmp_path), teu) for teu in (1, 4))
    for destination in few.network.index:
        better = points(few, "N0", destination, DEPART)
        for point in points(many, "N0", destination, DEPART):
            assert any(all(a <= b for a, b in zip(other, point, strict=True)) for other in better)


def test_epsilon_keeps_a_near_journey_for_every_exact_one(tmp_path):
    for seed in range(20):
        write_random(tmp_path / str(seed), seed, nodes=7, lines=10)
        router = Router(read(tmp_path / str(seed)))
        start = minutes(DEPART)
        for destination in router.network.index:
            near = points(router, "N0", destination, DEPART, epsilon=0.25)
            for arrive, cost, co2e in points(router, "N0", destination, DEPART):
                assert any(
                    (other[0] - start, *other[1:]) <= (1.25 * (arrive - start), 1.25 * cost, 1.25 * co2e)
                    and other[0] - start <= 1.25 * (arrive - start)
                    and other[1] <= 1.25 * cost
                    and other[2] <= 1.25 * co2e
                    for other in near
                )


def test_a_cut_off_met_to_the_minute_is_in_time_and_one_minute_later_is_not():
    router = Router(two_ports())
    aboard = [journey.arrive for journey in router.search("NGB", "RTM", 520)]
    missed = [journey.arrive for journey in router.search("NGB", "RTM", 521)]
    assert (2000 in aboard, 2000 in missed) == (True, False)


def test_staying_aboard_needs_no_cut_off_but_boarding_half_way_does():
    router = Router(two_ports())
    assert router.search("NGB", "RTM", 100, horizon=50_000)[-1].legs[0].arrive == 44000
    assert router.search("YTN", "RTM", 6000 - 2880 + 1) == []


def test_the_horizon_is_inclusive():
    router = Router(two_ports())
    assert router.search("YTN", "RTM", 0, horizon=44000)
    assert not router.search("YTN", "RTM", 0, horizon=43999)


def test_the_same_place_is_one_journey_without_legs():
    (journey,) = Router(two_ports()).search("NGB", "NGB", 5)
    assert (journey.arrive, journey.cost, journey.co2e, journey.legs) == (5, 0, 0, ())


def test_small_memory_grows_and_gives_the_same_answer(tmp_path):
    write_random(tmp_path, 3, nodes=8, lines=12)
    router, small = Router(read(tmp_path)), Router(read(tmp_path))
    small._sizes = [2, 1, 1, 1]
    small._work = small._workspace()
    for destination in router.network.index:
        assert points(small, "N1", destination, DEPART) == points(router, "N1", destination, DEPART)


def test_a_timetable_without_rows_is_searched_by_road_alone(tmp_path):
    write_random(tmp_path, 2)
    file = tmp_path / "departures.csv"
    file.write_text(file.read_text().splitlines()[0] + "\n")
    (tmp_path / "road.csv").write_text("from,to,hours,cost_per_teu,co2e_g_per_teu\nN0,N1,1,2,3\nN1,N2,1,2,3\n")
    router = Router(read(tmp_path))
    assert [stamp(point[0]) for point in points(router, "N0", "N1", DEPART)] == ["2026-02-01T07:00Z"]
    assert router.search("N0", "N2", minutes(DEPART)) == []
