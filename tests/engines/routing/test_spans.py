"""A window of ready times: spans join without gaps, each set is the one of its first minute, and holds to its last."""

from __future__ import annotations

from tests.engines.routing.networks import write_random
from tests.engines.routing.test_naming import READY, named

from bolanggu.engines.routing.naming import Impossible, follow
from bolanggu.engines.routing.reading import read
from bolanggu.engines.routing.search import Router
from bolanggu.engines.routing.spans import latest_start, search_window

DAY = 1440


def still_made(router, destination, journey, ready):
    try:
        follow(router.network, "N0", destination, ready, named(router, journey))
    except Impossible:
        return False
    return True


def test_spans_join_and_change_exactly_where_a_journey_is_missed(tmp_path):
    changes = 0
    for seed in range(8):
        write_random(tmp_path / str(seed), seed, nodes=7, lines=8)
        router = Router(read(tmp_path / str(seed)))
        for destination in ("N1", "N3", "N5"):
            spans = list(search_window(router, "N0", destination, READY, READY + 10 * DAY))
            assert spans[0].since == READY
            assert spans[-1].until == READY + 10 * DAY
            for span, after in zip(spans, [*spans[1:], None], strict=True):
                assert list(span.journeys) == router.search("N0", destination, span.since)
                assert all(still_made(router, destination, journey, span.until) for journey in span.journeys)
                if after:
                    changes += 1
                    assert after.since == span.until + 1
                    lost = [not still_made(router, destination, each, after.since) for each in span.journeys]
                    assert any(lost)
    assert changes > 10


def test_a_journey_by_road_alone_can_start_at_any_time(tmp_path):
    write_random(tmp_path, 3)
    router = Router(read(tmp_path))
    roads = router.network.roads
    end = router.network.nodes[roads.destination[roads.origin == router.network.index["N0"]][0]].code
    by_road = [each for each in router.search("N0", end, READY) if all(leg.kind == "road" for leg in each.legs)]
    assert [latest_start(journey) for journey in by_road] == [None] * len(by_road)
