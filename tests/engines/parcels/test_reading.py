"""Lines of scans: what is read, and each fault named by line and column."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolanggu.engines.parcels.reading import COLUMNS, HEADER, read
from bolanggu.engines.parcels.record import scan_of
from bolanggu.values.fault import Fault

RIGHT = ["YT1", "2026-03-20T06:30:05.123Z", "sorted", "CNYIW", "YTOE", "250", "ACT"]


def one(**cells):
    row = ",".join(cells.get(name, cell) for name, cell in zip(COLUMNS, RIGHT, strict=True))
    return f"{HEADER}\n{row}\n".encode()


@settings(deadline=None)
@given(seconds=st.integers(90_000, 7 * 10**9), thousandths=st.integers(0, 999), east=st.integers(-1439, 1439))
def test_any_time_with_a_zone_is_read_as_python_reads_it(seconds, thousandths, east):
    zone = timezone(timedelta(minutes=east))
    at = datetime.fromtimestamp(seconds, zone) + timedelta(milliseconds=thousandths)
    assert scan_of(read(one(time=at.isoformat(timespec="milliseconds")))[0]).at == at


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("parcel", ""),
        ("parcel", "X" * 25),
        ("parcel", "包裹1"),
        ("parcel", "a b"),
        ("time", "2026-02-29T06:30Z"),
        ("time", "2026-03-20T24:00Z"),
        ("time", "2026-03-20T06:30"),
        ("time", "2026-03-20"),
        ("time", "2026-03-20T06:30:61Z"),
        ("time", "2026-13-20T06:30Z"),
        ("time", "2026-03-20T06:30+25:00"),
        ("stage", "lost"),
        ("stage", ""),
        ("stage", "sort"),
        ("place", "CNYIWXX"),
        ("carrier", "YTOEX"),
        ("grams", "-1"),
        ("grams", "4294967296"),
        ("grams", "1.5"),
        ("tense", "PLNX"),
        ("tense", ""),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_line_and_column(column, cell):
    with pytest.raises(Fault) as caught:
        read(one() + one(**{column: cell}).partition(b"\n")[2])
    assert (caught.value.row, caught.value.column) == (3, column)


def test_a_line_with_too_few_cells_says_how_many_are_needed():
    with pytest.raises(Fault, match="2 cells; 7 are needed"):
        read(f"{HEADER}\nYT1,sorted\n".encode())
    with pytest.raises(Fault, match="9 cells"):
        read(f"{HEADER}\n{','.join(RIGHT)},x,y\n".encode())


def test_another_header_is_refused():
    with pytest.raises(Fault, match="header must be"):
        read(b"a,b\n1,2\n")


def test_empty_lines_windows_ends_and_a_missing_last_end_are_read():
    body = ",".join(RIGHT)
    text = f"\ufeff{HEADER}\r\n\r\n{body}\r\n\n{body}".encode()
    assert len(read(text)) == 2


def test_no_mass_is_zero():
    assert scan_of(read(one(grams=""))[0]).grams == 0


def test_an_empty_file_with_a_header_has_no_scans():
    assert len(read(HEADER.encode())) == 0
