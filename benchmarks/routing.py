"""Routing: exact sets on random networks, full sets on a large one, the first call, assignment, and peers.

The peers answer less: rustworkx one criterion (arrival) on a time-expanded graph, pyraptor lines without trucks and
cut-offs in at most three rides. Times are CPU seconds except where a bar says wall. Peers come from
``benchmarks/peers/routing.lock``.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.peer_environment import build
from benchmarks.routing_network import CLUSTERS, NODES, code, write

from bolanggu.engines.routing.cells import minutes
from bolanggu.engines.routing.network import Network, Roads, ints
from bolanggu.engines.routing.reading import read
from bolanggu.engines.routing.search import Router

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".peers" / "routing"
LOCK = ROOT / "benchmarks" / "peers" / "routing.lock"
NEW_YEAR = minutes("2026-01-01T00:00Z")
DAY = 1440
PAIRS, REPEATS, PEER_QUERIES = 12, 40, 12

Query = tuple[str, str, int]


def setup() -> None:
    """Build the peers' environment from its hashed lock, where it is missing."""
    build(PLACE, LOCK)


def main(arguments: Sequence[str] = ()) -> dict[str, Any]:
    """Run everything; ``arguments`` may give the number of random networks (500)."""
    networks = int(arguments[0]) if arguments else 500
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large"
        write(large)
        network = read(large)
        bars = [exact(Path(folder), networks), *speed(network), first_call(Path(folder) / "0"), *assignment()]
        bars += peers(network, large)
    return {"bars": bars}


def exact(folder: Path, networks: int) -> dict[str, Any]:
    """Random networks of which every queried set equals the slow twin's."""
    from tests.engines.routing.networks import write_random
    from tests.engines.routing.twin import Twin

    depart, right = "2026-02-01T06:00Z", 0
    for seed in range(networks):
        write_random(folder / str(seed), seed, nodes=5 + seed % 6, lines=3 + seed % 7)
        router, twin = Router(read(folder / str(seed))), Twin(folder / str(seed))
        ends = [(f"N{one}", f"N{other}") for one in range(2) for other in range(5)]
        right += all(_points(router, (*pair, minutes(depart))) == twin.search(*pair, depart) for pair in ends)
    return _bar(f"random networks equal to the slow twin, of {networks}", right, None, networks, right == networks)


def speed(network: Network) -> list[dict[str, Any]]:
    """Wall milliseconds of full exact sets on the large network, bounds of the destination kept."""
    router, draw = Router(network), random.Random(7)
    times = []
    for _ in range(PAIRS):
        query = code(draw.randrange(NODES)), code(draw.randrange(NODES)), NEW_YEAR + draw.randrange(120, 6720) * 60
        router.search(*query)
        times += [1000 * _timed(lambda: router.search(*query), time.perf_counter) for _ in range(REPEATS)]  # noqa: B023
    times.sort()
    half, most = median(times), times[int(len(times) * 0.95)]
    return [
        _bar("large network, median ms (wall)", half, None, 5, half < 5),
        _bar("large network, 95th percentile ms (wall)", most, None, 20, most < 20),
    ]


def first_call(folder: Path) -> dict[str, Any]:
    """Wall seconds of a whole `bolanggu route` process on a small network, kernels compiled before."""
    ask = ["route", "--network", str(folder), "--from", "N0", "--to", "N1", "--depart", "2026-02-01T06:00Z", "--json"]
    run = [sys.executable, "-m", "bolanggu", *ask]
    here = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(run, check=True, capture_output=True, env=here)
    call: Callable[[], Any] = lambda: subprocess.run(run, check=True, capture_output=True, env=here)  # noqa: E731
    seconds = min(_timed(call, time.perf_counter) for _ in range(3))
    return _bar("first call of a new process, s (wall)", seconds, None, 1, seconds <= 1)


