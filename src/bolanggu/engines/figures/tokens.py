"""Tokens (数词记号): what the scanner hands to the reader, numbers and periods in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from bolanggu.engines.figures.periods import Period


class Kind(Enum):
    """What sort of number stands there, before its neighbourhood is read."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    RANK = "rank"
    SHARES = "shares"
    MULTIPLE = "multiple"
    PERIOD = "period"


@dataclass(slots=True)
class Token:
    """A number with its unit, or a period; ``start`` and ``end`` are view offsets, end exclusive.

    ``value`` is in the base unit; ``scale`` is the multiplier already in it (万 → 10⁴); ``word`` is the unit as
    written. ``shares`` holds the parts of a:b:c. ``small`` marks a bare Chinese numeral, which is often no figure.
    """

    kind: Kind
    start: int
    end: int
    value: Decimal = Decimal(0)
    unit: str = ""
    word: str = ""
    scale: int = 1
    group: str = ""
    qualifiers: list[str] = field(default_factory=list)
    shares: tuple[tuple[int, int, Decimal], ...] = ()
    small: bool = False
    period: Period | None = None

    @property
    def bound(self) -> str:
        """How the number bounds the true value: exact, lower, upper or approx."""
        for word in self.qualifiers:
            if word in _BOUNDS:
                return _BOUNDS[word]
        return "exact"


_BOUNDS = {
    "超": "lower",
    "余": "lower",
    "多": "lower",
    "以上": "lower",
    "近": "approx",
    "约": "approx",
    "左右": "approx",
    "以下": "upper",
    "不足": "upper",
}
