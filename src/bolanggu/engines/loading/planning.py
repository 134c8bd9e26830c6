"""Loading one container (单箱装载): screen, search, balance, check."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from .balancing import balanced, lightened, within
from .bounds import volume_bound
from .certificate import Certificate, Violation
from .containers import PLAIN, Profile
from .lines import Stopwatch
from .model import CartonType, ContainerType, Left, Placement, Plan
from .ordering import in_order
from .placing import Effort, by_slabs, place_all
from .screening import one_class, screen
from .validating import RULES, share, validate
from .validating_mass import centre_of_gravity, metre_loads
from .validating_order import contiguity

#: times the roof is lowered for dense cargo before the container stays empty
ROOFS = 8
#: searches with other seeds that an executor runs beside the first
HELPERS = 3


class InvalidPlanError(AssertionError):
    """The checker found a violation in a plan of the search: a defect of this engine, never of the input."""

    code = "invalid_plan"


def load(
    cartons: Sequence[CartonType],
    container: ContainerType,
    *,
    seconds: float = 2.0,
    seed: int = 0,
    support: str | float = "full",
    profile: Profile = PLAIN,
    executor: Executor | None = None,
    stopwatch: Stopwatch = time.thread_time,
) -> Plan:
    """Find the most valuable load of one container that keeps every rule.

    Parameters
    ----------
    cartons
        Types with unique keys. A carton that cannot go in is listed in ``Plan.left`` with the reason; it never raises.
    container
        The container, mm and g.
    seconds
        Budget of ``stopwatch``; the first plan comes before the budget is looked at.
    seed
        Chooses among searches of equal merit; the same seed and work give the same plan.
    support
        ``full``, ``none`` or a share; see `validate`.
    profile
        Rules of the route.
    executor
        Runs three further searches with other seeds beside this one, each with the same budget; None runs one.
    stopwatch
        Seconds spent; CPU time of this thread by default.

    Raises
    ------
    ValueError
        ``support`` is no share, or two types have one key.
    InvalidPlanError
        Never on purpose: the checker refused the search's plan.

    Examples
    --------
    >>> plan = load([CartonType("a", 50, 50, 50, 9)], ContainerType("box", 100, 100, 100), seconds=0.1)
    >>> plan.loaded, plan.left[0].quantity, plan.fill_percent
    ({'a': 8}, 1, 100.0)
    """
    share(support)
    known = _by_key(cartons)
    fit, left = screen(cartons, container, profile)
    fit, others = one_class(fit)
    efforts = [Effort(seconds, seed + other, support, stopwatch) for other in range(1 + HELPERS * bool(executor))]
    work = partial(_placed, fit, container, profile=profile)
    helpers = [executor.submit(work, effort=effort) for effort in efforts[1:]] if executor else []
    tried = [work(effort=efforts[0]), *(helper.result() for helper in helpers)]
    placements = max(tried, key=lambda plan: sum(known[p.key].worth for p in plan))
    return finished(cartons, container, placements, [*left, *others], support=support, profile=profile)


def _by_key(cartons: Sequence[CartonType]) -> dict[str, CartonType]:
    known = {carton.key: carton for carton in cartons}
    if len(known) < len(cartons):
        twice = next(key for key, count in Counter(c.key for c in cartons).items() if count > 1)
        raise ValueError(f"two carton types have the key {twice}")
    return known


def _placed(
    cartons: Sequence[CartonType], container: ContainerType, effort: Effort, profile: Profile
) -> list[Placement]:
    """Place under a roof lowered until no metre of floor bears too much, move to balance, lighten if need be."""
    known = {carton.key: carton for carton in cartons}
    limit = profile.floor_g_per_m.get(container.name, 0)
    room = container
    for attempt in range(ROOFS):
        share = effort if attempt == 0 else effort.part(0.1)
        placements = place_all(cartons, room, share, profile.cargo_limit(container))
        worst = max((load for _, load in metre_loads(known, placements)), default=0.0) if limit else 0.0
        if worst <= limit or not limit:
            break
        room = replace(room, height=int(room.height * min(0.97, limit / worst)))
    else:
        placements = []
    placements = balanced(known, container, placements, profile)
    if not within(known, container, placements, profile) and len({c.drop for c in cartons}) == 1:
        parted = by_slabs(cartons, room, effort.part(0.3), profile.cargo_limit(container))
        parted = balanced(known, container, parted, profile)
        if within(known, container, parted, profile):
            return parted
    return lightened(known, container, placements, profile)


def finished(
    cartons: Sequence[CartonType],
    container: ContainerType,
    placements: Sequence[Placement],
    left: Sequence[Left],
    *,
    support: str | float,
    profile: Profile,
    standing: Sequence[Placement] = (),
) -> Plan:
    """Give the plan with its sums, its leftovers and the checker's certificate.

    What was ``standing`` before comes first; rules that it broke by itself stand in the certificate.

    Raises
    ------
    InvalidPlanError
        The checker found a violation.
    """
    known = {carton.key: carton for carton in cartons}
    checked = partial(validate, cartons, container, support=support, profile=profile)
    violations = checked(placements)
    faults = set(violations) - (set(checked(standing)) if standing else set())
    if faults and not _unavoidable(faults, placements, standing):
        raise InvalidPlanError("; ".join(sorted(str(fault) for fault in faults)[:5]))
    before = set(standing)
    ordered = (*standing, *in_order([p for p in placements if p not in before]))
    loaded = dict(Counter(p.key for p in ordered))
    named = {item.key for item in left}
    rest = [
        Left(c.key, c.quantity - loaded.get(c.key, 0), f"no room left in {container.name}")
        for c in cartons
        if c.key not in named and c.quantity > loaded.get(c.key, 0)
    ]
    volume = sum(p.volume for p in ordered)
    bound = volume_bound(cartons, container, profile)
    centre = centre_of_gravity(known, container, ordered)
    return Plan(
        container=container,
        placements=ordered,
        loaded=loaded,
        left=(*left, *rest),
        volume=volume,
        gross_g=sum(known[p.key].grams for p in ordered),
        centre=centre,
        contiguity=contiguity(known, ordered),
        certificate=Certificate(
            checked=RULES,
            violations=violations,
            notes=_notes(container, centre, profile),
            bound=bound,
            gap=1 - volume / bound if bound else 0.0,
        ),
    )


def _unavoidable(faults: set[Violation], placements: Sequence[Placement], standing: Sequence[Placement]) -> bool:
    """Whether only what stood before is there, or off balance: nothing that was put in breaks a rule."""
    return len(placements) == len(standing) or (bool(standing) and {fault.rule for fault in faults} <= {"balance"})


def _notes(container: ContainerType, centre: tuple[float, float, float], profile: Profile) -> tuple[str, ...]:
    if profile.balance_share is None:
        return ()
    off = abs(centre[0] - container.length / 2) / container.length
    if off <= profile.balance_share:
        return ()
    return (f"centre of gravity {off:.1%} of the length off the middle: within the exception, above the rule",)
