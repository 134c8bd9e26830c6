"""Clocks against a twin that counts minute by minute, and the reference's cases."""

from __future__ import annotations

import csv
import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolanggu.engines.clocks import Calendar, NeverDue, due
from bolanggu.engines.clocks.form import read_dues
from bolanggu.engines.clocks.holidays import national
from bolanggu.values.fault import Fault


def days(text: str) -> set[date]:
    found: set[date] = set()
    for part in text.split(";") if text else []:
        first, _, last = part.partition("/")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return found


def slow(start, minutes, week, hours, holidays, workdays, pauses, cap):
    """The clock form word for word: one minute after the other."""
    closed, extra = days(holidays), days(workdays)
    spans = [tuple(int(p[:2]) * 60 + int(p[3:]) for p in span.split("-")) for span in hours.split(";")]
    moment, left, used = start, minutes, 0
    while left:
        day, minute = moment.date(), moment.hour * 60 + moment.minute
        open_day = day in extra or (str(day.isoweekday()) in week and day not in closed)
        if open_day and any(a <= minute < b for a, b in spans):
            if any(a <= moment < b for a, b in pauses) and (cap is None or used < cap):
                used += 1
            else:
                left -= 1
        moment += timedelta(minutes=1)
    return moment


at = datetime.fromisoformat
BEGIN = at("2026-02-10T00:00")
MOMENTS = st.integers(0, 12 * 1440).map(lambda minute: BEGIN + timedelta(minutes=minute))
DAYS = st.lists(st.integers(0, 14).map(lambda n: (date(2026, 2, 9) + timedelta(days=n)).isoformat()), max_size=4)
HOURS = st.sampled_from(
    ["08:30-12:00;13:30-17:30", "00:00-24:00", "20:00-24:00", "00:00-00:10;23:50-24:00", "09:00-11:00;10:00-12:00"]
)
PAUSES = st.lists(st.tuples(MOMENTS, MOMENTS).map(lambda pair: (min(pair), max(pair))), max_size=4)
WEEK = st.sets(st.sampled_from("1234567"), min_size=1).map(lambda digits: "".join(sorted(digits)))


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.integers(0, 1200), WEEK, HOURS, DAYS, DAYS, PAUSES, st.none() | st.integers(0, 900))
def test_the_clock_equals_counting_minute_by_minute(start, minutes, week, hours, holidays, workdays, pauses, cap):
    closed, extra = ";".join(holidays), ";".join(workdays)
    calendar = Calendar(week=week, hours=hours, holidays=closed, workdays=extra)
    assert due(start, minutes, calendar, pauses, cap) == slow(start, minutes, week, hours, closed, extra, pauses, cap)


@given(MOMENTS, st.integers(0, 5000), st.integers(0, 5000), WEEK, HOURS)
def test_more_minutes_are_never_due_earlier(start, first, second, week, hours):
    calendar = Calendar(week=week, hours=hours)
    assert due(start, min(first, second), calendar) <= due(start, max(first, second), calendar)


def test_the_cases_of_the_reference_are_exact(shared):
    with (shared / "governance" / "calendars_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [answer.as_dict()["due"] for answer in read_dues(rows, "dev")] == [row["due"] for row in rows]


def test_a_clock_of_centuries_costs_no_more_than_one_of_hours():
    calendar = Calendar(week="12345", hours="08:30-12:00;13:30-17:30")
    start = time.process_time()
    for _ in range(200):
        assert due(at("2026-01-01T00:00"), 400 * 260 * 450, calendar).year > 2400
    assert time.process_time() - start < 1


def test_closing_time_not_next_morning():
    calendar = Calendar(week="12345", hours="08:30-12:00;13:30-17:30")
    assert due(at("2026-04-03T16:30"), 60, calendar) == at("2026-04-03T17:30")


def test_a_calendar_that_never_opens_says_so():
    with pytest.raises(NeverDue, match="too few days"):
        due(at("2026-01-01T00:00"), 481, Calendar(week="", hours="09:00-17:00", workdays="2026-01-05"))
    assert due(at("2026-01-01T00:00"), 480, Calendar(week="", hours="09:00-17:00", workdays="2026-01-05")).hour == 17


def test_the_national_holidays_of_a_year():
    holidays, workdays = national(2026)
    calendar = Calendar(week="12345", hours="09:00-17:00", holidays=holidays, workdays=workdays)
    assert not calendar.is_open(date(2026, 10, 1))
    assert calendar.is_open(date(2026, 10, 10))
    with pytest.raises(KeyError, match="2031"):
        national(2031)


GOOD = {
    "row": "1",
    "start": "2026-03-09T09:00",
    "minutes": "60",
    "week": "12345",
    "hours": "08:30-12:00",
    "holidays": "",
    "workdays": "",
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("row", ""),
        ("start", "2026-02-30T09:00"),
        ("start", "2026-03-09 09:00"),
        ("start", "2026-03-09T25:00"),
        ("minutes", "-1"),
        ("minutes", "1.5"),
        ("week", "0"),
        ("week", "11"),
        ("hours", ""),
        ("hours", "09:00-08:00"),
        ("hours", "9-17"),
        ("hours", "09:00-24:30"),
        ("holidays", "2026-13-01"),
        ("holidays", "2026-02-03/2026-02-01"),
        ("workdays", "soon"),
        ("pauses", "2026-03-09T10:00"),
        ("pauses", "2026-03-09T10:00/2026-03-09T09:00"),
        ("pause_cap", "many"),
    ],
)
def test_a_bad_cell_is_named(column, value):
    with pytest.raises(ExceptionGroup) as caught:
        read_dues([GOOD, GOOD | {column: value}], "clocks.csv")
    (fault,) = caught.value.exceptions
    assert isinstance(fault, Fault)
    assert (fault.file, fault.row, fault.column) == ("clocks.csv", 2, column)
