from __future__ import annotations

import csv
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolanggu.engines.goods_search.match import Line, match
from bolanggu.engines.goods_search.non_goods import non_goods

HIT_1, HIT_5 = {"real": 0.85, "all": 0.87}, {"real": 0.97, "all": 0.97}


def _codes(made, text, **more):
    return [each.code for each in match(made.index, [Line(text, **more)], made.cards)[0].candidates]


def test_the_exact_title_comes_first_with_certainty(shelf):
    made = shelf("red bag", "bag red large", "red bags")
    best = match(made.index, [Line("Red  BAG")], made.cards)[0].candidates[0]
    assert (best.code, best.score) == ("C1", 1.0)


def test_words_in_another_order_come_right_behind(shelf):
    made = shelf("wall art bicycle safety", "wall clock bicycle")
    assert _codes(made, "bicycle safety wall art")[0] == "C1"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("set of 6 glasses", "C2"),
        ("lge pink candle hldr", "C3"),
        ("colour pencil asst", "C4"),
        ("jampot large", "C5"),
        ("24 pcs lantern blue", "C6"),
        ("透明雨伞", "C7"),
    ],
)
def test_numbers_abbreviations_joined_words_and_order_quantities_are_read(shelf, line, code):
    made = shelf(
        "SET OF 4 GLASSES",
        "SET OF 6 GLASSES TALL",
        "PINK CANDLE HOLDER LARGE",
        "ASSORTED COLOURING PENCILS",
        "RUSTIC JAM POT LARGE",
        "BLUE PAPER LANTERN",
        "透明折叠雨伞 自动",
    )
    assert _codes(made, line)[0] == code


def test_small_is_not_taken_for_large(shelf):
    made = shelf("PICNIC BASKET WICKER LARGE", "PICNIC BASKET WICKER SMALL")
    assert _codes(made, "small picnic basket")[0] == "C2"
    assert _codes(made, "basket picnic lge")[0] == "C1"


def test_goods_with_one_title_tie_and_are_all_named(shelf):
    made = shelf("heart t-light holder", "heart t-light holder")
    found = match(made.index, [Line("HEART T-LIGHT HOLDER")], made.cards)[0]
    assert [each.code for each in found.candidates] == ["C1", "C2"]
    assert found.ties == ("C2",)


def test_a_price_breaks_a_tie(tmp_path, shelf):
    made = shelf("heart holder", "heart holder")
    made.goods = dict(made.goods.items())
    cards = lambda wanted: {  # noqa: E731
        pid: card.__class__(card.code, card.titles, {1: 500, 2: 120}[pid]) for pid, card in made.cards(wanted).items()
    }
    assert match(made.index, [Line("heart holder", price=125)], cards)[0].candidates[0].code == "C2"


def test_a_code_in_the_line_names_the_good(shelf):
    made = shelf("red bag", "blue bag")
    made.goods[1] = made.goods[1].__class__(1, "AB-1234", title_en="red bag")
    with made.index.lock():
        made.index.upsert([made.goods[1]])
    assert _codes(made, "AB-1234 some other wording")[0] == "AB-1234"


@pytest.mark.parametrize(
    "line",
    [
        "POSTAGE",
        "Next Day Carriage",
        "Bank Charges",
        "Gift voucher £20.00",
        "10% discount",
        "运费",
        "邮费 20元",
        "gastos de envío",
        "frais de port",
        "доставка",
        "أجور الشحن",
        "رسوم الشحن",
        "Échantillons",
        "P&P",
        "?",
        "",
    ],
)
def test_what_is_no_goods_stays_unmatched_with_a_reason(shelf, line):
    found = match(shelf("red bag", "POSTAGE").index, [Line(line)], dict)[0]
    assert found.candidates == ()
    assert found.reason


@pytest.mark.parametrize(
    "line", ["postage stamp box", "set of 6 post cards", "manual coffee grinder", "sample box", "delivery van toy"]
)
def test_goods_with_such_a_word_in_their_name_are_goods(line):
    assert non_goods(line) == ""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_no_text_makes_matching_fail(retailer_or_small, text):
    found = match(retailer_or_small.index, [Line(text)], retailer_or_small.cards)[0]
    assert found.candidates or found.reason
    scores = [each.score for each in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.fixture
def retailer_or_small(shelf):
    return shelf("red bag", "透明雨伞|clear umbrella", "BOX/12 CANDLES", "2.5m LED string")


@pytest.mark.slow
def test_real_rewordings_are_found(retailer, shared):
    titles = {each.code: each.title_en for each in retailer.goods.values()}
    with (shared / "search" / "match_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = match(retailer.index, [Line(row["line"]) for row in rows], retailer.cards, top=5)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, answer in zip(rows, found, strict=True):
        said = [titles[each.code] == titles[row["code"]] for each in answer.candidates]
        for kind in (row["kind"], "all"):
            counts[kind][0] += 1
            counts[kind][1] += any(said[:1])
            counts[kind][2] += any(said)
    for kind, bar in HIT_1.items():
        lines, first, five = counts[kind]
        assert first / lines >= bar, kind
        assert five / lines >= HIT_5[kind], kind


@pytest.mark.slow
def test_real_lists_match_their_own_codes_and_no_postage(retailer, shared):
    titles = {each.code: each.title_en for each in retailer.goods.values()}
    right = goods = 0
    for path in sorted((shared / "marketplace" / "purchase_lists").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row, answer in zip(
            rows, match(retailer.index, [Line(row["Description"]) for row in rows], retailer.cards, top=1), strict=True
        ):
            code = row["StockCode"].upper()
            if code in titles:
                goods += 1
                right += bool(answer.candidates) and titles[answer.candidates[0].code] == titles[code]
            else:
                assert answer.reason, row["Description"]
    assert right / goods >= 0.99


@pytest.mark.parametrize(
    ("line", "lang"),
    [("заколка для волос", None), ("pasador para el pelo", "es"), ("مشبك شعر", "ar"), ("hair clip", "en")],
)
def test_a_line_in_another_language_finds_what_it_means_without_certainty(shelf, line, lang):
    made = shelf("儿童雨伞", "粉色发夹 亚克力", "发夹 珍珠", "陶瓷马克杯")
    found = match(made.index, [Line(line, lang=lang)], made.cards)[0].candidates
    assert {each.code for each in found[:2]} == {"C2", "C3"}
    assert found[0].score < 0.5
