"""The independent checker (独立校验): every rule of a plan, in words, sharing no code with the search.

It reads carton types and placements only, on whole numbers. A plan leaves the engine with the checker's certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .certificate import Violation
from .containers import PLAIN, Profile
from .model import CartonType, ContainerType, Placement
from .validating_mass import balance, floor_load, payload
from .validating_order import apart, drops
from .validating_room import door, inside, kept_free, overlap, quantity, turned
from .validating_stack import Stack, bearing, layers, supported, top_and_floor

#: rules by name, in the order in which they are checked
RULES = (
    "known", "quantity", "inside", "orientation", "door", "reserved", "overlap", "support", "bearing", "layers",
    "top_only", "floor_only", "payload", "floor_load", "balance", "drops", "apart",
)  # fmt: skip


def validate(
    cartons: Sequence[CartonType],
    container: ContainerType,
    placements: Sequence[Placement],
    *,
    support: str | float = "full",
    profile: Profile = PLAIN,
) -> tuple[Violation, ...]:
    """Every broken rule of a plan, in words; empty when the plan holds.

    Parameters
    ----------
    cartons
        What was to be loaded; keys are unique.
    container
        The container, mm and g.
    placements
        Where each carton stands.
    support
        ``full``: the whole base of each carton lies on the floor or on tops at exactly that height; a share between 0
        and 1: at least so much of it; ``none``: cartons may hang.
    profile
        Rules of the route: cargo limit, floor load, balance, crossing depth.

    Examples
    --------
    >>> box = ContainerType("box", 100, 100, 100)
    >>> carton = CartonType("a", 50, 50, 50, 2)
    >>> validate([carton], box, [Placement("a", 0, 0, 0, 50, 50, 50)])
    ()
    >>> print(validate([carton], box, [Placement("a", 0, 0, 1, 50, 50, 50)])[0])
    support: carton a at (0, 0, 1) has 0 of 2500 mm² of its base supported
    """
    known = {carton.key: carton for carton in cartons}
    strangers = [p for p in placements if p.key not in known]
    if strangers:
        return tuple(Violation("known", f"{p.key} is not in the consignment", (p.key,)) for p in strangers)
    return tuple(_all(known, container, placements, support, profile))


def _all(
    known: Mapping[str, CartonType],
    container: ContainerType,
    placements: Sequence[Placement],
    support: str | float,
    profile: Profile,
) -> Iterator[Violation]:
    yield from quantity(known, placements)
    yield from inside(container, placements)
    yield from turned(known, placements)
    yield from door(container, placements)
    yield from kept_free(container, placements)
    clashes = tuple(overlap(placements))
    yield from clashes
    if not clashes:
        stack = Stack.of(placements)
        yield from supported(stack, share(support))
        yield from bearing(known, stack)
        yield from layers(known, stack)
        yield from top_and_floor(known, stack)
        yield from drops(known, stack, profile.crossing_mm)
    yield from payload(known, container, placements, profile)
    yield from floor_load(known, container, placements, profile)
    yield from balance(known, container, placements, profile)
    yield from apart(known, placements)


def share(support: str | float) -> float:
    """Give the share of a base that must be supported.

    >>> share("full"), share("none"), share(0.75)
    (1.0, 0.0, 0.75)

    Raises
    ------
    ValueError
        Neither ``full`` nor ``none`` nor a share between 0 and 1.
    """
    named = {"full": 1.0, "none": 0.0}
    part = named.get(support) if isinstance(support, str) else float(support)
    if part is None or not 0.0 <= part <= 1.0:
        raise ValueError(f"support must be full, none or a share between 0 and 1, not {support}")
    return part
