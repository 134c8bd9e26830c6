"""The classifier: own titles that it was not built from, the development half, traps, calibration and speed."""

from __future__ import annotations

import csv
from pathlib import Path
from time import process_time

import pytest

from bolanggu.engines.classifying.classifier import Classifier
from bolanggu.engines.classifying.standard import classifier, classify_many
from bolanggu.engines.classifying.vocabulary import build
from bolanggu.lexicon.hs_terms.loading import note_of

OWN = Path(__file__).parent / "titles.csv"


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accepted(row):
    return {row["hs6"], *filter(None, row["also_accept"].split("|"))}


def judged(rows, *, english=True, chinese=True):
    """For each row: the score of the best candidate, whether it is right, whether one of the best five is."""
    answers = []
    for row in rows:
        text, text_zh = row["name_en"] if english else "", row["name_zh"] if chinese else ""
        found = classifier().classify(text, text_zh, top=5).candidates
        codes = [one.hs6 for one in found]
        answers.append((found[0].score, codes[0] in accepted(row), bool(accepted(row) & set(codes))))
    return answers


def share(answers, column):
    return sum(answer[column] for answer in answers) / len(answers)


def calibration_error(answers):
    error = 0.0
    for low in range(10):
        inside = [answer for answer in answers if low <= answer[0] * 10 < low + 1 or (low == 9 and answer[0] == 1)]
        if inside:
            error += abs(sum(a[0] for a in inside) - sum(a[1] for a in inside)) / len(answers)
    return error


def precision_at(answers, coverage):
    best = sorted(answers, key=lambda answer: -answer[0])[: round(len(answers) * coverage)]
    return sum(answer[1] for answer in best) / len(best)


@pytest.mark.parametrize(
    ("english", "chinese", "least"), [(True, True, 0.90), (True, False, 0.88), (False, True, 0.85)]
)
def test_sellers_titles_in_either_language_find_their_code(english, chinese, least):
    answers = judged(read(OWN), english=english, chinese=chinese)
    assert share(answers, 1) >= least
    assert share(answers, 2) >= 0.94


def test_the_development_half_keeps_its_bars(shared):
    answers = judged(read(shared / "customs" / "hs_labelled_dev.csv"))
    assert share(answers, 1) >= 0.80
    assert share(answers, 2) >= 0.94
    assert calibration_error(answers) <= 0.08
    assert precision_at(answers, 0.7) >= 0.90


@pytest.mark.parametrize(("english", "chinese"), [(True, True), (True, False), (False, True)])
@pytest.mark.parametrize(
    ("name", "least"), [("fresh_names.csv", 0.90), ("fresh_sellers.csv", 0.90), ("fresh_rare.csv", 0.85)]
)
def test_names_and_titles_written_later_than_the_word_lists_keep_their_bars(name, least, english, chinese):
    """At first sight (both, English, Chinese): names .94 .92 .91, sellers .96 .95 .89, rare goods .82 .80 .75."""
    answers = judged(read(OWN.parent / name), english=english, chinese=chinese)
    assert share(answers, 1) >= least
    assert share(answers, 2) >= 0.95
    assert calibration_error(answers) <= 0.12
    assert precision_at(answers, 0.7) >= 0.95


TRAPS = [
    ("glass handle umbrella", "660199", "function outranks material"),
    ("leather baseball cap", "650699", "headgear stays headgear, by its material"),
    ("straw hat", "650400", "plaited headgear"),
    ("straw tote bag", "460219", "plaited goods are no bags of 42.02"),
    ("knitted cotton sweater", "611020", "knitted is chapter 61"),
    ("women's cotton woven dress", "620442", "woven is chapter 62"),
    ("100% cotton t-shirt with polyester print", "610910", "company after «with» does not count"),
    ("65% polyester 35% cotton men's woven shirt", "620530", "the larger share decides"),
    ("wooden coat hanger", "442110", "own subheading for wood"),
    ("stainless steel photo frame", "830630", "frames of base metal are fittings, not household articles"),
    ("case for phone", "392690", "«case for phone» is a phone case"),
    ("set of 6 wine glasses", "701328", "«set of» is packing"),
    ("toothbrush with bamboo handle", "960321", "a part's material"),
    ("folding umbrella", "660191", "telescopic shaft"),
    ("baby cotton socks", "611120", "garments for babies have their own heading"),
    ("rubber toy duck", "950300", "toys of any material"),
    ("plastic comb", "961511", "combs of any material have their heading"),
    ("imitation leather handbag", "420222", "sheeting of plastics, not leather"),
]


