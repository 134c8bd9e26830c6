from __future__ import annotations

import csv
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolanggu.engines.goods_search.filters import FACETS, Filters, facets
from bolanggu.engines.goods_search.query import TIERS, search
from bolanggu.engines.goods_search.schema import Goods

RECALL = {"en": 0.9, "es": 0.9, "fr": 0.9, "ru": 0.87, "ar": 0.87}


def _found(made, text, **more):
    return [hit.pid for hit in search(made.index, text, **more)]


def test_every_part_of_a_longer_chinese_word_is_found(shelf):
    made = shelf("不锈钢钢丝钳", "儿童太阳伞")
    for part in ("钢丝钳", "钢丝", "丝钳", "不锈钢", "锈钢"):
        assert _found(made, part)[:1] == [1], part
    for part in ("伞", "太阳", "阳伞", "太阳伞", "儿童太阳"):
        assert _found(made, part)[:1] == [2], part


def test_a_homophone_never_stands_before_the_word_itself(shelf):
    made = shelf("景点纪念品冰箱贴", "经典纪念品冰箱贴", "经典款")
    hits = search(made.index, "经典", lang="zh")
    assert [hit.pid for hit in hits][:2] in ([2, 3], [3, 2])
    assert hits[-1].pid == 1
    assert hits[-1].tier == "sound"
    assert hits[-1].score < hits[-2].score


def test_exact_stands_before_typo(shelf):
    made = shelf("red lanten", "red lantern")
    assert _found(made, "red lantern", lang="en") == [2, 1]


def test_decimals_are_kept_apart(shelf):
    made = shelf("25m rope", "2.5m rope")
    assert _found(made, "2.5 m rope", lang="en")[0] == 2


def test_a_code_stands_before_everything(shelf):
    made = shelf("c2 bag", "kite")
    assert _found(made, "C2")[0] == 2


def test_the_word_that_tells_least_is_dropped_first(shelf):
    made = shelf("quop dax", "quop dax lim", "quop fep", "quop wug", "other")
    hits = search(made.index, "quop wug zzzz", lang="en", limit=4)
    assert hits[0].pid == 4
    assert hits[0].tier == "fewer"
    assert {hit.pid for hit in hits[1:]} == {1, 2, 3}


@pytest.mark.parametrize(("text", "lang"), [("hair clip", "en"), ("发卡", "zh"), ("pink hair clips", None)])
def test_goods_titled_in_another_language_or_wording_are_found(shelf, text, lang):
    made = shelf("厂家直销发夹 粉色", "水枪 儿童玩具", "雨伞")
    assert _found(made, text, lang=lang)[0] == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["zh", "en", "es", "fr", "ru", "ar", None]))
def test_no_text_makes_a_search_fail_and_scores_never_rise(mixed, text, lang):
    hits = search(mixed.index, text, lang=lang)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert [TIERS.index(hit.tier) for hit in hits] == sorted(TIERS.index(hit.tier) for hit in hits)
    assert len({hit.pid for hit in hits}) == len(hits)


@pytest.fixture
def mixed(shelf):
    return shelf("red bag", "透明雨伞|clear umbrella", "BOX/12 CANDLES", "2.5m LED string", "发夹 粉色")


def test_a_facet_count_is_the_number_of_hits_after_choosing_it(tmp_path, shelf):
    made = shelf("x")
    goods = [
        Goods(pid, f"C{pid}", title_en="bag", category=pid % 3 + 1, district=pid % 5 + 1, price=pid * 10, moq=pid)
        for pid in range(2, 90)
    ]
    with made.index.lock():
        made.index.upsert(goods)
    chosen = Filters(price_most=700)
    counted = facets(made.index, filters=chosen)
    for name in FACETS:
        for value, count in counted[name].items():
            narrowed = Filters(price_most=700, **{name: value})
            assert sum(facets(made.index, filters=narrowed)[name].values()) == count
    hits = search(made.index, "bag", lang="en", limit=100, filters=Filters(category=2, district=3))
    assert {hit.pid for hit in hits} == {each.pid for each in goods if each.category == 2 and each.district == 3}


def test_bounds_include_their_ends(shelf):
    made = shelf("bag", price=100, moq=12)
    assert _found(made, "bag", lang="en", filters=Filters(price_least=100, price_most=100, moq_most=12)) == [1]
    assert _found(made, "bag", lang="en", filters=Filters(price_least=101)) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", sorted(RECALL))
def test_queries_in_other_languages_find_chinese_titles(shared, tmp_path, shelf, lang):
    with (shared / "search" / "xling_dev" / "goods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = shelf("x")
    goods = [Goods(pid, row["code"], row["title_zh"]) for pid, row in enumerate(rows, 2)]
    with made.index.lock():
        made.index.upsert(goods, gone=[1])
    codes = {each.pid: each.code for each in goods}
    with (shared / "search" / "xling_dev" / "queries.csv").open(encoding="utf-8", newline="") as file:
        queries = [row for row in csv.DictReader(file) if row["lang"] == lang]
    recalls: dict[str, float] = defaultdict(float)
    for row in queries:
        right = set(row["codes"].split("|"))
        hits = search(made.index, row["query"], lang=lang, limit=20)
        recalls[row["query"]] = len(right & {codes[hit.pid] for hit in hits}) / len(right)
    assert sum(recalls.values()) / len(queries) >= RECALL[lang]
