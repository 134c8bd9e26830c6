"""Bad network files are refused by file, line and column; good ones in any allowed form are read alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.routing import cells
from bolanggu.engines.routing.clock import column_of_minutes
from bolanggu.engines.routing.reading import read
from bolanggu.values.fault import Fault

GOOD = {
    "nodes.csv": "code,name,lat,lon,kind\nA,Yiwu,29.3,120.1,city\nB,Ningbo,,,seaport\nC,Madrid,40.4,-3.7,rail\n",
    "services.csv": "id,mode,carrier\nS,sea,one\nR,rail,two\n",
    "departures.csv": (
        "service_id,seq,from,to,depart,arrive,cutoff_h,cost_per_teu,co2e_g_per_teu,capacity_teu\n"
        "S,1,A,B,2026-01-01T00:00Z,2026-01-02T00:00Z,2.5,100,5000,10\n"
        "R,1,A,C,2026-01-03T00:00,2026-01-04T08:00+08:00,0,7.25,100,\n"
        "S,2,B,C,2026-01-02T00:00Z,2026-01-05T00:00:00Z,4,20.5,600,\n"
    ),
    "road.csv": "from,to,hours,cost_per_teu,co2e_g_per_teu\nA,B,4.5,300,200000\n",
}


def put(folder, **changed):
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column"),
    [
        ("nodes", "C,Madrid", "B,Madrid", 4, "code"),
        ("nodes", "C,Madrid", ",Madrid", 4, "code"),
        ("nodes", "29.3,120.1", "29.3,", 2, "lon"),
        ("nodes", "29.3,", "north,", 2, "lat"),
        ("nodes", "29.3,", "91,", 2, "lat"),
        ("nodes", ",kind", ",sort", 1, "kind"),
        ("services", "R,rail", "S,rail", 3, "id"),
        ("departures", "R,1,A", "T,1,A", 3, "service_id"),
        ("departures", "S,2,B", "S,3,B", 4, "seq"),
        ("departures", "S,2,B", "S,0,B", 4, "seq"),
        ("departures", "S,2,B", "S,two,B", 4, "seq"),
        ("departures", "S,2,B", "S,2,A", 4, "from"),
        ("departures", "R,1,A,C", "R,1,A,D", 3, "to"),
        ("departures", "2026-01-03T00:00,", "2026-13-03T00:00Z,", 3, "depart"),
        ("departures", "2026-01-03T00:00,", "yesterday,", 3, "depart"),
        ("departures", "2026-01-03T00:00,", "2026-01-03T00:00:30Z,", 3, "depart"),
        ("departures", "2026-01-05T00:00:00Z", "2026-01-02T00:00Z", 4, "arrive"),
        ("departures", "S,2,B,C,2026-01-02T00:00Z", "S,2,B,C,2026-01-01T23:59Z", 4, "depart"),
        ("departures", "2.5,100,", "-2.5,100,", 2, "cutoff_h"),
        ("departures", "2.5,100,", "2.5,1e2,", 2, "cost_per_teu"),
        ("departures", "7.25", "7.255", 3, "cost_per_teu"),
        ("departures", "7.25", "nan", 3, "cost_per_teu"),
        ("departures", "7.25", "", 3, "cost_per_teu"),
        ("departures", "5000,10", "5000.5,10", 2, "co2e_g_per_teu"),
        ("departures", "5000,10", "5000,-1", 2, "capacity_teu"),
        ("departures", "5000,10", "5000,many", 2, "capacity_teu"),
        ("departures", "4,20.5,600,", "4,20.5,600", 4, "capacity_teu"),
        ("road", "4.5", "0", 2, "hours"),
        ("road", "4.5", "0.008", 2, "hours"),
        ("road", "A,B,4.5", "A,X,4.5", 2, "to"),
        ("road", "hours", "minutes", 1, "hours"),
        ("road", ",300,", ",-300,", 2, "cost_per_teu"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(tmp_path, file, old, new, line, column):
    text = GOOD[f"{file}.csv"]
    assert old in text
    with pytest.raises(Fault) as refused:
        read(put(tmp_path, **{file: text.replace(old, new)}))
    assert (refused.value.file, refused.value.row, refused.value.column) == (f"{file}.csv", line, column)


@pytest.mark.parametrize("name", list(GOOD))
def test_a_missing_or_empty_file_is_named(tmp_path, name):
    put(tmp_path)
    (tmp_path / name).write_text("")
    with pytest.raises(Fault, match=name):
        read(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(Fault, match=name):
        read(tmp_path)


def test_a_missing_folder_and_text_that_is_not_utf8_are_refused(tmp_path):
    with pytest.raises(Fault, match="is not a folder"):
        read(tmp_path / "none")
    put(tmp_path)
    (tmp_path / "nodes.csv").write_bytes("code,name,lat,lon,kind\nA,义乌,,,x\n".encode("gb18030"))
    with pytest.raises(Fault, match=r"nodes.csv row 2: is not UTF-8"):
        read(tmp_path)


def test_the_line_counts_quoted_line_breaks_and_blank_lines(tmp_path):
    nodes = 'code,name,lat,lon,kind\nA,"Yi\nwu",,,x\n\nB,b,,,x\nC,c,,,x\nA,a,,,x\n'
    with pytest.raises(Fault) as refused:
        read(put(tmp_path, nodes=nodes))
    assert refused.value.row == 7


@given(st.lists(st.datetimes(), min_size=1, max_size=9))
def test_a_column_of_times_is_read_as_cell_by_cell(moments):
    column = [f"{moment:%Y-%m-%dT%H:%MZ}".rjust(17, "0") for moment in moments]
    assert column_of_minutes(column).tolist() == [cells.minutes(cell) for cell in column]


@given(
    st.text("0123456789-:TZ", min_size=17, max_size=17) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", fullmatch=True)
)
def test_what_no_cell_could_be_is_no_column(cell):
    try:
        expected = [cells.minutes(cell)]
    except ValueError:
        expected = None
    found = column_of_minutes([cell])
    assert (found if found is None else found.tolist()) == expected


def test_times_without_zone_are_utc_and_offsets_are_honoured(tmp_path):
    rows = read(put(tmp_path)).departures
    assert sorted(map(cells.stamp, rows.arrive.tolist()))[1:] == ["2026-01-04T00:00Z", "2026-01-05T00:00Z"]
    assert cells.stamp(int(rows.depart.max())) == "2026-01-03T00:00Z"


def test_columns_in_any_order_a_byte_order_mark_and_unknown_columns_change_nothing(tmp_path):
    plain = read(put(tmp_path)).departures
    lines = [line.split(",") for line in GOOD["departures.csv"].splitlines()]
    turned = "\ufeff" + "".join(",".join([*reversed(line), '"x,""y"""']) + "\r\n" for line in lines)
    other = read(put(tmp_path, departures=turned)).departures
    for one, two in zip(
        (plain.service, plain.origin, plain.depart, plain.cost, plain.capacity, plain.run),
        (other.service, other.origin, other.depart, other.cost, other.capacity, other.run),
        strict=True,
    ):
        assert np.array_equal(one, two)


def test_runs_by_name_may_stand_in_any_order_and_runs_without_name_follow_the_file(tmp_path):
    head, *lines = GOOD["departures.csv"].splitlines()
    named = "\n".join([f"{head},run", *(f"{line},v1" for line in reversed(lines))]) + "\n"
    rows = read(put(tmp_path, departures=named)).departures
    assert (rows.run.tolist(), len(rows.run_names)) == ([0, 0, 1], 2)
    with pytest.raises(Fault, match="seq"):
        read(put(tmp_path, departures="\n".join([head, *reversed(lines)])))
