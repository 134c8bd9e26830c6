"""Trials of a mix (试配): plans of several containers, what found no room in them, and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from .bounds import Counts
from .lines import Stopwatch
from .model import CartonType, Offer, Plan

#: the least budget of a search, s
MOMENT = 0.05

OneBox = Callable[..., Plan]


@dataclass(frozen=True, slots=True)
class Clock:
    """What is left of a budget."""

    stopwatch: Stopwatch
    begun: float
    seconds: float

    def left(self) -> float:
        """Give the seconds left, never less than a moment for each instant plan."""
        return max(MOMENT, self.seconds - (self.stopwatch() - self.begun))

    def over(self) -> bool:
        """Whether the budget is spent."""
        return self.stopwatch() - self.begun >= self.seconds

    def part(self, share: float) -> Clock:
        """Take a share of what is left."""
        return Clock(self.stopwatch, self.stopwatch(), self.left() * share)


@dataclass(frozen=True, slots=True)
class Trial:
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


def load_mix(
    cartons: Sequence[CartonType],
    offers: Sequence[Offer],
    counts: Counts,
    needed: int,
    seconds: float,
    one_box: OneBox,
) -> Trial:
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
    return Trial(tuple(plans), tuple(rest), cost, room, sum(plan.volume for plan in plans))


def remaining(cartons: Sequence[CartonType], loaded: Mapping[str, int]) -> list[CartonType]:
    """Carton types less what is loaded; types of which none is left are dropped."""
    rest = (replace(c, quantity=c.quantity - loaded.get(c.key, 0)) for c in cartons)
    return [c for c in rest if c.quantity > 0]
