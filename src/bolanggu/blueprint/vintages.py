"""Vintages and conflicts (版本与口径): which of several values to show, and how the others stand to it.

Nothing is averaged and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

#: whose word comes first where documents disagree; the city's own records come first of all
RANK = {"records": 0, "communique": 1, "release": 2, "report": 3, "newspaper": 4, "speech": 5}


class Relation(StrEnum):
    """How a value stands to the one that is shown."""

    SHOWN = "shown"
    AGREES = "agrees"
    ROUNDED = "agrees within rounding"
    EARLIER = "earlier vintage"
    OTHER_BASIS = "other basis, not comparable"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as one source gave it.

    ``kind`` is the document's kind or ``records``; ``precision`` the worth of the last digit given; ``vintage`` an ISO
    day or empty; ``basis`` what makes it incomparable.
    """

    key: int
    value: Decimal
    precision: Decimal
    bound: str
    kind: str
    vintage: str = ""
    basis: str = ""


def shown(stated: Sequence[Stated]) -> Stated:
    """The value to show: by rank of its source, then the later vintage, then the finer one.

    >>> speech = Stated(1, Decimal(2500), Decimal(100), "exact", "speech", "2025-03-01")
    >>> release = Stated(2, Decimal("2503.5"), Decimal("0.1"), "exact", "release", "2025-02-01")
    >>> shown([speech, release]).key
    2
    """
    by_finer = sorted(stated, key=lambda one: (one.precision, one.key))
    by_later = sorted(by_finer, key=lambda one: one.vintage, reverse=True)
    return min(by_later, key=lambda one: RANK[one.kind])


def relation(one: Stated, chosen: Stated) -> Relation:
    """How ``one`` stands to the chosen value; values are compared at the coarser precision.

    >>> speech = Stated(1, Decimal(2500), Decimal(100), "exact", "speech")
    >>> release = Stated(2, Decimal("2503.5"), Decimal("0.1"), "exact", "release")
    >>> relation(speech, release).value
    'agrees within rounding'
    """
    if one.key == chosen.key:
        return Relation.SHOWN
    if one.basis != chosen.basis:
        return Relation.OTHER_BASIS
    if one.value == chosen.value or _bounded(one, chosen) or _bounded(chosen, one):
        return Relation.AGREES
    coarse = max(one.precision, chosen.precision)
    if coarse and 2 * abs(one.value - chosen.value) <= coarse:
        return Relation.ROUNDED
    if one.kind == chosen.kind == "records":
        return Relation.EARLIER
    return Relation.DIFFERS


def _bounded(loose: Stated, other: Stated) -> bool:
    """True if ``loose`` only bounds the value, and the other value keeps to the bound."""
    if loose.bound == "lower":
        return other.value >= loose.value and other.bound != "upper"
    if loose.bound == "upper":
        return other.value <= loose.value and other.bound != "lower"
    return loose.bound == "approx" and abs(other.value - loose.value) <= loose.precision


def growth_mismatch(level: Decimal, before: Decimal, percent: Decimal, slack: Decimal) -> Decimal | None:
    """Points by which a stated growth differs from the growth of the levels, None within ``slack`` points.

    Not for growth at constant prices: nominal levels say nothing about it.

    >>> growth_mismatch(Decimal(110), Decimal(100), Decimal("12.0"), Decimal("0.5"))
    Decimal('2.0')
    """
    own = (level / before - 1) * 100
    gap = percent - own
    return gap.quantize(Decimal("0.1")) if abs(gap) > slack else None
