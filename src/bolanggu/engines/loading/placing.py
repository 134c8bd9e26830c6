"""Parts of a container (分段装载): stop after stop, merchants in slabs, each part searched by itself.

Cartons of the last stop stand at the front wall, each stop in the shortest slab that holds it. Within a stop the
groups are taken in their order, a slab at a time; earlier groups are worth more, so that a group stays together, and
what finds no room in its slab goes into the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .expanding import expand_plan
from .goods import UNLIMITED, flatten
from .lines import Standing, Stopwatch, Task
from .model import CartonType, ContainerType, Placement
from .searching import search_plan

#: a container is divided into slabs of about this share of its width
SLAB_WIDTHS = 2.0
#: volume of the cartons offered to a slab, as a share of the slab's
OFFERED = 1.3
#: worth of the first group's cartons in a slab against the last one's
EAGERNESS = 1.2
#: a plan by slabs is taken when it holds this share of what a search without slabs holds
GOOD_ENOUGH = 0.99
#: lengths tried for the slab of a stop, as shares of what its volume alone takes
STRETCHES = (1.08, 1.18, 1.35, 1.7)


@dataclass(frozen=True, slots=True)
class Effort:
    """How a search is run: budget, seed, support and stopwatch."""

    seconds: float
    seed: int
    support: str | float
    stopwatch: Stopwatch

    def part(self, share: float) -> Effort:
        """Take a share of the budget."""
        return replace(self, seconds=self.seconds * share)


def place_all(
    cartons: Sequence[CartonType], container: ContainerType, effort: Effort, payload_g: int | None
) -> list[Placement]:
    """Placements of one container; ``payload_g`` limits the cargo's mass."""
    stops = sorted({carton.drop for carton in cartons}, reverse=True)
    grams = {carton.key: carton.grams for carton in cartons}
    placed: list[Placement] = []
    for stop in stops:
        room = part_of(container, _reach(placed), container.length - _reach(placed))
        left_g = None if payload_g is None else payload_g - sum(grams[p.key] for p in placed)
        mine = [carton for carton in cartons if carton.drop == stop]
        if len(stops) == 1:
            return _stop(mine, room, effort, left_g)
        part = _shortest(mine, room, effort.part(1 / len(stops)), left_g)
        placed += _moved(part, _reach(placed))
    return placed


def part_of(container: ContainerType, start: int, length: int) -> ContainerType:
    """Give the part of a container from ``start`` on, with what of its reserved space lies there.

    >>> from .model import Reserved
    >>> box = ContainerType("box", 100, 50, 50, reserved=(Reserved(30, 0, 0, 20, 50, 10),))
    >>> [(r.x, r.dx) for r in part_of(box, 40, 60).reserved]
    [(0, 10)]
    """
    kept = []
    for r in container.reserved:
        low, high = max(r.x - start, 0), min(r.x + r.dx - start, length)
        if high > low:
            kept.append(replace(r, x=low, dx=high - low))
    return replace(container, length=length, reserved=tuple(kept))


def _reach(placed: Sequence[Placement]) -> int:
    return max((p.x + p.dx for p in placed), default=0)


def _moved(placed: Sequence[Placement], by: int) -> list[Placement]:
    return [replace(p, x=p.x + by) for p in placed] if by else list(placed)


def _stop(cartons: Sequence[CartonType], room: ContainerType, effort: Effort, payload_g: int | None) -> list[Placement]:
    """One stop: by slabs where there are several groups, unless a search without slabs holds clearly more."""
    if len({carton.group for carton in cartons}) < 2:
        return search(cartons, room, effort, payload_g)
    worth = {carton.key: carton.worth for carton in cartons}
    slabs = by_slabs(cartons, room, effort.part(0.5), payload_g)
    if len(slabs) == sum(carton.quantity for carton in cartons):
        return slabs
    whole = search(cartons, room, effort.part(0.5), payload_g)
    enough = sum(worth[p.key] for p in slabs) >= GOOD_ENOUGH * sum(worth[p.key] for p in whole)
    return slabs if enough else whole


