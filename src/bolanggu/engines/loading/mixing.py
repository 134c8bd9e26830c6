"""Many containers (多箱配载): the cheapest mix of container types for a consignment."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

from .bounds import Counts, cheapest, everything
from .containers import PLAIN, Profile
from .covering import cheapest_cover, prices
from .model import CartonType, Left, Mix, Offer, Plan
from .planning import load
from .screening import refusal
from .searching import Stopwatch

#: fill that no mix is planned above
HOPED_FILL = 0.98
#: share of the budget for the quick load that shows which fill these cartons allow
PILOT = 0.12
#: by how much a longer search is hoped to beat the quick load's fill
BETTER = 0.05
#: passes over one mix at most, and the seconds below which a container is not searched: each, and for each type
MOST_PASSES, BOX_SECONDS, TYPE_SECONDS = 12, 0.05, 0.01
#: carton types up to which loads are priced and combined, and rounds of pricing in a budget
FEW_TYPES, PRICINGS = 40, 24
#: the least budget of a search, s
MOMENT = 0.05
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
    clock = _Clock(stopwatch, stopwatch(), seconds)
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
    trial = _best_mix(able, offers, clock.part(0.4) if covering else clock, one_box, ask, least_cost)
    if covering and not trial.rest and trial.cost_minor > least_cost and len(trial.plans) > 1:
        covered = _cover(able, offers, trial, clock, one_box)
        trial = min(trial, covered, key=_Trial.rank)
    left = [*refused, *(Left(c.key, c.quantity, "no further container can be had") for c in trial.rest)]
    least = min(bound.cost_minor, trial.cost_minor) if bound else trial.cost_minor
    return Mix(trial.plans, tuple(left), least, trial.cost_minor)


def _best_mix(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    clock: _Clock,
    one_box: Callable[..., Plan],
    ask: Callable[[int], Counts | None],
    bound: int,
) -> _Trial:
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
    clock: _Clock,
    one_box: Callable[..., Plan],
    bound: int,
) -> _Trial:
    """Load a mix again and again; cartons that stood in badly filled containers gain worth for the next time.

    Sequential value correction as of Mukhacheva, Belov, Kartack & Mukhacheva 2000, here with three dimensions.
    """
    worth = {carton.key: carton.worth for carton in cartons}
    needed = max(1, sum(c.volume * c.quantity for c in cartons) // max(o.container.volume for o in offers))
    times = max(1, min(MOST_PASSES, int(clock.left() / (needed * (BOX_SECONDS + TYPE_SECONDS * len(cartons))))))
    if sum(counts.numbers) == 1:
        times = 1  # one container: nothing to correct between containers, all the time for its search
    best: _Trial | None = None
    for turn in range(times):
        valued = [replace(carton, value=worth[carton.key]) for carton in cartons]
        trial = _load_mix(valued, offers, counts, needed, clock.left() / (times - turn), one_box)
        if best is None or trial.rank() < best.rank():
            best = trial
        if (not best.rest and best.cost_minor <= bound) or clock.left() <= MOMENT:
            break
        _correct(worth, cartons, trial)
    assert best is not None
    return best


def _cover(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    trial: _Trial,
    clock: _Clock,
    one_box: Callable[..., Plan],
) -> _Trial:
    """Generate loads at the prices of those known, then build the cheapest cover of the consignment from them."""
    costs = {offer.container.name: offer.cost_minor for offer in offers}
    demand = {carton.key: carton.quantity for carton in cartons}
    plans = list(trial.plans)
    part = clock.left() / PRICINGS
    while clock.left() > 3 * part:
        priced = prices([plan.loaded for plan in plans], [costs[plan.container.name] for plan in plans], demand)
        valued = [replace(carton, value=max(priced[carton.key], 1e-6)) for carton in cartons]
        fresh = [one_box(valued, offer.container, seconds=part / len(offers)) for offer in offers]
        worth = [sum(priced[key] * count for key, count in plan.loaded.items()) for plan in fresh]
        gains = [plan for plan, value in zip(fresh, worth, strict=True) if value > 1.0001 * costs[plan.container.name]]
        if not gains:
            break
        plans += gains
    loads, paid = [plan.loaded for plan in plans], [costs[plan.container.name] for plan in plans]
    picks = cheapest_cover(loads, paid, demand, part)
    return _built(cartons, [plans[pick] for pick in picks], costs, one_box)


def _built(
    cartons: Sequence[CartonType], chosen: Sequence[Plan], costs: Mapping[str, int], one_box: Callable[..., Plan]
) -> _Trial:
    """Load the chosen plans one after another without the cartons of which none is left."""
    rest, made = list(cartons), list[Plan]()
    for plan in sorted(chosen, key=lambda plan: -plan.volume):
        wanted = [replace(c, quantity=min(c.quantity, plan.loaded.get(c.key, 0))) for c in rest]
        wanted = [carton for carton in wanted if carton.quantity]
        if {carton.key: carton.quantity for carton in wanted} != dict(plan.loaded):
            plan = one_box(wanted, plan.container, seconds=MOMENT)  # noqa: PLW2901 - the same load with fewer cartons
        if plan.placements:
            made.append(plan)
            rest = remaining(rest, plan.loaded)
    room = sum(plan.container.volume for plan in made)
    cost = sum(costs[plan.container.name] for plan in made)
    return _Trial(tuple(made), tuple(rest), cost, room, sum(plan.volume for plan in made))


def _correct(worth: dict[str, float], cartons: Sequence[CartonType], trial: _Trial) -> None:
    """Move each type's worth half way to the mean room that one carton took: its share of a container's whole room."""
    took: dict[str, float] = defaultdict(float)
    for plan in trial.plans:
        for key, count in plan.loaded.items():
            took[key] += count / max(plan.fill_percent / 100, 0.3)
    for carton in cartons:
        stayed = sum(rest.quantity for rest in trial.rest if rest.key == carton.key)
        mean = (took[carton.key] + 1.5 * stayed) / carton.quantity
        worth[carton.key] = 0.5 * worth[carton.key] + 0.5 * carton.worth * mean


@dataclass(frozen=True, slots=True)
class _Clock:
    """What is left of a budget."""

    stopwatch: Stopwatch
    begun: float
    seconds: float

    def left(self) -> float:
        """Give the seconds left, never less than a moment for each instant plan."""
        return max(MOMENT, self.seconds - (self.stopwatch() - self.begun))

    def part(self, share: float) -> _Clock:
        """Take a share of what is left."""
        return _Clock(self.stopwatch, self.stopwatch(), self.left() * share)


@dataclass(frozen=True, slots=True)
class _Trial:
    """Plans of one mix, what found no room in it, its cost without empty containers, its room and load in mm³."""

    plans: tuple[Plan, ...]
    rest: tuple[CartonType, ...]
    cost_minor: int
    room: int
    volume: int

    def rank(self) -> tuple[int, int, int]:
        """Order by volume left, cost, and the room of the emptiest container: less is better."""
        emptiest = min((plan.volume for plan in self.plans), default=0)
        return sum(c.volume * c.quantity for c in self.rest), self.cost_minor, emptiest


def _pilot(
    cartons: Sequence[CartonType], offers: Sequence[Offer], one_box: Callable[..., Plan], seconds: float
) -> float:
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


def _load_mix(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    counts: Counts,
    needed: int,
    seconds: float,
    one_box: Callable[..., Plan],
) -> _Trial:
    """Load the containers of a mix one after another, largest first; ``needed`` of them share the budget."""
    boxes = [offer for number, offer in zip(counts.numbers, offers, strict=True) for _ in range(number)]
    boxes.sort(key=lambda offer: -offer.container.volume)
    rest, plans, cost = list(cartons), list[Plan](), 0
    room = sum(offer.container.volume for offer in boxes)
    for offer in boxes:
        share = seconds / min(len(boxes), needed + 1)
        plan = one_box(rest, offer.container, seconds=share) if rest else None
        if plan is not None and plan.placements:
            plans.append(plan)
            cost += offer.cost_minor
            rest = remaining(rest, plan.loaded)
    return _Trial(tuple(plans), tuple(rest), cost, room, sum(plan.volume for plan in plans))


def remaining(cartons: Sequence[CartonType], loaded: Mapping[str, int]) -> list[CartonType]:
    """Carton types less what is loaded; types of which none is left are dropped."""
    rest = (replace(c, quantity=c.quantity - loaded.get(c.key, 0)) for c in cartons)
    return [c for c in rest if c.quantity > 0]
