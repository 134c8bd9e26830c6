"""Labels of periods are spans of days; what is none is refused."""

from datetime import date

import pytest

from bolanggu.blueprint.time_periods import NotAPeriod, elapsed, last_day, sdmx, span


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025-H2", (2025, 7, 1), (2025, 12, 31)),
        ("2024-Q1", (2024, 1, 1), (2024, 3, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2026-W01", (2025, 12, 29), (2026, 1, 4)),
        ("2026-05-14", (2026, 5, 14), (2026, 5, 14)),
        ("2024-01/2024-08", (2024, 1, 1), (2024, 8, 31)),
        ("2016/2024", (2016, 1, 1), (2024, 12, 31)),
    ],
)
def test_a_label_is_a_span(label, first, last):
    assert (span(label).start, span(label).end) == (date(*first), date(*last))


@pytest.mark.parametrize("label", ["", "2025-13", "2025-02-30", "2025-H3", "spring", "25"])
def test_what_is_no_period_is_refused(label):
    with pytest.raises(NotAPeriod):
        span(label)


def test_sdmx_writes_half_years_with_s():
    assert sdmx("2025-H1") == "2025-S1"
    assert sdmx("2016/2024") == "2016-01-01/P108M"


def test_time_gone_stays_between_nothing_and_all():
    assert elapsed(date(2025, 1, 1), date(2025, 12, 31), date(2020, 1, 1)) == 0
    assert elapsed(date(2025, 1, 1), date(2025, 12, 31), date(2030, 1, 1)) == 1
    assert elapsed(date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1)) == 1


def test_an_open_start_ends_where_it_says():
    assert last_day("/2024") == date(2024, 12, 31)
