"""``customs`` and ``policies`` as commands: JSON on stdout, exit 0 for any verdict, exit 2 with the place named."""

from __future__ import annotations

import json

import pytest
from tests.market.customs.documents import changed, document
from typer.testing import CliRunner

from bolanggu.interfaces.cli import customs, policies

RUN = CliRunner()


def written(folder, name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("path", "value", "verdict"), [("declaration.id", "D", "ok"), ("buyer", None, "refused")])
def test_check_prints_verdict_findings_and_items_and_ends_with_zero(tmp_path, path, value, verdict):
    file = written(tmp_path, "d.json", changed(document(), path, value))
    ended = RUN.invoke(customs.app, ["check", file, "--json"])
    answer = json.loads(ended.stdout)
    assert (ended.exit_code, answer["verdict"]) == (0, verdict)
    assert answer["items"][0]["value_usd"] == "1000.00"
    assert all({"rule", "message"} <= set(finding) for finding in answer["findings"])


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("{", "row 1"),
        ("[]", "not an object"),
        (changed(document(), "lines", []), "lines"),
        (changed(document(), "lines.1.qty", "0"), "lines[1].qty"),
        (changed(document(), "lines.0.amount", "NaN"), "lines[0].amount"),
        ('{"declaration": {"declared_at": "2026-05-31T10:00:00+08:00"}, "lines": [{"amount": 1e999999}]}', "lines[0]"),
    ],
)
def test_check_of_bad_input_ends_with_two_and_names_the_place(tmp_path, content, word):
    ended = RUN.invoke(customs.app, ["check", written(tmp_path, "d.json", content), "--json"])
    assert ended.exit_code == 2
    assert "d.json" in ended.stderr
    assert word in ended.stderr


def test_check_of_a_missing_file_names_it(tmp_path):
    ended = RUN.invoke(customs.app, ["check", str(tmp_path / "none.json")])
    assert (ended.exit_code, "none.json: cannot be read" in ended.stderr) == (2, True)


def test_draft_fills_in_the_fields_and_its_file_is_checked_field_by_field(tmp_path):
    more = {
        "destination_port": "ESBCN",
        "departure_port": "CNNGB",
        "agent_name": "示例行",
        "source_district": "33189",
    }
    file = written(tmp_path, "d.json", document() | {"particulars": more})
    made = tmp_path / "draft.json"
    ended = RUN.invoke(customs.app, ["draft", file, "--out", str(made), "--json"])
    answer = json.loads(ended.stdout)
    assert (ended.exit_code, answer["verdict"]) == (0, "refused")
    assert [finding["field"] for finding in answer["findings"]] == ["agent_uscc"]
    assert answer["draft"]["header"]["departure_port"] == "CNNGB"
    again = json.loads(RUN.invoke(customs.app, ["check", str(made), "--json"]).stdout)
    assert [finding["field"] for finding in again["findings"]] == ["agent_uscc"]
    assert again["items"][0]["value_usd"] == "1000.00"


def test_draft_of_bad_input_and_to_no_place_end_with_two(tmp_path):
    file = written(tmp_path, "d.json", document() | {"particulars": {"colour": "red"}})
    ended = RUN.invoke(customs.app, ["draft", file])
    assert (ended.exit_code, "particulars.colour" in ended.stderr) == (2, True)
    ended = RUN.invoke(
        customs.app, ["draft", written(tmp_path, "e.json", document()), "--out", str(tmp_path / "no" / "x.json")]
    )
    assert (ended.exit_code, "cannot be written" in ended.stderr) == (2, True)


def test_classify_gives_candidates_for_every_row(tmp_path):
    file = written(tmp_path, "in.csv", "\ufefftext,text_zh\nnylon zipper,\n,塑料梳子\n,\n")
    ended = RUN.invoke(customs.app, ["classify", "--file", file, "--top", "3", "--json"])
    rows = json.loads(ended.stdout)["rows"]
    assert [row["row"] for row in rows] == [1, 2, 3]
    assert [row["candidates"][0]["hs6"] for row in rows[:2]] == ["960719", "961511"]
    assert rows[2]["candidates"] == []
    assert all(len(row["candidates"]) <= 3 for row in rows)


def test_classify_without_the_column_names_it(tmp_path):
    ended = RUN.invoke(customs.app, ["classify", "--file", written(tmp_path, "in.csv", "name\ncomb\n")])
    assert ended.exit_code == 2
    assert "column text" in ended.stderr


def test_policies_of_bad_input_name_file_and_place(tmp_path):
    rules = {"format": "bolanggu-policies/1", "facts": {"a": {"type": "number"}}}
    rules["policies"] = [{"id": "P", "eligibility": {"id": "x", "fact": "a", "op": "ge", "value": 1}}]
    good = written(tmp_path, "p.json", rules)
    facts = written(tmp_path, "e.json", {"as_of": "2026-01-01", "entities": [{"id": "E", "facts": {"a": "1"}}]})
    ended = RUN.invoke(policies.app, ["evaluate", "--policies", good, "--entities", facts, "--json"])
    assert ended.exit_code == 2
    assert "e.json" in ended.stderr
    assert "entities[0] (E).facts.a" in ended.stderr


def test_policies_give_a_row_for_each_entity_and_policy(tmp_path):
    leaf = "{id: x, fact: a, op: ge, value: 0.1}"
    text = f"format: bolanggu-policies/1\nfacts: {{a: {{type: number}}}}\npolicies: [{{id: P, eligibility: {leaf}}}]\n"
    facts = '{"as_of": "2026-01-01", "entities": [{"id": "E", "facts": {"a": 0.1}}, {"id": "F", "facts": {}}]}'
    given = ["--policies", written(tmp_path, "p.yaml", text), "--entities", written(tmp_path, "e.json", facts)]
    rows = json.loads(RUN.invoke(policies.app, ["evaluate", *given, "--json"]).stdout)["rows"]
    assert [(row["entity"], row["policy"], row["verdict"]) for row in rows] == [
        ("E", "P", "eligible"),
        ("F", "P", "unknown"),
    ]