@pytest.mark.parametrize(("text", "code", "why"), TRAPS)
def test_a_known_trap_is_avoided(text, code, why):
    assert classifier().classify(text).candidates[0].hs6 == code, why


def test_scores_lie_between_zero_and_one_and_fall():
    for row in read(OWN):
        scores = [one.score for one in classifier().classify(row["name_en"], top=10).candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len(scores) == len({one.hs6 for one in classifier().classify(row["name_en"], top=10).candidates})


def test_an_unknown_title_is_not_sure_and_an_empty_one_has_no_candidates():
    assert not classifier().classify("zzyx quorble").sure
    assert classifier().classify("").candidates == ()
    assert classify_many([("", "")]) == [("", 0.0)]


def test_a_confirmed_title_keeps_its_code():
    engine = Classifier(classifier().vocabulary, classifier().calibration)
    engine.confirm("Mystery  Gadget", "950300")
    assert engine.classify("mystery gadget").candidates[0].hs6 == "950300"


def test_confirmed_titles_move_like_ones_by_degrees_and_leave_other_materials_alone():
    engine = Classifier(classifier().vocabulary, classifier().calibration)
    before = engine.classify("glass mug with lid").candidates[0].hs6
    other = engine.classify("ceramic mug").candidates[0].hs6
    assert before != "701399"
    for title in ("glass mug 300ml", "clear glass mug", "glass mug set of 2", "glass mug for tea"):
        engine.confirm(title, "701399")
    found = engine.classify("glass mug with lid").candidates
    assert found[0].hs6 == "701399"
    assert before in {one.hs6 for one in found}
    assert engine.classify("ceramic mug").candidates[0].hs6 == other
    assert engine.classify_many([("glass mug with lid", "")])[0][0] == "701399"


def test_one_confirmation_of_a_title_counts_once_and_a_strange_code_is_refused():
    engine = Classifier(classifier().vocabulary, classifier().calibration)
    for _ in range(9):
        engine.confirm("glass mug 300ml", "701399")
    assert engine.classify("glass mug with lid").candidates[0].hs6 != "701399"
    with pytest.raises(ValueError, match="009999 is no subheading"):
        engine.confirm("x", "009999")


def test_the_fast_mode_agrees_with_the_full_one_and_is_fast():
    rows = read(OWN)
    titles = [(row["name_en"], row["name_zh"]) for row in rows]
    same = sum(
        fast == classifier().classify(*title).candidates[0].hs6
        for (fast, _), title in zip(classify_many(titles), titles, strict=True)
    )
    assert same >= 0.97 * len(titles)
    start = process_time()
    classify_many(titles * 20)
    assert (process_time() - start) / (20 * len(titles)) <= 0.0004


def test_a_row_that_names_an_unknown_code_or_attribute_is_refused():
    texts = {"95": "Toys", "9503": "Toys", "950300": "Toys"}
    none = {"attributes": [], "families": [], "terms": [], "names_zh": {}}
    with pytest.raises(ValueError, match="999999"):
        build(texts=texts, **none | {"terms": [{"target": "999999", "implies": "", "en": "x", "zh": ""}]})
    with pytest.raises(ValueError, match="attribute 'wax'"):
        build(texts=texts, **none | {"families": [{"family": "f", "when": "wax", "hs6": "950300"}]})


def test_the_lexicon_is_broad():
    vocabulary = classifier().vocabulary
    assert len(vocabulary.english) + len(vocabulary.chinese) >= 1500
    assert len(vocabulary.names_zh) >= 1150


def test_every_consumer_chapter_has_a_note_that_bounds_it():
    for chapter in ("39", "42", "44", "48", "61", "62", "63", "64", "70", "73", "82", "83", "94", "95", "96"):
        note, source = note_of(f"{chapter}9999")
        assert note
        assert source
    assert note_of("0101") is None
