"""`bolanggu route` answers in the contract's form and names what it cannot use."""

import json

import pytest
from tests.engines.routing.networks import write_random
from tests.engines.routing.twin import Twin, minute
from typer.testing import CliRunner

from bolanggu.interfaces.cli.main import _register, app

DEPART = "2026-02-01T06:00Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("network")
    write_random(folder, 12, nodes=8, lines=9)
    return folder


@pytest.fixture(scope="module")
def ask():
    _register()

    def asked(*arguments):
        return CliRunner().invoke(app, ["route", *map(str, arguments)])

    return asked


def query(folder, to="N3", depart=DEPART, *more):
    return ("--network", folder, "--from", "N0", "--to", to, "--depart", depart, *more)


def test_the_answer_is_one_json_document_with_legs_and_times(ask, folder):
    destination = next(code for code in ("N3", "N4", "N5", "N6", "N7") if Twin(folder).search("N0", code, DEPART))
    answer = json.loads(ask(*query(folder, destination, DEPART, "--repeat", 3, "--json")).stdout)
    points = [(minute(j["arrive"]), round(j["cost"] * 100), j["co2e_g"]) for j in answer["journeys"]]
    assert points == Twin(folder).search("N0", destination, DEPART)
    assert all(
        {"kind", "from", "to", "depart", "arrive", "cost", "co2e_g"} <= leg.keys()
        for leg in answer["journeys"][0]["legs"]
    )
    assert len(answer["query_ms"]) == 3
    assert all(time > 0 for time in answer["query_ms"])


def test_the_same_place_and_no_way_are_answers_too(ask, folder):
    same = json.loads(ask(*query(folder, "N0", DEPART, "--json")).stdout)
    assert same == {"journeys": [{"arrive": DEPART, "cost": 0.0, "co2e_g": 0, "legs": []}]}
    late = ask(*query(folder, "N3", "2030-01-01T00:00+08:00", "--json"))
    assert late.exit_code == 0


@pytest.mark.parametrize(
    ("changed", "named"),
    [({"to": "N99"}, "--to"), ({"depart": "tomorrow"}, "--depart"), ({"depart": "2026-02-30T00:00Z"}, "--depart")],
)
def test_a_wrong_option_leaves_with_2_and_is_named(ask, folder, changed, named):
    answer = ask(*query(folder, **changed), "--json")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert named in answer.stderr


def test_a_bad_file_leaves_with_2_and_names_file_line_and_column(ask, tmp_path):
    write_random(tmp_path, 12)
    road = tmp_path / "road.csv"
    road.write_text(road.read_text() + "N0,N1,0,1,1\n")
    line = len(road.read_text().splitlines())
    answer = ask(*query(tmp_path), "--json")
    assert answer.exit_code == 2
    assert f"road.csv row {line}, column hours" in answer.stderr
