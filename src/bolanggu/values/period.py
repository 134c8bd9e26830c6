"""Period (期间): a span of days with both ends included, and the calendar month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` to ``end``, both included; ``end`` None means open.

    >>> Span(date(2014, 11, 1), date(2019, 12, 31)).holds(date(2019, 12, 31))
    True
    """

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """True if ``day`` lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)


def month_of(day: date) -> str:
    """The calendar month of a day as ``YYYY-MM``.

    >>> month_of(date(2026, 11, 24))
    '2026-11'
    """
    return f"{day:%Y-%m}"
