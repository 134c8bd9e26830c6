"""Time periods (时期): ISO-like labels of official texts as spans of days, and as SDMX writes them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bolanggu.values.period import Span

_FORMS = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d{2})|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
)


class NotAPeriod(ValueError):
    """A label that is no period."""

    code = "not_a_period"


def span(label: str) -> Span:
    """Days of a period, both ends included; ``a/b`` runs from the start of a to the end of b.

    >>> span("2025-H1")
    Span(start=datetime.date(2025, 1, 1), end=datetime.date(2025, 6, 30))
    >>> span("2024-Q1/Q3").end
    datetime.date(2024, 9, 30)

    Raises
    ------
    NotAPeriod
        The label is not ISO-like.
    """
    first, _, last = label.partition("/")
    if not last:
        return _one(first)
    if last[0] in "QH":
        last = f"{first[:5]}{last}"
    return Span(_one(first).start if first else date(1, 1, 1), _one(last).end)


def _one(label: str) -> Span:
    hit = _FORMS.fullmatch(label)
    if hit is None:
        raise NotAPeriod(f"{label!r} is no period; write 2025, 2025-H1, 2025-Q1, 2025-03 or 2025-03-31")
    year = int(hit["year"])
    try:
        if hit["week"]:
            monday = date.fromisocalendar(year, int(hit["week"]), 1)
            return Span(monday, monday + timedelta(days=6))
        if hit["day"]:
            day = date(year, int(hit["month"]), int(hit["day"]))
            return Span(day, day)
        first, months = _months(hit)
        last = first + months - 1
        return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    except ValueError as error:
        raise NotAPeriod(f"{label!r} is not in the calendar") from error


def _months(hit: re.Match[str]) -> tuple[int, int]:
    """First month and number of months."""
    if hit["half"]:
        return 6 * int(hit["half"]) - 5, 6
    if hit["quarter"]:
        return 3 * int(hit["quarter"]) - 2, 3
    return (int(hit["month"]), 1) if hit["month"] else (1, 12)


def last_day(label: str) -> date:
    """Last day of a period.

    >>> last_day("2027")
    datetime.date(2027, 12, 31)
    """
    end = span(label).end
    assert end is not None
    return end


def sdmx(label: str) -> str:
    """The period as SDMX writes TIME_PERIOD: half-years with S, ranges with a start and a duration in months.

    >>> sdmx("2025-H1"), sdmx("2024-Q1/Q3"), sdmx("2025"), sdmx("")
    ('2025-S1', '2024-01-01/P9M', '2025', '')
    """
    if "/" not in label:
        return label.replace("-H", "-S")
    if label.startswith("/"):
        return label[1:]
    days = span(label)
    assert days.end is not None
    months = (days.end.year - days.start.year) * 12 + days.end.month - days.start.month + 1
    return f"{days.start.isoformat()}/P{months}M"


def elapsed(start: date, due: date, now: date) -> float:
    """Share of the time from the end of ``start`` to the end of ``due`` that is gone, 0 to 1.

    >>> round(elapsed(date(2024, 12, 31), date(2025, 12, 31), date(2025, 6, 30)), 3)
    0.496
    """
    whole = (due - start).days
    return min(1.0, max(0.0, (now - start).days / whole)) if whole > 0 else 1.0