def assignment() -> list[dict[str, Any]]:
    """100,000 bookings of 1 to 4 TEU onto 1,000 departures, with too little space and with enough: the worse of each.

    The bound is no more than the optimum of the flow, so that the true gap is at most the one printed.
    """
    from tests.engines.assigning.test_assign import random_book

    from bolanggu.engines.assigning.assign import assign
    from bolanggu.engines.assigning.warm import warm

    warm()
    seconds, gaps = [], []
    for room in (0.9, 1.1):
        book = random_book(100_000, 1000, seed=2, room=room)
        begun = time.perf_counter()
        gaps.append(100 * assign(book).gap)
        seconds.append(time.perf_counter() - begun)
    return [
        _bar("100,000 bookings x 1,000 departures, s (wall)", max(seconds), None, 5, max(seconds) < 5),
        _bar("100,000 bookings x 1,000 departures, % above the flow bound", max(gaps), None, 0.1, max(gaps) <= 0.1),
    ]


def peers(network: Network, folder: Path) -> list[dict[str, Any]]:
    """Ours against both peers on queries of one window of 71 days."""
    setup()
    window, draw = [NEW_YEAR + 30 * DAY, NEW_YEAR + 101 * DAY], random.Random(5)
    anywhere: list[Query] = [
        (code(draw.randrange(NODES)), code(draw.randrange(NODES)), window[0] + draw.randrange(240) * 60)
        for _ in range(PEER_QUERIES)
    ]
    ask = {"folder": str(folder), "window": window}
    graph = _ask({**ask, "queries": anywhere, "lines": False})
    router = Router(network)
    ours, firsts = _ours(router, anywhere)
    if [first for _, first in graph["all"]] != firsts:
        raise AssertionError("rustworkx finds another earliest arrival than ours")
    stopped = median(spent for spent, _ in graph["goal"])
    sys.stderr.write(f"rustworkx, one criterion, stopped at the goal: {1000 * stopped:.2f} ms, one journey\n")
    lines = Router(replace(network, roads=Roads(*(ints([]) for _ in range(5)))))
    hubs = _hub_queries(lines, window[0])
    raptor = _ask({**ask, "queries": hubs, "lines": True})
    ours_lines, _ = _ours(lines, hubs)
    theirs = {rounds: median(spent for spent, found in raptor[rounds] if found) for rounds in raptor}
    return [
        _ratio("three criteria, full set, ms; rustworkx one criterion, all places", ours, graph["all"], 5),
        _ratio("lines alone, ms; pyraptor 3 rounds", ours_lines, [[theirs["3"], 1]], 40),
    ]


def _hub_queries(lines: Router, start: int) -> list[Query]:
    """Pairs of hubs with a way between them by lines alone."""
    draw, found = random.Random(9), []
    while len(found) < PEER_QUERIES:
        one, other = (code(number) for number in draw.sample(range(CLUSTERS), 2))
        query = one, other, start + draw.randrange(240) * 60
        if len(lines.search(*query)) > 1:
            found.append(query)
    return found


def _ours(router: Router, queries: Sequence[Query]) -> tuple[float, list[int | None]]:
    """Median CPU seconds, bounds kept, and the earliest arrivals."""
    times, firsts = [], []
    for query in queries:
        journeys = router.search(*query)
        firsts.append(journeys[0].arrive if journeys else None)
        times.append(min(_timed(lambda: router.search(*query), time.process_time) for _ in range(5)))  # noqa: B023
    return median(times), firsts


def _ask(request: dict[str, Any]) -> Any:
    worker = [str(PLACE / "bin" / "python"), str(ROOT / "benchmarks" / "routing_worker.py")]
    answer = subprocess.run(worker, input=json.dumps(request), capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def _points(router: Router, query: Query) -> list[tuple[int, int, int]]:
    return [(journey.arrive, journey.cost, journey.co2e) for journey in router.search(*query)]


def _timed(deed: Callable[[], Any], clock: Callable[[], float]) -> float:
    begun = clock()
    deed()
    return clock() - begun


def _ratio(name: str, ours: float, theirs: Sequence[Sequence[float]], bar: float) -> dict[str, Any]:
    peer = median(spent for spent, *_ in theirs)
    return {**_bar(name, 1000 * ours, 1000 * peer, bar, peer / ours >= bar), "ratio": peer / ours}


def _bar(name: str, ours: float, peer: float | None, bar: float, holds: bool) -> dict[str, Any]:
    return {"name": name, "ours": ours, "peer": peer, "ratio": None, "bar": bar, "holds": holds}
