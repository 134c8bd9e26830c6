"""Calendar (工作日历): which minutes are open, counted in closed form: years cost no more than hours.

A day is open if it is a make-up working day, or a weekday of the week that is no holiday; a minute is open if its day
is open and it lies in the hours. Time is local, one zone, to the minute.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, datetime, timedelta

DAY = 24 * 60
_LAST = date.max.toordinal()
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")


class BadCalendar(ValueError):
    """A part of a calendar that cannot be read; ``part`` is week, hours, holidays or workdays."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


class Calendar:
    """Working time in the clock form.

    ``week`` is 12345, ``hours`` 08:30-12:00;13:30-17:30 (end excluded, 24:00 allowed), ``holidays`` and ``workdays``
    are DATE or DATE/DATE joined by ``;`` (both days included). Workdays win over holidays.

    Raises
    ------
    BadCalendar
        A part does not have its form, or hours overlap backwards.
    """

    def __init__(self, *, week: str, hours: str, holidays: str = "", workdays: str = "") -> None:
        self.week = frozenset(_weekdays(week))
        self.hours = _hours(hours)
        self.per_day = sum(end - start for start, end in self.hours)
        special = dict.fromkeys(_days("holidays", holidays), False) | dict.fromkeys(_days("workdays", workdays), True)
        odd = sorted((day, is_open) for day, is_open in special.items() if is_open is not self._by_week(day))
        self._odd = [day for day, _ in odd]
        self._odd_open = dict(odd)
        self._gain = [0]
        for _, is_open in odd:
            self._gain.append(self._gain[-1] + (1 if is_open else -1))

    def _by_week(self, day: int) -> bool:
        return day % 7 in self.week

    def is_open(self, day: date) -> bool:
        """True if anything can be open on ``day``.

        >>> Calendar(week="12345", hours="09:00-17:00", workdays="2026-02-14").is_open(date(2026, 2, 14))
        True
        """
        return self._is_open(day.toordinal())

    def _is_open(self, day: int) -> bool:
        return self._odd_open.get(day, self._by_week(day))

    def _open_days(self, day: int) -> int:
        """Open days before the ordinal ``day``; closed form over weeks, one search over the exceptions."""
        weeks, rest = divmod(day, 7)
        regular = weeks * len(self.week) + sum(weekday < rest for weekday in self.week)
        return regular + self._gain[bisect_left(self._odd, day)]

    def worked(self, moment: datetime) -> int:
        """Open minutes from the calendar's zero to ``moment``; differences are working time."""
        day = moment.toordinal()
        total = self._open_days(day) * self.per_day
        if self._is_open(day):
            minute = moment.hour * 60 + moment.minute
            total += sum(min(minute, end) - start for start, end in self.hours if minute > start)
        return total

    def when(self, total: int) -> datetime | None:
        """End of the open minute number ``total``, the first moment with ``worked`` ≥ ``total``; None if there is none.

        A clock that runs out at closing time is due at closing time.
        """
        if not self.per_day:
            return None
        days = -(-total // self.per_day)
        low, high = 0, _LAST
        if self._open_days(high + 1) < days:
            return None
        while low < high:
            middle = (low + high) // 2
            if self._open_days(middle + 1) >= days:
                high = middle
            else:
                low = middle + 1
        left = total - (days - 1) * self.per_day
        for start, end in self.hours:
            if left <= end - start:
                return _moment(low, start + left)
            left -= end - start
        return None


def _moment(day: int, minute: int) -> datetime | None:
    try:
        return datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(minutes=minute)
    except OverflowError:
        return None


def _weekdays(text: str) -> set[int]:
    """Weekdays as ordinal remainders: Monday 1 … Saturday 6, Sunday 0."""
    if not re.fullmatch(r"[1-7]*", text) or len(set(text)) != len(text):
        raise BadCalendar("week", f'"{text}" is not a set of weekdays; write digits 1 (Monday) to 7, each once: 12345')
    return {int(digit) % 7 for digit in text}


def _hours(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for part in text.split(";") if text else []:
        hit = _HOURS.fullmatch(part.strip())
        if not hit:
            raise BadCalendar("hours", f'"{part}" is not a span of hours; write HH:MM-HH:MM, such as 08:30-12:00')
        start = int(hit[1]) * 60 + int(hit[2])
        end = int(hit[3] or hit[5]) * 60 + int(hit[4] or hit[6])
        if end <= start:
            raise BadCalendar("hours", f'"{part}" ends before it begins; write the earlier time first')
        spans.append((start, end))
    if not spans:
        raise BadCalendar("hours", "no hours are given; write HH:MM-HH:MM;… such as 08:30-12:00;13:30-17:30")
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _days(part: str, text: str) -> list[int]:
    days: list[int] = []
    for piece in text.split(";") if text else []:
        first, _, last = piece.strip().partition("/")
        try:
            start = date.fromisoformat(first).toordinal()
            end = date.fromisoformat(last).toordinal() if last else start
        except ValueError as error:
            message = f'"{piece}" is not a day; write YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD'
            raise BadCalendar(part, message) from error
        if end < start or len(first) != 10 or (last and len(last) != 10):
            raise BadCalendar(
                part, f'"{piece}" is not a span of days; write the earlier day first, YYYY-MM-DD/YYYY-MM-DD'
            )
        days.extend(range(start, end + 1))
    return days
