"""`bolanggu parcels` keeps scans once, tells the latest, and names what it cannot use."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bolanggu.engines.parcels.reading import HEADER
from bolanggu.interfaces.cli.main import _register, app

LINES = [
    "YT1,2026-03-01T08:00Z,collected,CNYIW,YTOE,250,ACT",
    "YT1,2026-03-03T08:00Z,arrived,CNHGH,YTOE,,ACT",
    "YT1,2026-03-09T08:00Z,delivered,ESBCN,YTOE,,EST",
]


@pytest.fixture(scope="module")
def ask():
    _register()

    def asked(*arguments):
        return CliRunner().invoke(app, ["parcels", *map(str, arguments)])

    return asked


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "scans.csv"
    file.write_text("\n".join([HEADER, *LINES]))
    return file


def test_scans_are_kept_once_and_the_latest_is_what_happened(ask, file, tmp_path):
    store = ("--store", tmp_path / "store", "--json")
    assert json.loads(ask("capture", file, *store).stdout) == {"new": 3, "known": 0, "scans": 3, "parcels": 1}
    assert json.loads(ask("capture", file, *store).stdout)["known"] == 3
    found = json.loads(ask("latest", "YT1", *store).stdout)["latest"]
    assert (found["stage"], found["place"], found["at"]) == ("arrived", "CNHGH", "2026-03-03T08:00:00.000+00:00")
    assert json.loads(ask("latest", "YT2", *store).stdout) == {"latest": None}
    assert [scan["tense"] for scan in json.loads(ask("history", "YT1", *store).stdout)["scans"]] == [
        "ACT",
        "ACT",
        "EST",
    ]


def test_a_line_that_cannot_be_read_is_named_and_nothing_of_its_file_is_kept(ask, file, tmp_path):
    store = ("--store", tmp_path / "store")
    file.write_text("\n".join([HEADER, *LINES, "YT2,soon,sorted,CNYIW,YTOE,1,ACT"]))
    refused = ask("capture", file, *store)
    assert (refused.exit_code, "scans.csv row 5, column time" in refused.stderr) == (2, True)
    assert "nothing is known" in ask("latest", "YT1", *store).stdout


def test_a_number_or_file_that_cannot_be_meant_is_refused(ask, tmp_path):
    store = ("--store", tmp_path / "store")
    assert ask("latest", "x" * 30, *store).exit_code == 2
    assert ask("capture", tmp_path / "none.csv", *store).exit_code == 2
