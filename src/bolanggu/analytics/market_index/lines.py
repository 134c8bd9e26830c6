"""What a line must say to be observed, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


class NotObservable(ValueError):
    """A line that no index can read; the message names the line and the fact."""

    code = "not_observable"


class LineChanged(ValueError):
    """A line was observed before with other facts; an observed line never changes."""

    code = "line_changed"


@dataclass(frozen=True, slots=True)
class ObservedLine:
    """An order line as the index sees it.

    ``goods_class`` is the class code, ``period`` an ISO label (2026-11, 2026-W48, 2026-11-24, 2026-Q4, 2026),
    ``unit_price_minor`` the price of one piece in minor units of ``currency``. A line may be observed once at each
    frequency: by month and by week, say. A price of 0 is recorded and left out of the index.
    """

    line_id: str
    product: str
    goods_class: str
    period: str
    unit_price_minor: int
    currency: str
    pieces: int

    @property
    def frequency(self) -> str:
        """How often the period's label comes round: day, week, month, quarter or year."""
        return frequency_of(self.period)

    @property
    def number(self) -> str:
        """Number of the index point that the line belongs to."""
        return f"IX-{self.goods_class}-{self.period}-{self.currency}"


_SHAPES = {
    "day": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "week": r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])",
    "month": r"\d{4}-(0[1-9]|1[0-2])",
    "quarter": r"\d{4}-Q[1-4]",
    "year": r"\d{4}",
}


def frequency_of(period: str) -> str:
    """Read the frequency off a period's label.

    >>> frequency_of("2026-W48")
    'week'

    Raises
    ------
    NotObservable
        The label is not ISO.
    """
    for name, shape in _SHAPES.items():
        if re.fullmatch(shape, period):
            return name
    raise NotObservable(f"period {period!r} is not an ISO label; write 2026-11, 2026-W48 or 2026-11-24")


def checked(rows: Sequence[ObservedLine]) -> list[ObservedLine]:
    """Refuse what cannot be read; a line given twice with the same facts counts once.

    Raises
    ------
    NotObservable, LineChanged
    """
    known: dict[tuple[str, str], ObservedLine] = {}
    for line in rows:
        if not (line.line_id and line.product and line.goods_class):
            raise NotObservable(f"line {line.line_id!r} lacks its id, product or class")
        if line.unit_price_minor < 0 or line.pieces <= 0:
            sold = f"line {line.line_id} sells {line.pieces} pieces at {line.unit_price_minor}"
            raise NotObservable(f"{sold}; pieces must be above 0 and a price not below")
        if not re.fullmatch("[A-Z]{3}", line.currency):
            raise NotObservable(f"line {line.line_id} has currency {line.currency!r}; write an ISO 4217 code")
        if known.setdefault((line.line_id, line.frequency), line) != line:
            raise LineChanged(f"line {line.line_id} stands twice with different facts")
    return list(known.values())
