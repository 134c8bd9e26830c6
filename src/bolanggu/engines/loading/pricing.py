"""Loads priced and combined (列生成): loads that pay at the prices of those known, then the cheapest cover of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .covering import cheapest_cover, prices
from .model import CartonType, Offer, Plan
from .trials import MOMENT, Clock, OneBox, Trial, remaining

#: rounds of pricing in a budget
PRICINGS = 24


def covered_anew(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    trial: Trial,
    clock: Clock,
    one_box: OneBox,
) -> Trial:
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
    picks = cheapest_cover(loads, paid, demand)
    return _built(cartons, [plans[pick] for pick in picks], costs, one_box)


def _built(cartons: Sequence[CartonType], chosen: Sequence[Plan], costs: Mapping[str, int], one_box: OneBox) -> Trial:
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
    return Trial(tuple(made), tuple(rest), cost, room, sum(plan.volume for plan in made))
