"""Many containers (多箱配载): the cheapest mix of container types for a consignment."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from .bounds import Counts, cheapest, everything
from .containers import PLAIN, Profile
from .model import CartonType, Left, Mix, Offer, Plan
from .planning import load
from .screening import refusal
from .searching import Stopwatch

#: fill that the first mix tried is planned for
HOPED_FILL = 0.98


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
    begun = stopwatch()
    one_box = partial(load, seed=seed, support=support, profile=profile, executor=executor, stopwatch=stopwatch)
    able, refused = _able(cartons, offers, profile)
    volume = sum(c.volume * c.quantity for c in able)
    grams = sum(c.grams * c.quantity for c in able)
    bound = cheapest(offers, volume, grams, profile)
    if not able:
        return Mix((), tuple(refused), 0, 0)
    counts = cheapest(offers, int(volume / HOPED_FILL), grams, profile) or everything(offers)
    best: tuple[Counts, list[Plan], list[CartonType]] | None = None
    while True:
        share = max(0.05, (seconds - (stopwatch() - begun)) / 2)
        plans, rest = _load_mix(able, offers, counts, share, one_box)
        best = (counts, plans, rest)
        room = sum(n * offer.container.volume for n, offer in zip(counts.numbers, offers, strict=True))
        wasted = room - sum(plan.volume for plan in plans)
        more = cheapest(offers, volume + wasted, grams, profile) if rest else None
        if more is None:
            break
        counts = more
    left = [*refused, *(Left(c.key, c.quantity, "no further container can be had") for c in best[2])]
    plans = [plan for plan in best[1] if plan.placements]
    prices = {offer.container.name: offer.cost_minor for offer in offers}
    cost = sum(prices[plan.container.name] for plan in plans)
    return Mix(tuple(plans), tuple(left), min(bound.cost_minor, cost) if bound else cost, cost)


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
    seconds: float,
    one_box: Callable[..., Plan],
) -> tuple[list[Plan], list[CartonType]]:
    """Load the containers of a mix one after another, largest first; returns plans and what is left."""
    boxes = [offer.container for n, offer in zip(counts.numbers, offers, strict=True) for _ in range(n)]
    boxes.sort(key=lambda box: -box.volume)
    rest = list(cartons)
    plans = []
    for index, box in enumerate(boxes):
        if not rest:
            break
        share = seconds / max(1, len(boxes) - index) if index else seconds / len(boxes)
        plan = one_box(rest, box, seconds=share)
        plans.append(plan)
        rest = remaining(rest, plan.loaded)
    return plans, rest


def remaining(cartons: Sequence[CartonType], loaded: Mapping[str, int]) -> list[CartonType]:
    """Carton types less what is loaded; types of which none is left are dropped."""
    rest = (replace(c, quantity=c.quantity - loaded.get(c.key, 0)) for c in cartons)
    return [c for c in rest if c.quantity > 0]
