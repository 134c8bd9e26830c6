"""Consignments of many types (多票拼箱): merchants dealt to containers in turn, so that each gets a fair mix.

Offered everything, a search fills the first containers with what stows well and leaves the last ones to fragile and
flat cartons. So each container is offered whole groups of little more than its room; what stays behind is worth more
in the next one. The last containers are then emptied into the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .containers import Profile
from .model import CartonType, Offer, Plan
from .trials import Clock, OneBox, Trial, remaining

#: volume offered to a container as a share of its own
OFFERED = 1.15
#: worth of what an earlier container left behind against its volume, and of what bears nothing
WAITED, FRAGILE = 1.5, 2.5
#: share of the budget for dealing; the rest is for emptying
DEALING = 0.45
#: every so many turns the two emptiest containers are tried in one
MERGING = 5


@dataclass(frozen=True, slots=True)
class Bench:
    """What dealing and emptying work with."""

    offers: Sequence[Offer]
    profile: Profile
    one_box: OneBox
    clock: Clock

    def costs(self) -> dict[str, int]:
        """Cost by container name."""
        return {offer.container.name: offer.cost_minor for offer in self.offers}

    def trial(self, plans: Sequence[Plan], rest: Sequence[CartonType]) -> Trial:
        """Sum up plans."""
        costs = self.costs()
        made = tuple(sorted(plans, key=lambda plan: -plan.volume))
        room = sum(plan.container.volume for plan in made)
        cost = sum(costs[plan.container.name] for plan in made)
        return Trial(made, tuple(rest), cost, room, sum(plan.volume for plan in made))


def gathered(cartons: Sequence[CartonType], bench: Bench, bound: int) -> Trial:
    """Deal a consignment to containers, then empty the worst ones into the others while time is left."""
    trial = _dealt(cartons, replace(bench, clock=bench.clock.part(DEALING)))
    return _downsized(cartons, emptied(cartons, trial, bench, bound), bench)


def _downsized(cartons: Sequence[CartonType], trial: Trial, bench: Bench) -> Trial:
    """Take a cheaper container for the emptiest load where one holds it all."""
    if not trial.plans:
        return trial
    *others, worst = trial.plans
    cheaper = [o for o in bench.offers if o.available is None and o.cost_minor < bench.costs()[worst.container.name]]
    held = [replace(carton, quantity=worst.loaded[carton.key]) for carton in cartons if carton.key in worst.loaded]
    smaller = _smallest(held, worst, replace(bench, offers=cheaper)) if cheaper else None
    return trial if smaller is None else bench.trial([*others, smaller], trial.rest)


def _dealt(cartons: Sequence[CartonType], bench: Bench) -> Trial:
    """Load container after container, each the cheapest for its room until what is left fits one."""
    order = {group: place for place, group in enumerate(_evenly(cartons))}
    rest = sorted(cartons, key=lambda carton: order[carton.group])
    plans, used, waited = list[Plan](), Counter[str](), set[str]()
    total = sum(carton.volume * carton.quantity for carton in cartons)
    while rest:
        offer = _next_offer(rest, used, bench)
        if offer is None:
            break
        window = _window(rest, int(OFFERED * offer.container.volume))
        share = bench.clock.seconds * offer.container.volume / max(total, offer.container.volume)
        plan = bench.one_box(_valued(window, waited), offer.container, seconds=min(share, bench.clock.left()))
        if not plan.placements:
            plan = bench.one_box(rest, offer.container, seconds=bench.clock.left() / 4)
        if not plan.placements:
            break
        plans.append(plan)
        used[offer.container.name] += 1
        waited |= {carton.key for carton in window}
        rest = remaining(rest, plan.loaded)
        rest.sort(key=lambda carton: (carton.key not in waited, order[carton.group]))
    return bench.trial(plans, rest)


def _evenly(cartons: Sequence[CartonType]) -> list[str]:
    """Order groups so that the share of cartons that bear nothing stays near that of the whole all along."""
    volume, hard = dict.fromkeys((carton.group for carton in cartons), 0), Counter[str]()
    for carton in cartons:
        volume[carton.group] += carton.volume * carton.quantity
        hard[carton.group] += carton.volume * carton.quantity * fragile(carton)
    share, done, debt = hard.total() / max(1, sum(volume.values())), list[str](), 0.0
    while volume:
        group = min(volume, key=lambda name: abs(debt + hard[name] - share * volume[name]))
        debt += hard[group] - share * volume.pop(group)
        done.append(group)
    return done


def fragile(carton: CartonType) -> bool:
    """Whether nothing may stand on a carton."""
    return carton.top_only or carton.max_load_above_g == 0 or carton.max_layers == 1


def _next_offer(rest: Sequence[CartonType], used: Mapping[str, int], bench: Bench) -> Offer | None:
    """The cheapest container that may hold all that is left, else the one of least cost for its room."""
    volume = sum(carton.volume * carton.quantity for carton in rest)
    grams = sum(carton.grams * carton.quantity for carton in rest)
    free = [o for o in bench.offers if o.available is None or used.get(o.container.name, 0) < o.available]
    last = [o for o in free if volume <= 0.9 * o.container.volume and grams <= (_limit(o, bench) or grams)]
    if last:
        return min(last, key=lambda o: o.cost_minor)
    return min(free, key=lambda o: o.cost_minor / o.container.volume, default=None)


def _limit(offer: Offer, bench: Bench) -> int | None:
    return bench.profile.cargo_limit(offer.container)


def _window(rest: Sequence[CartonType], volume: int) -> list[CartonType]:
    """Whole groups from the first on until they make up ``volume``."""
    taken, total, last = list[CartonType](), 0, ""
    for carton in rest:
        if total >= volume and carton.group != last:
            break
        taken.append(carton)
        total += carton.volume * carton.quantity
        last = carton.group
    return taken


def _valued(cartons: Sequence[CartonType], waited: set[str]) -> list[CartonType]:
    return [replace(c, value=hard_worth(c) * (WAITED if c.key in waited else 1.0)) for c in cartons]


def hard_worth(carton: CartonType) -> float:
    """Worth of a carton, more where it takes the room above it too."""
    return carton.worth * (FRAGILE if fragile(carton) else 1.0)


def emptied(cartons: Sequence[CartonType], trial: Trial, bench: Bench, bound: int) -> Trial:
    """Move cartons of the emptiest container into the others, one after the other, and take a cheaper one when it fits.

    A container is loaded anew with its own cartons, worth more, and those of the emptiest; it keeps the new plan when
    it holds more.
    """
    known = {carton.key: carton for carton in cartons}
    turn = 0
    while len(trial.plans) > 1 and trial.cost_minor > bound and bench.clock.seconds > 0:
        *others, worst = trial.plans
        merging = turn % MERGING == 0
        better = _merged(known, trial, bench) if merging else _moved(known, others, worst, trial, bench, turn)
        turn += 1
        trial = better or trial
        if bench.clock.over():
            break
    return trial


def _merged(known: Mapping[str, CartonType], trial: Trial, bench: Bench) -> Trial | None:
    """Load the two emptiest containers' cartons into one that costs less than both; None when none holds them."""
    *others, second, worst = trial.plans
    costs = bench.costs()
    both = Counter(second.loaded) + Counter(worst.loaded)
    asked = [replace(known[key], quantity=count) for key, count in both.items()]
    spent = costs[second.container.name] + costs[worst.container.name]
    for offer in sorted(bench.offers, key=lambda offer: offer.cost_minor):
        fits = second.volume + worst.volume <= offer.container.volume and offer.available is None
        if fits and offer.cost_minor < spent:
            plan = bench.one_box(asked, offer.container, seconds=min(bench.clock.left(), bench.clock.seconds / 12))
            if not plan.left:
                return bench.trial([*others, plan], trial.rest)
    return None


