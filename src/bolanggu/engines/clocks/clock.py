"""Clock (时限): when a number of working minutes runs out, pauses skipped up to their cap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bolanggu.engines.clocks.calendar import Calendar


class NeverDue(ValueError):
    """The calendar has too few open minutes before the end of time (year 9999)."""


def due(
    start: datetime,
    minutes: int,
    calendar: Calendar,
    pauses: Iterable[tuple[datetime, datetime]] = (),
    pause_cap: int | None = None,
) -> datetime:
    """End of the last counted minute.

    From ``start`` on, an open minute inside a pause is skipped while the cap is not used up; every other open minute
    counts. Cost grows with the number of pauses and with the logarithm of the time span.

    Parameters
    ----------
    start
        Local time, to the minute.
    minutes
        Working minutes allowed, ≥ 0; with 0 the clock is due at ``start``.
    calendar
        The open minutes.
    pauses
        Spans [from, to); they may overlap and are counted once.
    pause_cap
        Most working minutes that pauses may take in all; None: no cap.

    Raises
    ------
    NeverDue
        The clock cannot run out in this calendar.

    Examples
    --------
    >>> day = Calendar(week="1234567", hours="00:00-24:00")
    >>> pause = (datetime(2026, 7, 1, 8, 10), datetime(2026, 7, 1, 8, 40))
    >>> due(datetime(2026, 7, 1, 8), 60, day, [pause], 10).isoformat(timespec="minutes")
    '2026-07-01T09:10'
    """
    if minutes == 0:
        return start
    at, left = calendar.worked(start), minutes
    allowance = pause_cap
    for first, last in sorted(pauses):
        begin, end = max(calendar.worked(first), at), max(calendar.worked(last), at)
        if left <= begin - at:
            break
        skipped = end - begin if allowance is None else min(end - begin, allowance)
        allowance = None if allowance is None else allowance - skipped
        left -= begin - at
        at = begin + skipped
    moment = calendar.when(at + left)
    if moment is None:
        raise NeverDue(f"{minutes} working minutes from {start:%Y-%m-%dT%H:%M} never run out: too few days are open")
    return moment
