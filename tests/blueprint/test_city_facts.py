"""The city's facts stand where they say, and carry no sentence of a document."""

import hashlib
import json

import pytest

from bolanggu.blueprint import city_facts
from bolanggu.blueprint.records import declared
from bolanggu.blueprint.time_periods import span

TEXTS = {"strategy-2021": "000", "essays-2026": "001", "plenary-2025": "003", "newspaper-2026-05": "004"}


@pytest.fixture(scope="module")
def texts(shared):
    folder = shared / "measure" / "texts"
    return {key: (folder / f"{name}.txt").read_bytes().decode() for key, name in TEXTS.items()}


def test_documents_are_known_by_their_digest(texts):
    for key, row in city_facts.read("yiwu", "documents").items():
        assert hashlib.sha256(texts[key].encode()).hexdigest() == row["sha256"]
        assert len(texts[key]) == row["characters"]


def test_every_box_of_the_annotated_trees_is_there_at_its_place(shared):
    trees = json.loads((shared / "measure/gold/strategy_tree_000_001_003_004.json").read_text())["trees"]
    ours = {(TEXTS[box.at.document], box.at.start, box.at.end) for box in city_facts.boxes()}
    ours |= {(TEXTS[d], s, e) for d, s, e in (row["at"] for row in city_facts.read("yiwu", "targets"))}

    def spans(nodes):
        for node in nodes:
            source = node["source"]
            yield source["doc"][:3], source["start"], source["end"]
            yield from spans(node["children"])

    assert set(spans(trees)) <= ours


def test_the_138_strategy_has_one_goal_three_tracks_and_eight_scenes():
    kinds = [box.kind for box in city_facts.boxes()]
    assert (kinds.count("track"), kinds.count("scene"), kinds.count("place")) == (3, 8, 6)
    assert [box.code for box in city_facts.boxes() if box.kind == "goal"] == ["goal"]


def test_figures_stand_at_their_offsets(texts):
    for row in city_facts.observations():
        words = texts[row["document"]][int(row["start"]) : int(row["end"])]
        assert any(letter.isdigit() or letter in "一二三四五六七八九十两千" for letter in words), row


def test_no_sentence_of_a_document_is_shipped(texts):
    whole = "".join("".join(text.split()) for text in texts.values())
    for file in city_facts.folder().iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            run = "".join(letter for letter in line if "\u4e00" <= letter <= "\u9fff" or letter in "，。；")
            pieces = [run[at : at + 28] for at in range(max(0, len(run) - 27))]
            assert not any(piece in whole for piece in pieces), (file.name, line)


def test_labels_are_short_and_in_both_languages():
    for box in city_facts.boxes():
        assert 0 < len(box.zh) <= 24
        assert 0 < len(box.en) <= 80


def test_codes_point_to_what_is_there():
    codes = [box.code for box in city_facts.boxes()]
    indicators = city_facts.read("yiwu", "indicators")
    assert len(codes) == len(set(codes))
    assert {node for row in indicators.values() for node in row["serves"]} <= set(codes)
    assert {row["node"] for row in city_facts.read("yiwu", "targets")} <= set(codes)
    assert {row["node"] for row in city_facts.read("yiwu", "reforms")} <= set(codes)
    assert {row["indicator"] for row in city_facts.observations()} <= set(indicators)
    assert set(declared()) <= set(indicators)


def test_periods_are_in_the_calendar():
    for row in city_facts.observations():
        assert not row["period"] or span(row["period"])


def test_no_target_of_the_documents_has_a_number():
    assert not any("value" in row for row in city_facts.read("yiwu", "targets"))
