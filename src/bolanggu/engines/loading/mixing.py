"""Many containers (多箱配载): the cheapest mix of container types for a consignment."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from .bounds import Counts, cheapest, everything
from .containers import PLAIN, Profile
from .gathering import Bench, gathered
from .lines import Stopwatch
from .model import CartonType, Left, Mix, Offer
from .planning import load
from .pricing import covered_anew
from .screening import refusal
from .trials import MOMENT, Clock, OneBox, Trial, load_mix

#: fill that no mix is planned above
HOPED_FILL = 0.98
#: share of the budget for the quick load that shows which fill these cartons allow
PILOT = 0.12
#: by how much a longer search is hoped to beat the quick load's fill
BETTER = 0.05
#: passes over one mix at most, and the seconds below which a container is not searched: each, and for each type
MOST_PASSES, BOX_SECONDS, TYPE_SECONDS = 12, 0.05, 0.01
#: carton types up to which loads are priced and combined
FEW_TYPES = 40
#: share of the remaining budget that a mix is given
EACH = 0.6


def fill(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    *,
    seconds: float = 10.0,
    seed: int = 0,
    support: str | float = "full",
    profile: Profile = PLAIN,
    executor: Executor | None = None,
    stopwatch: Stopwatch = time.thread_time,
) -> Mix:
    """Find the cheapest mix of offered containers found for a consignment, each with its checked plan.

    Mixes are tried by rising cost, from the bound by volume and mass on. What goes into no container, or finds no room
    because no more containers can be had, is listed in ``Mix.leftovers`` with the reason.

    Parameters are those of `load`; an offer with ``available=None`` can be had any number of times.

    Examples
    --------
    >>> from .model import ContainerType
    >>> box = ContainerType("box", 100, 100, 100)
    >>> mix = fill([CartonType("a", 50, 50, 50, 9)], [Offer(box, 700)], seconds=0.1)
    >>> mix.cost_minor, mix.lower_bound_minor, [plan.loaded for plan in mix.plans]
    (1400, 1400, [{'a': 8}, {'a': 1}])
    """
    clock = Clock(stopwatch, stopwatch(), seconds)
    one_box = partial(load, seed=seed, support=support, profile=profile, executor=executor, stopwatch=stopwatch)
    able, refused = _able(cartons, offers, profile)
    if not able:
        return Mix((), tuple(refused), 0, 0)
    volume = sum(c.volume * c.quantity for c in able)
    grams = sum(c.grams * c.quantity for c in able)
    bound = cheapest(offers, volume, grams, profile)
    least_cost = bound.cost_minor if bound else 0
    covering = len(able) <= FEW_TYPES and all(offer.available is None for offer in offers)
    ask = partial(cheapest, offers, grams=grams, profile=profile)
    if len(able) > FEW_TYPES:
        trial = gathered(able, Bench(offers, profile, one_box, clock), least_cost)
    else:
        trial = _best_mix(able, offers, clock.part(0.4) if covering else clock, one_box, ask, least_cost)
    if covering and not trial.rest and trial.cost_minor > least_cost and len(trial.plans) > 1:
        covered = covered_anew(able, offers, trial, clock, one_box)
        trial = min(trial, covered, key=Trial.rank)
    left = [*refused, *(Left(c.key, c.quantity, "no further container can be had") for c in trial.rest)]
    least = min(bound.cost_minor, trial.cost_minor) if bound else trial.cost_minor
    return Mix(trial.plans, tuple(left), least, trial.cost_minor)


def _best_mix(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    clock: Clock,
    one_box: OneBox,
    ask: Callable[[int], Counts | None],
    bound: int,
) -> Trial:
    """Try mixes from the fill that a pilot reaches: a larger one while cartons are left, then a bolder one."""
    volume = sum(c.volume * c.quantity for c in cartons)
    reached = _pilot(cartons, offers, one_box, clock.seconds * PILOT)
    counts = ask(int(volume / min(HOPED_FILL, reached + BETTER))) or everything(offers)
    if len(offers) == 1 and offers[0].available is None:
        counts = Counts((2 * counts.numbers[0] + 3,), 0)
    trial = _passes(cartons, offers, counts, clock.part(EACH), one_box, bound)
    while trial.rest:
        more = ask(volume + trial.room - trial.volume)
        if more is None:
            return trial
        trial = _passes(cartons, offers, more, clock.part(EACH), one_box, bound)
    bolder = ask(int(volume / min(HOPED_FILL, reached + 2 * BETTER)))
    if bolder and bolder.cost_minor < trial.cost_minor and clock.left() > clock.seconds * PILOT:
        second = _passes(cartons, offers, bolder, clock, one_box, bound)
        trial = trial if second.rest else second
    return trial


def _passes(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    counts: Counts,
    clock: Clock,
    one_box: OneBox,
    bound: int,
) -> Trial:
    """Load a mix again and again; cartons that stood in badly filled containers gain worth for the next time.

    Sequential value correction as of Mukhacheva, Belov, Kartack & Mukhacheva 2000, here with three dimensions.
    """
    worth = {carton.key: carton.worth for carton in cartons}
    needed = max(1, sum(c.volume * c.quantity for c in cartons) // max(o.container.volume for o in offers))
    times = max(1, min(MOST_PASSES, int(clock.left() / (needed * (BOX_SECONDS + TYPE_SECONDS * len(cartons))))))
    if sum(counts.numbers) == 1:
        times = 1  # one container: nothing to correct between containers, all the time for its search
    best: Trial | None = None
    for turn in range(times):
        valued = [replace(carton, value=worth[carton.key]) for carton in cartons]
        trial = load_mix(valued, offers, counts, needed, clock.left() / (times - turn), one_box)
        if best is None or trial.rank() < best.rank():
            best = trial
        if (not best.rest and best.cost_minor <= bound) or clock.left() <= MOMENT:
            break
        _correct(worth, cartons, trial)
    assert best is not None
    return best


def _correct(worth: dict[str, float], cartons: Sequence[CartonType], trial: Trial) -> None:
    """Move each type's worth half way to the mean room that one carton took: its share of a container's whole room."""
    took: dict[str, float] = defaultdict(float)
    for plan in trial.plans:
        for key, count in plan.loaded.items():
            took[key] += count / max(plan.fill_percent / 100, 0.3)
    for carton in cartons:
        stayed = sum(rest.quantity for rest in trial.rest if rest.key == carton.key)
        mean = (took[carton.key] + 1.5 * stayed) / carton.quantity
        worth[carton.key] = 0.5 * worth[carton.key] + 0.5 * carton.worth * mean


def _pilot(cartons: Sequence[CartonType], offers: Sequence[Offer], one_box: OneBox, seconds: float) -> float:
    """Fill as a share that a quick load of the container cheapest by volume reaches; 1 when it holds everything."""
    offer = min(offers, key=lambda offer: offer.cost_minor / offer.container.volume)
    plan = one_box(cartons, offer.container, seconds=seconds)
    return plan.fill_percent / 100 if plan.left else 1.0


def _able(
    cartons: Sequence[CartonType], offers: Sequence[Offer], profile: Profile
) -> tuple[list[CartonType], list[Left]]:
    """Cartons that some offered container takes, and the others with the reason of the largest container."""
    able, refused = [], []
    largest_first = sorted(offers, key=lambda offer: -offer.container.volume)
    for carton in cartons:
        if carton.quantity <= 0:
            continue
        reasons = [refusal(carton, offer.container, profile) for offer in largest_first]
        if None in reasons:
            able.append(carton)
        else:
            refused.append(Left(carton.key, carton.quantity, reasons[0] or "no container is offered"))
    return able, refused