def _moved(
    known: Mapping[str, CartonType], others: Sequence[Plan], worst: Plan, trial: Trial, bench: Bench, turn: int
) -> Trial | None:
    """Load one container anew with cartons of the emptiest; None when that gains nothing."""
    index = len(others) - 1 - turn % len(others)
    taker = others[index]
    both = Counter(taker.loaded) + Counter(worst.loaded)
    asked = [replace(known[key], quantity=count, value=hard_worth(known[key])) for key, count in both.items()]
    seconds = min(bench.clock.left(), bench.clock.seconds / 24)
    plan = bench.one_box(asked, taker.container, seconds=seconds, seed=turn)
    before, after = (sum(hard_worth(known[key]) * n for key, n in held.loaded.items()) for held in (taker, plan))
    if after <= before:
        return None
    rest = remaining([replace(known[key], quantity=count) for key, count in both.items()], plan.loaded)
    kept = [*others[:index], *others[index + 1 :], plan]
    if not rest:
        return bench.trial(kept, trial.rest)
    smaller = _smallest(rest, worst, bench)
    return None if smaller is None else bench.trial([*kept, smaller], trial.rest)


def _smallest(rest: Sequence[CartonType], worst: Plan, bench: Bench) -> Plan | None:
    """Load what is left of a container in the cheapest one that holds it all; None when not even its own does."""
    most = bench.costs().get(worst.container.name)
    volume = sum(carton.volume * carton.quantity for carton in rest)
    for offer in sorted(bench.offers, key=lambda offer: offer.cost_minor):
        fits = volume <= offer.container.volume and (offer.available is None or offer.container == worst.container)
        if fits and (most is None or offer.cost_minor <= most):
            plan = bench.one_box(rest, offer.container, seconds=bench.clock.seconds / 48)
            if not plan.left:
                return plan
    return None
