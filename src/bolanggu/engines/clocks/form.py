"""The clock form (时限用例表): rows of text into clocks, each fault named by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bolanggu.engines.clocks.calendar import BadCalendar, Calendar
from bolanggu.engines.clocks.clock import NeverDue, due
from bolanggu.values.fault import Fault

REQUIRED = ("row", "start", "minutes", "week", "hours", "holidays", "workdays")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Due:
    """One answer: the row's own number and when its clock runs out."""

    row: int | str
    due: datetime

    def as_dict(self) -> dict[str, int | str]:
        """The answer as JSON data, to the minute."""
        return {"row": self.row, "due": f"{self.due:%Y-%m-%dT%H:%M}"}


def read_dues(rows: Iterable[Mapping[str, str | None]], file: str) -> list[Due]:
    """Due times of all rows.

    Raises
    ------
    ExceptionGroup
        Of `Fault`, one a bad row, each with file, row (from 1) and column.
    """
    found: list[Due] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(_due(row, file, number))
        except Fault as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("rows that are no clocks", faults)
    return found


def _due(row: Mapping[str, str | None], file: str, number: int) -> Due:
    cells = {name: (row.get(name) or "").strip() for name in (*REQUIRED, "pauses", "pause_cap")}
    column = "row"
    try:
        number_said = _row(cells["row"])
        column = "start"
        start = _moment(cells["start"])
        column = "minutes"
        minutes = _whole(cells["minutes"])
        column = "pauses"
        pauses = [_pause(part) for part in cells["pauses"].split(";") if part.strip()]
        column = "pause_cap"
        cap = _whole(cells["pause_cap"]) if cells["pause_cap"] else None
        calendar = _calendar(cells["week"], cells["hours"], cells["holidays"], cells["workdays"])
        column = "minutes"
        moment = due(start, minutes, calendar, pauses, cap)
    except BadCalendar as error:
        raise Fault(file, str(error), row=number, column=error.part) from error
    except (NeverDue, ValueError) as error:
        raise Fault(file, str(error), row=number, column=column) from error
    return Due(number_said, moment)


def _row(text: str) -> int | str:
    if not text:
        raise ValueError("it is empty; write the row's number")
    return int(text) if text.isdecimal() else text


@lru_cache(maxsize=256)
def _calendar(week: str, hours: str, holidays: str, workdays: str) -> Calendar:
    return Calendar(week=week, hours=hours, holidays=holidays, workdays=workdays)


def _moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise ValueError(f'"{text}" is not a time; write YYYY-MM-DDTHH:MM')
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'"{text}" is not a time; there is no such day or hour') from error


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,12}", text):
        raise ValueError(f'"{text}" is not a whole number of minutes; write 0 or more, such as 480')
    return int(text)


def _pause(text: str) -> tuple[datetime, datetime]:
    first, mark, last = text.strip().partition("/")
    if not mark:
        raise ValueError(f'"{text}" is not a pause; write FROM/TO, both YYYY-MM-DDTHH:MM')
    start, end = _moment(first), _moment(last)
    if end < start:
        raise ValueError(f'"{text}" ends before it begins; write the earlier time first')
    return start, end
