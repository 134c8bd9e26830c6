"""The JSON form, drawings, steps, and the command over both."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from tests.engines.loading.cargo import BOX, consignment, ticking
from typer.testing import CliRunner

from bolanggu.engines.loading import load
from bolanggu.engines.loading.consignments import read_consignment
from bolanggu.engines.loading.drawing import isometric, layers, painting_order
from bolanggu.engines.loading.steps import steps
from bolanggu.interfaces.cli.load import command
from bolanggu.values.fault import Fault

CARTON = {"key": "a", "length": 500, "width": 400, "height": 300, "quantity": 7}


def text(**changes):
    return json.dumps({"format": "bolanggu-load/1", "container": "20GP", "cartons": [CARTON | changes]})


def test_a_carton_is_read_with_all_its_rules():
    asked = read_consignment(text(grams=900, group="g", top_only=True, max_layers=2, upright=[True, False, True]), "f")
    carton = asked.cartons[0]
    assert (carton.grams, carton.group, carton.top_only, carton.max_layers) == (900, "g", True, 2)
    assert asked.container.name == "20GP"
    assert asked.profile.name == "sea"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quantity": "2 dz"}, "row 1, column quantity: '2 dz' is not a whole number"),
        ({"quantity": 0}, "row 1, column quantity: 0 must be at least 1"),
        ({"length": -3}, "row 1, column length"),
        ({"height": 1.5}, "row 1, column height: 1.5 is not a whole number"),
        ({"quantity": True}, "row 1, column quantity: True"),
        ({"upright": [False, False, False]}, "row 1, column upright: no edge may stand vertical"),
        ({"colour": "red"}, "row 1, column colour: is not known"),
        ({"top_only": "yes"}, "row 1, column top_only"),
        ({"value": -1}, "row 1, column value"),
    ],
)
def test_a_bad_value_is_named_by_row_and_column(changes, words):
    with pytest.raises(Fault) as caught:
        read_consignment(text(**changes), "f.json")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "is not JSON"),
        ("[]", 'needs an object with a list "cartons"'),
        ('{"cartons": []}', "has no cartons"),
        ('{"cartons": [{"key": "a"}]}', "row 1, column length: is missing"),
        (json.dumps({"cartons": [CARTON, CARTON]}), "row 2, column key: key a stands in row 1 already"),
        (json.dumps({"cartons": [CARTON], "container": "50GP"}), "container type 50GP is unknown"),
        (json.dumps({"cartons": [CARTON], "profile": "moon"}), "loading profile moon is unknown"),
        (
            json.dumps({"cartons": [CARTON], "offers": [{"container": "20GP"}]}),
            "an offer needs container and cost_minor",
        ),
    ],
)
def test_a_bad_document_is_named(document, words):
    with pytest.raises(Fault) as caught:
        read_consignment(document, "f.json")
    assert words in str(caught.value)


def run(path, *options):
    import typer

    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(path), "--seconds", "0.2", "--json", *options])


def test_the_command_answers_with_one_document(tmp_path):
    file = tmp_path / "c.json"
    file.write_text(text(grams=5000))
    result = run(file)
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert {"container", "fill_percent", "seconds", "placements"} <= set(told)
    assert len(told["placements"]) == 7


def test_the_command_reads_a_problem_of_the_literature(tmp_path):
    file = tmp_path / "p.txt"
    file.write_bytes(b" 1 \r\n 1 25\r\n 10 10 10\r\n 1\r\n 7 5 1 5 0 5 0 8\r\n")
    told = json.loads(run(file, "--format", "br").stdout)
    assert told["fill_percent"] == 100.0
    assert {p["type"] for p in told["placements"]} == {7}
    assert told["container"]["length"] == 10


@pytest.mark.parametrize(
    "options", [("--format", "br"), ("--support", "most"), ("--format", "xml"), ("--instance", "2", "--format", "br")]
)
def test_bad_input_leaves_with_two(tmp_path, options):
    file = tmp_path / "c.json"
    file.write_text(text())
    assert run(file, *options).exit_code == 2
    assert run(tmp_path / "none.json").exit_code == 2


@pytest.fixture(scope="module")
def drawn():
    cartons = consignment(3, 5)
    return cartons, load(cartons, BOX, seconds=10, stopwatch=ticking())


def test_every_carton_is_in_the_picture_with_its_step(drawn):
    cartons, plan = drawn
    root = ET.fromstring(isometric(plan, cartons))
    steps_drawn = [int(g.get("data-step")) for g in root.iter("{http://www.w3.org/2000/svg}g") if g.get("data-step")]
    assert sorted(steps_drawn) == list(range(1, len(plan.placements) + 1))
    assert len(ET.fromstring(isometric(plan, cartons, until=3)).findall(".//*[@data-step]")) == 3


def test_layers_name_each_carton_once(drawn):
    cartons, plan = drawn
    labels = [
        label.text
        for svg in layers(plan, cartons).values()
        for label in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert sorted(map(int, labels)) == list(range(1, len(plan.placements) + 1))


def test_nothing_is_painted_before_what_it_hides(drawn):
    _, plan = drawn
    place = {at: rank for rank, at in enumerate(painting_order(plan.placements))}
    for i, p in enumerate(plan.placements):
        for j, q in enumerate(plan.placements):
            if p.z + p.dz == q.z and p.x < q.x + q.dx and q.x < p.x + p.dx and p.y < q.y + q.dy and q.y < p.y + p.dy:
                assert place[i] < place[j]


def test_steps_hold_every_carton_once(drawn):
    cartons, plan = drawn
    told = steps(plan, cartons)
    assert sum(step.count for step in told) == len(plan.placements)
    assert [step.first for step in told][1:] == [step.last + 1 for step in told][:-1]
