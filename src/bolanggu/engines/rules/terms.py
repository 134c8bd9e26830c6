"""Terms (条件左边): what a condition measures – a fact, full months since a date, a ratio, a sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bolanggu.engines.rules.facts import Value

Facts = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class FactTerm:
    """The value of one fact."""

    name: str
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are read."""
        return (self.name,)

    @property
    def label(self) -> str:
        """How a message calls it."""
        return self.name

    def value(self, facts: Facts, as_of: date) -> Value | None:  # noqa: ARG002 - one form for all terms
        """The fact, None if unknown."""
        return facts.get(self.name)


@dataclass(frozen=True, slots=True)
class MonthsSince:
    """Full months from a date fact to the day of judgement; no month-end rule.

    >>> MonthsSince("since").value({"since": date(2026, 1, 31)}, date(2026, 2, 28))
    Fraction(0, 1)
    """

    name: str
    kind: str = "number"

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are read."""
        return (self.name,)

    @property
    def label(self) -> str:
        """How a message calls it."""
        return f"months since {self.name}"

    def value(self, facts: Facts, as_of: date) -> Fraction | None:
        """(Y2 − Y1)·12 + (M2 − M1) − (1 if day2 < day1)."""
        start = facts.get(self.name)
        if not isinstance(start, date):
            return None
        months = (as_of.year - start.year) * 12 + as_of.month - start.month
        return Fraction(months - (as_of.day < start.day))


@dataclass(frozen=True, slots=True)
class Ratio:
    """One number fact over another, exact; unknown if either is unknown or the divisor is zero."""

    above: str
    below: str
    kind: str = "number"

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are read."""
        return (self.above, self.below)

    @property
    def label(self) -> str:
        """How a message calls it."""
        return f"{self.above} / {self.below}"

    def value(self, facts: Facts, as_of: date) -> Fraction | None:  # noqa: ARG002 - one form for all terms
        """The quotient."""
        above, below = facts.get(self.above), facts.get(self.below)
        if not isinstance(above, Fraction) or not isinstance(below, Fraction) or below == 0:
            return None
        return above / below


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of number facts; unknown if any part is unknown."""

    parts: tuple[str, ...]
    kind: str = "number"

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are read."""
        return self.parts

    @property
    def label(self) -> str:
        """How a message calls it."""
        return " + ".join(self.parts)

    def value(self, facts: Facts, as_of: date) -> Fraction | None:  # noqa: ARG002 - one form for all terms
        """The exact sum."""
        total = Fraction(0)
        for name in self.parts:
            part = facts.get(name)
            if not isinstance(part, Fraction):
                return None
            total += part
        return total


Term = FactTerm | MonthsSince | Ratio | Sum
