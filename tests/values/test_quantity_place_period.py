"""Whole numbers of mm and g; places on the globe; spans with both ends."""

from datetime import UTC, date, datetime

import pytest

from bolanggu.values.evidence import Evidence, Source
from bolanggu.values.fault import Fault
from bolanggu.values.period import Span, month_of
from bolanggu.values.place import Position, is_locode
from bolanggu.values.quantity import Dimensions, ceil_div, cubic_metres


def test_an_edge_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1 mm"):
        Dimensions(500, 0, 300)


def test_volume_in_cubic_metres():
    assert cubic_metres(Dimensions(1000, 1000, 500).cubic_mm) == 0.5


@pytest.mark.parametrize(("whole", "part", "count"), [(1, 12, 1), (12, 12, 1), (13, 12, 2), (0, 12, 0)])
def test_ceil_div_counts_cartons(whole, part, count):
    assert ceil_div(whole, part) == count


def test_distance_is_the_same_both_ways_and_zero_to_itself():
    yiwu, rotterdam = Position(29.31, 120.07), Position(51.95, 4.14)
    assert yiwu.distance_km(rotterdam) == pytest.approx(rotterdam.distance_km(yiwu))
    assert yiwu.distance_km(yiwu) == 0


def test_distance_across_the_date_line_is_short():
    assert Position(0, 179.5).distance_km(Position(0, -179.5)) < 112


@pytest.mark.parametrize(("text", "is_code"), [("ESBCN", True), ("esbcn", False), ("ES BCN", False), ("US2AB", True)])
def test_form_of_a_locode(text, is_code):
    assert is_locode(text) is is_code


def test_a_span_holds_both_its_ends():
    span = Span(date(2024, 1, 1), date(2024, 1, 31))
    assert span.holds(date(2024, 1, 1))
    assert span.holds(date(2024, 1, 31))
    assert not span.holds(date(2024, 2, 1))


def test_an_open_span_never_ends():
    assert Span(date(2019, 12, 27)).holds(date(2099, 1, 1))


def test_month_of_a_day():
    assert month_of(date(2026, 3, 9)) == "2026-03"


def test_evidence_needs_a_zone():
    assert Evidence(Source.PERSON, datetime(2026, 1, 1, tzinfo=UTC)).source == "person"
    with pytest.raises(ValueError, match="no time zone"):
        Evidence(Source.DEVICE, datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test


def test_a_fault_names_file_row_and_column():
    assert str(Fault("l.csv", "is empty")) == "l.csv: is empty"
    assert str(Fault("l.csv", "is missing", column="quantity")) == "l.csv column quantity: is missing"
    assert Fault("l.csv", "no", row=3, column="q").as_dict() == {
        "file": "l.csv",
        "row": 3,
        "column": "q",
        "message": "no",
    }
