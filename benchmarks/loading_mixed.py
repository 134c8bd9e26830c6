"""The consolidation suite: mixed consignments of many merchants in several containers.

With all rules on no open solver can express the case: cost against the bound by volume and mass. By volume alone, in
equal high cubes, packingsolver3d runs beside ours in the same CPU seconds; its cartons may hang, ours may not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks import loading_peer
from benchmarks.loading_consignments import consignment, offers
from benchmarks.loading_rows import Row, bar_row

from bolanggu.engines.loading import PLAIN, CartonType, Offer, container, fill, profile, validate

#: (seed, m³, merchants) of each consignment with all rules, and of each by volume alone
RULED, PLAIN_CASES = ((11, 60, 12), (12, 140, 40), (13, 307, 80)), ((21, 70, 10), (22, 140, 20))


def mixed(seconds: float, alone: bool, faults: list[str]) -> Iterator[Row]:
    """Rows of the suite: cost against bound, containers against the peer's."""
    cost = bound = 0
    for seed, size, merchants in RULED:
        cartons = consignment(seed, cubic_metres=size, merchants=merchants)
        mix = fill(cartons, offers(), seconds=seconds, profile=profile("sea"))
        for plan in mix.plans:
            faults += map(str, validate(cartons, plan.container, plan.placements, profile=profile("sea")))
        cost, bound = cost + mix.cost_minor, bound + mix.lower_bound_minor
        boxes = [f"{plan.container.name} {plan.fill_percent:.0f} %" for plan in mix.plans]
        sys.stderr.write(f"  mixed {size} m3: cost {mix.cost_minor}, bound {mix.lower_bound_minor}, {boxes}\n")
    yield bar_row("mixed consignments, all rules, cost against bound", cost, bound, "reported", holds=True)
    yield _by_volume(seconds, alone, faults)


def _by_volume(seconds: float, alone: bool, faults: list[str]) -> Row:
    ours = theirs = 0
    for seed, size, merchants in PLAIN_CASES:
        cartons = consignment(seed, cubic_metres=size, merchants=merchants, rules=False)
        ours += _boxes(cartons, seconds, faults)
        answer = None if alone else loading_peer.solve(cartons, container("40HC"), seconds, copies=20)
        theirs += len(answer.bins) if answer else 0
        sys.stderr.write(f"  mixed {size} m3 by volume: ours so far {ours}, peer so far {theirs}\n")
    known = theirs or None
    return bar_row("mixed consignments by volume, 40HC", ours, known, "<= peer", bool(known) and ours <= theirs)


def _boxes(cartons: Sequence[CartonType], seconds: float, faults: list[str]) -> int:
    mix = fill(cartons, [Offer(container("40HC"), 1)], seconds=seconds, profile=PLAIN)
    for plan in mix.plans:
        faults += map(str, validate(cartons, plan.container, plan.placements))
    return len(mix.plans)