def _shortest(
    cartons: Sequence[CartonType], room: ContainerType, effort: Effort, payload_g: int | None
) -> list[Placement]:
    """Find the shortest slab tried that holds all cartons of a stop; the whole room when none does."""
    total = sum(carton.quantity for carton in cartons)
    needed = sum(carton.volume * carton.quantity for carton in cartons) / (room.width * room.height)
    edge = max((min(carton.length, carton.width) for carton in cartons), default=0)
    for stretch in STRETCHES:
        length = max(int(needed * stretch) + 1, edge)
        if length >= room.length:
            break
        placed = search(cartons, part_of(room, 0, length), effort.part(1 / (len(STRETCHES) + 1)), payload_g)
        if len(placed) == total:
            return placed
    return search(cartons, room, effort.part(1 / (len(STRETCHES) + 1)), payload_g) if room.length > 0 else []


def by_slabs(
    cartons: Sequence[CartonType], room: ContainerType, effort: Effort, payload_g: int | None
) -> list[Placement]:
    """Place groups in their order of appearance, a slab at a time from the front wall."""
    rest, placed = list(cartons), list[Placement]()
    grams = {carton.key: carton.grams for carton in cartons}
    count = max(1, round(room.length / (SLAB_WIDTHS * room.width)))
    for slab in range(count, 0, -1):
        length = room.length - _reach(placed)
        if not rest or length < 1:
            break
        part = length // slab
        left_g = None if payload_g is None else payload_g - sum(grams[p.key] for p in placed)
        space = part_of(room, _reach(placed), part)
        offered = rest if slab == 1 else _window(rest, OFFERED * space.volume)
        found = search(_eager(offered), space, effort.part(1 / count), left_g)
        placed += _moved(found, _reach(placed))
        loaded = Counter(p.key for p in found)
        rest = [replace(c, quantity=c.quantity - loaded[c.key]) for c in rest if c.quantity > loaded[c.key]]
    return placed


def _window(cartons: Sequence[CartonType], volume: float) -> list[CartonType]:
    """Whole groups from the first on until they make up ``volume``."""
    order = {group: row for row, group in enumerate(dict.fromkeys(carton.group for carton in cartons))}
    sums: Counter[str] = Counter()
    for carton in cartons:
        sums[carton.group] += carton.volume * carton.quantity
    taken, total = set(), 0
    for group in order:
        taken.add(group)
        total += sums[group]
        if total >= volume:
            break
    return [carton for carton in cartons if carton.group in taken]


def _eager(cartons: Sequence[CartonType]) -> list[CartonType]:
    """Raise the worth of earlier groups' cartons, in even steps from EAGERNESS down to 1."""
    order = list(dict.fromkeys(carton.group for carton in cartons))
    step = (EAGERNESS - 1) / max(1, len(order) - 1)
    more = {group: EAGERNESS - step * row for row, group in enumerate(order)}
    return [replace(carton, value=carton.worth * more[carton.group]) for carton in cartons]


def search(
    cartons: Sequence[CartonType],
    room: ContainerType,
    effort: Effort,
    payload_g: int | None,
    standing: Standing | None = None,
) -> list[Placement]:
    """Placements of one room, empty but for what stands there already."""
    if not cartons or room.length < 1:
        return []
    goods = flatten(cartons, room)
    if not len(goods.variant_type):
        return []
    rules = any(c.top_only or c.max_layers is not None or c.max_load_above_g is not None for c in cartons)
    edges = np.array([room.length, room.width, room.height], np.int32)
    free = [(r.x, r.y, r.z, r.x + r.dx, r.y + r.dy, r.z + r.dz) for r in room.reserved]
    task = Task(
        goods,
        edges,
        supported=effort.support != "none" or rules,
        payload=UNLIMITED if payload_g is None else float(payload_g),
        free=np.array(free, np.int32) if free else None,
        standing=standing,
    )
    found = search_plan(task, seconds=effort.seconds, seed=effort.seed, stopwatch=effort.stopwatch)
    return expand_plan(found, goods, cartons)
