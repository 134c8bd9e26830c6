"""Container loading: fill of BR1 to BR15 against the published 30-second result and packingsolver3d, and more bars.

Standard: two instances a set; ``--ten`` ten, ``--full`` all 100. ``--seconds S`` replaces the 30 s (CPU of one core)
and ``--alone`` leaves the peer out; then the bars say what was run, and fewer seconds make the comparison harder.
``--only PART`` runs one part: full, none, quick, first, thpack9 or mixed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import loading_peer
from benchmarks.loading_instances import BOX, instance
from benchmarks.loading_mixed import mixed
from benchmarks.loading_published import published
from benchmarks.loading_rows import Row, bar_row

from bolanggu.engines.loading import PLAIN, CartonType, Offer, container, fill, load, validate
from bolanggu.engines.loading.thpack import read_thpack
from bolanggu.engines.loading.warm import warm

THPACK9 = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "loading" / "thpack9.txt"
#: share of the peer's fill that must be reached without its freedom to spend longer on its first plan
PEER_SHARE = 0.995
#: fill that must be reached within a second with full support, BR1–7 and BR8–15
QUICK = (93.0, 89.5)
HALVES = ((1, 8, "BR1-7"), (8, 16, "BR8-15"))


def setup() -> None:
    """Build the peer."""
    loading_peer.setup()


def main(args: list[str]) -> dict[str, Any]:
    """Run the bars; see the module's text for the arguments."""
    count = 100 if "--full" in args else 10 if "--ten" in args else 2
    seconds = float(args[args.index("--seconds") + 1]) if "--seconds" in args else 30.0
    alone = "--alone" in args
    only = args[args.index("--only") + 1] if "--only" in args else ""

    def wanted(part: str) -> bool:
        return only in ("", part)

    if not alone:
        setup()
    warm()
    faults: list[str] = []
    bars: list[Row] = []
    for support in filter(wanted, ("full", "none")):
        for low, high, name in HALVES:
            cases = [(group, number) for group in range(low, high) for number in range(1, count + 1)]
            bars += _fills(name, cases, support, seconds, alone, faults)
    if wanted("quick"):
        halves = zip(HALVES, QUICK, strict=True)
        bars += [_quick(name, low, high, count, bar, faults) for (low, high, name), bar in halves]
    if wanted("first"):
        bars.append(_first())
    if wanted("mixed"):
        bars += mixed(seconds, alone, faults)
    if wanted("thpack9"):
        bars.append(_containers(seconds / 3, faults))
    bars.append(bar_row("violations in all plans", len(faults), None, "0", not faults, found=faults[:5]))
    return {"bars": bars}


def _ours(cartons: Sequence[CartonType], support: str, seconds: float, faults: list[str]) -> float:
    """Fill of our plan in %, its violations added to ``faults``."""
    plan = load(cartons, BOX, seconds=seconds, support=support)
    faults += [str(violation) for violation in validate(cartons, BOX, plan.placements, support=support)]
    return plan.fill_percent


def _fills(
    name: str, cases: Sequence[tuple[int, int]], support: str, seconds: float, alone: bool, faults: list[str]
) -> Iterator[Row]:
    """Fill of many instances against the published result and, without support, the peer in the same run."""
    ours, anchors, peers = [], [], []
    for group, number in cases:
        cartons = instance(group, number)
        ours.append(_ours(cartons, support, seconds, faults))
        anchors.append(published(group, number, support))
        if support == "none" and not alone:
            answer = loading_peer.solve(cartons, BOX, seconds)
            peers.append(100 * sum(p.volume for plan in answer.bins[:1] for p in plan) / BOX.volume)
        sys.stderr.write(
            f"  {support} BR{group} {number}: {ours[-1]:.2f}, published {anchors[-1]:.2f}, peer {peers[-1:]}\n"
        )
        sys.stderr.flush()
    title = f"{name} {support} support, {seconds:g} s, {len(cases)} instances"
    fair = mean(ours)
    yield bar_row(f"{title}, against published 30 s", fair, mean(anchors), ">= published", fair >= mean(anchors))
    if support == "none":
        theirs = mean(peers) if peers else None
        holds = theirs is not None and fair >= PEER_SHARE * theirs
        yield bar_row(f"{title}, against packingsolver3d", fair, theirs, f">= {PEER_SHARE} x", holds)


def _quick(name: str, low: int, high: int, count: int, bar: float, faults: list[str]) -> Row:
    """Fill within one CPU second, full support."""
    ours = mean(_ours(instance(g, n), "full", 1.0, faults) for g in range(low, high) for n in range(1, count + 1))
    return bar_row(
        f"{name} full support after 1 s", ours, None, f">= {bar}", ours >= bar, why="the peer has no such rule"
    )


def _first() -> Row:
    """CPU seconds to the first valid plan of 860 cartons in a 40HC, warm."""
    cartons = [
        CartonType("a", 600, 400, 400, 300, grams=18_000),
        CartonType("b", 500, 400, 350, 300, grams=15_000),
        CartonType("c", 480, 380, 420, 260, grams=14_000),
    ]
    load(cartons, container("40HC"), seconds=0.0)
    begun = time.thread_time()
    plan = load(cartons, container("40HC"), seconds=0.0)
    spent = time.thread_time() - begun
    sound = not validate(cartons, container("40HC"), plan.placements)
    return bar_row("first valid plan of 860 cartons, 40HC, s", spent, None, "<= 0.3", sound and spent <= 0.3)


def _containers(seconds: float, faults: list[str]) -> Row:
    """Containers for all 47 cases of thpack9, without support as in the literature."""
    title = f"thpack9, containers of 47 cases at {seconds:g} s"
    if not THPACK9.is_file():
        return bar_row(title, None, None, "<= 689", holds=False, why="../shared/data is missing")
    total = 0
    for case in read_thpack(THPACK9.read_text("utf-8"), "thpack9"):
        offer = Offer(case.container, 1)
        mix = fill(case.cartons, [offer], seconds=seconds, support="none", profile=PLAIN)
        total += len(mix.plans)
        for plan in mix.plans:
            faults += [str(v) for v in validate(case.cartons, case.container, plan.placements, support="none")]
        sys.stderr.write(f"  thpack9 {case.number}: {len(mix.plans)} (bound {mix.lower_bound_minor})\n")
    return bar_row(title, total, 689, "<= 689", total <= 689, why="the peer's own benchmark at 10 s a case")
