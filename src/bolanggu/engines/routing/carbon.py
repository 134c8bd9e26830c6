"""Carbon sheet (碳排放计算表): CO2e of transport legs after ISO 14083, each line as hand arithmetic.

grams = quantity × km × distance adjustment × factor, where the quantity is TEU for a factor per TEU-km and tonnes
for one per t-km; a hub's factor is per TEU or t, without km. A factor without a value makes its line unknown: it is
named, and not counted as 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


class WrongUnit(ValueError):
    """A factor's unit is none that a leg can be multiplied with."""

    code = "wrong_unit"


@dataclass(frozen=True, slots=True)
class Factor:
    """One emission factor of the registry; ``value`` None says that no figure is known.

    ``boundary`` is WTW (well to wake) or TTW (tank to wake); ``daf`` the distance adjustment factor that
    ``distance_basis`` asks for; ``confidence`` how far the figure can be trusted.
    """

    id: str
    version: str
    mode: str
    detail: str
    value: Decimal | None
    unit: str
    boundary: str
    distance_basis: str
    daf: Decimal
    source: str
    place: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One leg of the sheet. ``grams`` None means unknown."""

    leg: str
    factor: Factor
    quantity: Decimal
    km: Decimal
    grams: int | None

    @property
    def arithmetic(self) -> str:
        """The line as it can be done by hand."""
        if self.grams is None:
            return f"unknown: {self.factor.source}"
        unit, _, per_km = self.factor.unit.partition("/")[2].partition("-")
        adjust = "" if self.factor.daf == 1 else f" × {self.factor.daf}"
        way = f" × {self.km} km" if per_km else ""
        return f"{self.quantity} {unit}{way}{adjust} × {self.factor.value} {self.factor.unit} = {self.grams} g"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one transport chain."""

    lines: tuple[Line, ...]

    @property
    def grams(self) -> int:
        """The sum of what is known."""
        return sum(line.grams or 0 for line in self.lines)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The legs and hubs whose figure is unknown."""
        return tuple(line.leg for line in self.lines if line.grams is None)


def emit(leg: str, factor: Factor, *, teu: Decimal, tonnes: Decimal, km: Decimal) -> Line:
    """Compute one line.

    Parameters
    ----------
    leg
        What the line is for, as printed.
    teu, tonnes
        The cargo's size and mass on this leg; the factor's unit says which is used.
    km
        Distance on the basis that the factor asks for.

    Raises
    ------
    WrongUnit
        The factor has a value and is per none of TEU-km, t-km, TEU (of a hub), t (of a hub).

    Examples
    --------
    >>> sea = Factor("s", "1", "sea", "", Decimal("71.7"), "g/TEU-km", "WTW", "SFD", Decimal("1.15"), "", "", "")
    >>> emit("NGB-RTM", sea, teu=Decimal(1), tonnes=Decimal(10), km=Decimal(19400)).arithmetic
    '1 TEU × 19400 km × 1.15 × 71.7 g/TEU-km = 1599627 g'
    """
    if factor.value is None:
        return Line(leg, factor, tonnes, km, None)
    quantities = {"g/TEU-km": teu, "g/t-km": tonnes, "g/TEU": teu, "g/t": tonnes}
    if factor.unit not in quantities:
        raise WrongUnit(f"factor {factor.id} is per {factor.unit!r}; a leg needs one of {', '.join(quantities)}")
    quantity = quantities[factor.unit]
    grams = quantity * (km if factor.unit.endswith("-km") else 1) * factor.daf * factor.value
    return Line(leg, factor, quantity, km, int(grams.quantize(Decimal(1), ROUND_HALF_UP)))
