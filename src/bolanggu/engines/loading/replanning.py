"""Replanning while loading (边装边改): some cartons stand already, one is missing, others came larger than promised."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from .balancing import carries, lightened
from .containers import PLAIN, Profile
from .goods import UNLIMITED
from .lines import Standing, Stopwatch
from .model import CartonType, ContainerType, Left, Placement, Plan, Reserved
from .placing import Effort, search
from .planning import finished
from .screening import one_class, screen
from .validating import share
from .validating_mass import metre_loads

#: how many cartons of a type measured anew, and their edges as they are (length, width, height), mm
Measured = tuple[int, tuple[int, int, int]]


def as_found(
    cartons: Sequence[CartonType], missing: Mapping[str, int], measured: Mapping[str, Sequence[Measured]]
) -> tuple[CartonType, ...]:
    """Give the cartons as the crew found them: without those missing, those of other size as types of their own.

    The type of cartons measured anew has the old key, ``~`` and a number.

    Raises
    ------
    ValueError
        More are missing or measured than there are, or a key is unknown.

    Examples
    --------
    >>> found = as_found([CartonType("a", 50, 40, 30, 9)], {"a": 1}, {"a": [(3, (55, 40, 30))]})
    >>> [(c.key, c.length, c.quantity) for c in found]
    [('a', 50, 5), ('a~1', 55, 3)]
    """
    known = {carton.key for carton in cartons}
    strangers = sorted((set(missing) | set(measured)) - known)
    if strangers:
        raise ValueError(f"{strangers[0]} is not in the consignment")
    found = []
    for carton in cartons:
        others = measured.get(carton.key, ())
        rest = carton.quantity - missing.get(carton.key, 0) - sum(count for count, _ in others)
        if rest < 0:
            raise ValueError(f"more than {carton.quantity} cartons {carton.key} are missing or measured anew")
        found.append(replace(carton, quantity=rest))
        for number, (count, (length, width, height)) in enumerate(others, 1):
            key = f"{carton.key}~{number}"
            found.append(replace(carton, key=key, length=length, width=width, height=height, quantity=count))
    return tuple(found)


def replan(
    cartons: Sequence[CartonType],
    container: ContainerType,
    standing: Sequence[Placement],
    *,
    seconds: float = 2.0,
    seed: int = 0,
    support: str | float = "full",
    profile: Profile = PLAIN,
    stopwatch: Stopwatch = time.thread_time,
) -> Plan:
    """Plan the rest of a container in which ``standing`` cartons stay where they are.

    Parameters
    ----------
    cartons
        All cartons as they are now, those that stand included; see `as_found`.
    standing
        What is in already, in the order in which it was loaded; it comes first in the plan.

    The other parameters are those of `load`.

    Returns
    -------
    The whole plan. Where what stands breaks a rule by itself, the certificate lists that; nothing that is added does.

    Examples
    --------
    >>> box = ContainerType("box", 100, 50, 50)
    >>> plan = replan([CartonType("a", 50, 50, 50, 2)], box, [Placement("a", 0, 0, 0, 50, 50, 50)], seconds=0.1)
    >>> [(p.x, p.z) for p in plan.placements]
    [(0, 0), (50, 0)]
    """
    share(support)
    known = {carton.key: carton for carton in cartons}
    inside = Counter(p.key for p in standing)
    waiting = [replace(c, quantity=c.quantity - inside[c.key]) for c in cartons]
    fit, left = screen(waiting, container, profile)
    fit, others = _with_class(fit, {known[key].apart for key in inside if key in known} - {""})
    placed = list(standing)
    stops = sorted({carton.drop for carton in fit}, reverse=True)
    limit = profile.cargo_limit(container)
    effort = Effort(seconds / max(1, len(stops)), seed, support, stopwatch)
    for stop in stops:
        mass = None if limit is None else max(0, limit - sum(known[p.key].grams for p in placed))
        mine = [carton for carton in fit if carton.drop == stop]
        room = _before(container, [p for p in placed if known[p.key].drop > stop])
        placed += search(mine, room, effort, mass, standing_of(known, placed))
    placed = _spread(known, container, placed, profile, standing)
    placed = lightened(known, container, placed, profile, frozenset(standing))
    return finished(
        cartons, container, placed, [*left, *others], support=support, profile=profile, standing=tuple(standing)
    )


def _with_class(cartons: Sequence[CartonType], inside: set[str]) -> tuple[list[CartonType], list[Left]]:
    """Cartons that may join what is inside; the class that stands already decides."""
    if not inside:
        return one_class(cartons)
    name = min(inside)
    refused = [c for c in cartons if c.apart not in ("", name)]
    reason = f"must not share a container with class {name}"
    left = [Left(c.key, c.quantity, f"class {c.apart} {reason}") for c in refused]
    return [c for c in cartons if c.apart in ("", name)], left


def _before(container: ContainerType, later: Sequence[Placement]) -> ContainerType:
    """Close the room between the front wall and the far end of what is unloaded later."""
    reach = max((p.x + p.dx for p in later), default=0)
    if not reach:
        return container
    closed = Reserved(0, 0, 0, reach, container.width, container.height, "unloaded later")
    return replace(container, reserved=(*container.reserved, closed))


def standing_of(known: Mapping[str, CartonType], placed: Sequence[Placement]) -> Standing | None:
    """Give placed cartons in the form that the search reads; None if there are none."""
    if not placed:
        return None
    ordered = sorted(placed, key=lambda p: p.z)
    boxes = [(p.x, p.y, p.z, p.x + p.dx, p.y + p.dy, p.z + p.dz) for p in ordered]
    facts = [_facts(known[p.key], p) for p in ordered]
    return Standing(np.array(boxes, np.int32), np.array(facts, float))


def _facts(carton: CartonType, p: Placement) -> tuple[float, ...]:
    bare = carton.top_only or carton.max_load_above_g == 0 or carton.max_layers == 1
    area = p.dx * p.dy
    bears = UNLIMITED if carton.max_load_above_g is None else carton.max_load_above_g / area
    layers = UNLIMITED if carton.max_layers is None else carton.max_layers - 1
    flat = (0.0, 0.0) if bare else (p.dx, p.dy)
    return (*flat, 0.0, 0.0, 0.0, carton.grams / area, bears, 1.0, layers)


def _spread(
    known: Mapping[str, CartonType],
    container: ContainerType,
    placements: Sequence[Placement],
    profile: Profile,
    standing: Sequence[Placement],
) -> list[Placement]:
    """Take added cartons off the metre of floor that bears too much, until none does or only what stood is left."""
    placed, fixed = list(placements), frozenset(standing)
    limit = profile.floor_g_per_m.get(container.name, 0)
    while limit and placed:
        start, load = max(metre_loads(known, placed), key=lambda item: item[1])
        bases = {(p.z, p.x, p.y) for p in placed}
        there = [p for p in placed if p not in fixed and p.x < start + 1000 and p.x + p.dx > start]
        free = [p for p in there if not carries(p, placed, bases)]
        if load <= limit or not free:
            break
        placed.remove(max(free, key=lambda p: known[p.key].grams))
    return placed
