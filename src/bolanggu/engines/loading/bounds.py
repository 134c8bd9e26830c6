"""Cheapest mixes of containers by volume and mass alone (箱量下界): the bound under which no plan can cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from .containers import Profile
from .model import CartonType, ContainerType, Offer

#: cargo mass of a container without any limit, g
NO_LIMIT = 10**12


@dataclass(frozen=True, slots=True)
class Counts:
    """How many containers of each offer, and what they cost."""

    numbers: tuple[int, ...]
    cost_minor: int


def cheapest(offers: Sequence[Offer], volume: int, grams: int, profile: Profile) -> Counts | None:
    """Find the cheapest numbers of each offer whose volume and cargo mass reach the amounts asked; None if none does.

    Exact: a search over numbers, cheapest volume first, cut off at the best cost known.

    >>> from .containers import PLAIN
    >>> from .model import ContainerType
    >>> small, large = ContainerType("s", 10, 10, 10), ContainerType("l", 20, 10, 10)
    >>> cheapest([Offer(small, 60), Offer(large, 100)], 4500, 0, PLAIN)
    Counts(numbers=(1, 2), cost_minor=260)
    """
    limits = [profile.cargo_limit(offer.container) or NO_LIMIT for offer in offers]
    order = sorted(range(len(offers)), key=lambda i: offers[i].cost_minor / offers[i].container.volume)
    best: list[Counts | None] = [None]
    numbers = [0] * len(offers)
    least_per_volume = min((offer.cost_minor / offer.container.volume for offer in offers), default=0.0)

    def descend(depth: int, room: int, mass: int, cost: int) -> None:
        if best[0] is not None and cost + least_per_volume * max(room, 0) >= best[0].cost_minor:
            return
        if room <= 0 and mass <= 0:
            best[0] = Counts(tuple(numbers), cost)
            return
        if depth == len(order):
            return
        index = order[depth]
        offer, limit = offers[index], limits[index]
        most = max(-(-max(room, 0) // offer.container.volume), -(-max(mass, 0) // limit))
        if offer.available is not None:
            most = min(most, offer.available)
        least = 0 if depth else max(0, most - 24)
        for number in range(most, least - 1, -1):
            numbers[index] = number
            descend(
                depth + 1,
                room - number * offer.container.volume,
                mass - number * limit,
                cost + number * offer.cost_minor,
            )
        numbers[index] = 0

    descend(0, volume, grams, 0)
    return best[0]


def everything(offers: Sequence[Offer]) -> Counts:
    """All containers that can be had, when even those do not suffice."""
    numbers = tuple(offer.available or 0 for offer in offers)
    return Counts(numbers, sum(n * offer.cost_minor for n, offer in zip(numbers, offers, strict=True)))


def room_left(container: ContainerType) -> int:
    """Volume in mm³ of a container without its reserved space, which may overlap.

    >>> from .model import Reserved
    >>> both = (Reserved(0, 0, 0, 5, 10, 10), Reserved(4, 0, 0, 2, 10, 10))
    >>> room_left(ContainerType("box", 10, 10, 10, reserved=both))
    400
    """
    walls = (container.length, container.width, container.height)
    spans = [((r.x, r.x + r.dx), (r.y, r.y + r.dy), (r.z, r.z + r.dz)) for r in container.reserved]
    inner = [tuple((max(low, 0), min(high, wall)) for (low, high), wall in zip(s, walls, strict=True)) for s in spans]
    planes = [sorted({edge for box in inner for edge in box[axis]}) for axis in range(3)]
    taken = 0
    for (x, x2), (y, y2), (z, z2) in product(*(pairwise(plane) for plane in planes)):
        if any(b[0][0] <= x < b[0][1] and b[1][0] <= y < b[1][1] and b[2][0] <= z < b[2][1] for b in inner):
            taken += (x2 - x) * (y2 - y) * (z2 - z)
    return container.volume - taken


def volume_bound(cartons: Sequence[CartonType], container: ContainerType, profile: Profile) -> int:
    """Most volume in mm³ that walls, stock and payload allow: cartons by volume per gram until one is used up."""
    limit = profile.cargo_limit(container)
    room = room_left(container)
    able = [c for c in cartons if c.quantity > 0]
    if limit is None:
        return min(room, sum(c.volume * c.quantity for c in able))
    volume, mass = 0.0, float(limit)
    for carton in sorted(able, key=lambda c: c.grams / max(c.volume, 1)):
        count = carton.quantity if not carton.grams else min(carton.quantity, mass / carton.grams)
        volume += count * carton.volume
        mass -= count * carton.grams
    return min(room, int(volume))
