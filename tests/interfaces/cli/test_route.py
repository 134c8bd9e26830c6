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


@pytest.fixture(scope="module")
def reached(folder):
    """A place that more than one journey leads to."""
    return next(code for code in ("N3", "N4", "N5", "N6", "N7") if len(Twin(folder).search("N0", code, DEPART)) > 1)


def test_a_journey_as_printed_can_be_asked_about_and_is_in_the_set(ask, folder, reached, tmp_path):
    answer = json.loads(ask(*query(folder, reached, DEPART, "--json")).stdout)
    file = tmp_path / "named.json"
    file.write_text(json.dumps(answer["journeys"][-1]))
    told = json.loads(ask(*query(folder, reached, DEPART, "--why-not", file, "--json")).stdout)["why_not"]
    assert told["verdict"] in {"kept", "equal"}
    assert told["journey"]["arrive"] == answer["journeys"][-1]["arrive"]


def test_a_journey_that_cannot_be_read_names_leg_and_key(ask, folder, tmp_path):
    file = tmp_path / "named.json"
    file.write_text('{"legs": [{"from": "N0", "to": "N1"}, {"from": 5, "to": "N1"}]}')
    answer = ask(*query(folder, "N3", DEPART, "--why-not", file))
    assert answer.exit_code == 2
    assert "named.json row 2, column from" in answer.stderr
    file.write_text("[]")
    assert ask(*query(folder, "N3", DEPART, "--why-not", file)).exit_code == 2


def test_a_window_of_ready_times_is_answered_in_spans(ask, folder, reached):
    answer = json.loads(ask(*query(folder, reached, DEPART, "--until", "2026-02-08T06:00Z", "--json")).stdout)
    assert answer["spans"][0]["journeys"] == answer["journeys"]
    assert answer["spans"][-1]["until"] == "2026-02-08T06:00Z"


def test_reliability_is_a_fourth_figure_where_delays_are_given(ask, folder, reached, tmp_path):
    file = tmp_path / "delays.csv"
    file.write_text("service_id,delay_h,count\n*,0,8\n*,30,2\nroad,0.5,1\n")
    answer = json.loads(ask(*query(folder, reached, DEPART, "--delays", file, "--json")).stdout)
    assert len(answer["reliable"]) >= len(answer["journeys"])
    assert all(0 <= each["chance"] <= 1 and each["arrive_p90"] >= each["arrive"] for each in answer["reliable"])
    file.write_text("service_id,delay_h,count\n*,soon,8\n")
    refused = ask(*query(folder, reached, DEPART, "--delays", file))
    assert (refused.exit_code, "delays.csv row 2, column delay_h" in refused.stderr) == (2, True)
