"""The crew's sheet and the weight distribution behind it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.loading.cargo import BOX, consignment, ticking
from tests.engines.loading.test_consignments import run, text

from bolanggu.engines.loading import load
from bolanggu.engines.loading.distributing import distribution
from bolanggu.engines.loading.sheet import WORDS, crew_sheet
from bolanggu.engines.loading.steps import steps


@given(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_metres_add_up_to_the_cargo_and_the_centre_agrees(seed):
    cartons = consignment(seed, 4, rules=True)
    plan = load(cartons, BOX, seconds=4, stopwatch=ticking())
    found = distribution(plan, cartons)
    assert sum(found.metres) == pytest.approx(plan.gross_g)
    assert found.off_length == pytest.approx(plan.centre[0] / BOX.length - 0.5)
    assert 0 <= found.front_share <= 1
    assert 0 <= found.left_share <= 1


def test_an_empty_container_is_in_balance():
    plan = load([], BOX)
    found = distribution(plan, [])
    assert (found.front_share, found.left_share, found.off_length) == (0.5, 0.5, 0.0)


def test_the_sheet_tells_every_step_in_two_languages():
    cartons = consignment(3, 5, rules=True)
    plan = load(cartons, BOX, seconds=6, stopwatch=ticking())
    page = crew_sheet(plan, cartons)
    assert page.count("–") >= len(steps(plan, cartons))
    for word in ("title", "steps", "weight", "layers", "checked"):
        english, chinese = WORDS[word]
        assert english in page
        assert chinese in page
    assert page.count("<svg") == 1 + len({p.z for p in plan.placements})


def test_a_name_of_a_merchant_is_no_markup():
    from dataclasses import replace

    cartons = [replace(c, key=f"<b>{c.key}", group="<script>") for c in consignment(1, 2)]
    page = crew_sheet(load(cartons, BOX, seconds=2, stopwatch=ticking()), cartons)
    assert "<script>" not in page
    assert "<b>" not in page


def test_the_command_writes_a_sheet(tmp_path):
    file = tmp_path / "c.json"
    file.write_text(text(grams=5000))
    assert run(file, "--sheet", str(tmp_path / "s.html")).exit_code == 0
    assert "装柜作业单" in (tmp_path / "s.html").read_text("utf-8")


def test_the_command_replans_round_what_stands(tmp_path):
    document = json.loads(text())
    document["standing"] = [{"type": "a", "x": 0, "y": 0, "z": 0, "dx": 500, "dy": 400, "dz": 300}]
    document["reserved"] = [{"x": 1000, "y": 0, "z": 0, "dx": 500, "dy": 2352, "dz": 500, "reason": "lashing"}]
    file = tmp_path / "c.json"
    file.write_text(json.dumps(document))
    told = json.loads(run(file).stdout)
    assert told["placements"][0] == document["standing"][0]
    assert len(told["placements"]) == 7
    assert all(p["x"] + p["dx"] <= 1000 or p["x"] >= 1500 for p in told["placements"])


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (
            {"standing": [{"type": "z", "x": 0, "y": 0, "z": 0, "dx": 5, "dy": 4, "dz": 3}]},
            "z is not among the cartons",
        ),
        ({"standing": [{"type": "a"}]}, "row 1, column standing"),
        ({"reserved": [{"x": 0}]}, "row 1, column reserved"),
        ({"reserved": {"x": 0}}, "column reserved: is a list"),
    ],
)
def test_bad_standing_cartons_and_reserves_are_named(tmp_path, extra, words):
    file = tmp_path / "c.json"
    file.write_text(json.dumps(json.loads(text()) | extra))
    result = run(file)
    assert result.exit_code == 2
    assert re.search(re.escape(words), result.output + (result.stderr or ""))


def test_rail_boxes_are_told_in_pairs(tmp_path):
    cartons = [{"key": "a", "length": 500, "width": 400, "height": 300, "quantity": 900, "grams": 12000}]
    document = {"cartons": cartons, "offers": [{"container": "20GP", "cost_minor": 100}], "profile": "rail"}
    file = tmp_path / "c.json"
    file.write_text(json.dumps(document))
    told = json.loads(run(file).stdout)
    paired = {number for pair in told["pairs"] for number in pair[:2]}
    assert len(told["containers"]) - len(paired) == len([n for n in told["notes"] if "no second" in n])
