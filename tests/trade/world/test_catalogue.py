"""Goods of the synthetic city: plausible, sellable, packed, and the same each time."""

import json
import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolanggu.lexicon.items import items
from bolanggu.lexicon.words import words
from bolanggu.trade.world.catalogue import GOODS_COLUMNS, assortment, goods_of
from bolanggu.trade.world.draws import draw
from bolanggu.trade.world.places import place_of
from bolanggu.trade.world.plan import goods_before, goods_in, plan_of
from bolanggu.trade.world.sizes import amount, sizes_of
from bolanggu.values.fault import Fault

shops = st.integers(0, 74_999)
seeds = st.integers(0, 2**40)


def goods(shop, seed=1):
    return [dict(zip(GOODS_COLUMNS, row, strict=True)) for row in goods_of(shop, seed)]


@pytest.fixture(scope="module")
def many():
    return [good for shop in range(0, 800, 4) for good in goods(shop)]


@settings(deadline=None, max_examples=60)
@given(shops, seeds)
def test_a_shop_is_the_same_each_time_and_differs_from_its_neighbour(shop, seed):
    once, again = list(goods_of(shop, seed)), list(goods_of(shop, seed))
    assert once == again
    assert {row[0] for row in once}.isdisjoint(row[0] for row in goods_of(shop + 1, seed))


@settings(deadline=None, max_examples=60)
@given(shops, seeds)
def test_ladders_rise_in_quantity_and_never_in_price(shop, seed):
    for good in islice(goods(shop, seed), 8):
        ladder = json.loads(good["tiers"])
        quantities, prices = zip(*ladder, strict=True)
        assert list(quantities) == sorted(set(quantities))
        assert list(prices) == sorted(prices, reverse=True)
        assert min(prices) >= 1
        assert quantities[0] == good["moq"]
        assert good["moq"] % good["order_multiple"] == 0
        assert good["pieces_per_carton"] % good["order_multiple"] == 0


def test_cartons_weigh_what_goods_weigh(many):
    for good in many:
        litres = good["carton_l_mm"] * good["carton_w_mm"] * good["carton_h_mm"] / 1e6
        assert good["carton_gross_g"] >= good["carton_net_g"] >= 1
        assert 95 <= good["carton_gross_g"] / litres <= 560, good
        assert good["pieces_per_carton"] == 1 or good["carton_gross_g"] <= 25_000


def test_titles_name_the_item_in_both_languages_and_differ_within_a_shop(many):
    for good in many:
        item = items()[good["item"]]
        assert any(name in good["title_zh"] for name in (item.zh, *item.zh_also))
        assert any(name.casefold() in good["title_en"].casefold() for name in (item.en, *item.en_also))
        assert good["title_en"].isascii()
        assert "  " not in good["title_zh"] + good["title_en"]
    for shop in range(50):
        titles = [good["title_zh"] for good in goods(shop)]
        assert len(set(titles)) == len(titles)


def test_titles_do_not_say_the_material_twice(many):
    assert [
        good["title_en"]
        for good in many
        if re.search(r"\b(plastic plastic|paper paper|wooden wooden|leather leather)\b", good["title_en"].lower())
    ] == []


def test_attributes_are_words_of_the_lexicon_and_decide_the_code(many):
    tables = {
        "material": "materials",
        "style": "styles",
        "pattern": "patterns",
        "colour": "colours",
        "size": "sizes",
        "packing": "packs",
        "use": "uses",
    }
    for good in many:
        attributes = json.loads(good["attributes"])
        assert attributes.pop("model") in good["title_zh"]
        assert all(value in words(tables[name]) for name, value in attributes.items())
        assert good["hs6"] == items()[good["item"]].hs6_of(attributes["material"])


def test_a_set_costs_and_weighs_more_than_a_piece(many):
    for good in many:
        packing = json.loads(good["attributes"]).get("packing", "")
        if packing.startswith("pc"):
            item, pieces = items()[good["item"]], int(packing[2:])
            assert json.loads(good["tiers"])[0][1] >= item.price_low_fen * pieces * 0.9 - 1
            assert good["carton_net_g"] / good["pieces_per_carton"] >= item.unit_g * pieces * 0.9 - 1


def test_all_sizes_together_hold_the_published_number_of_goods():
    assert plan_of("demo").goods == 20_000
    assert plan_of("city").goods == 2_100_000
    assert goods_before(0) == 0
    assert min(goods_in(shop, 1) for shop in range(75_000)) >= 1


@given(seeds, st.integers(0, 37_499))
def test_what_one_shop_of_a_pair_lacks_the_other_has(seed, pair):
    first = 2 * pair
    assert goods_in(first, seed) + goods_in(first + 1, seed) == goods_before(first + 2) - goods_before(first)


@given(seeds)
@settings(max_examples=3, deadline=None)
def test_no_two_shops_share_a_booth(seed):
    places = {(p.district, p.floor, p.street, p.number) for p in (place_of(shop, seed) for shop in range(75_000))}
    assert len(places) == 75_000


def test_the_demo_city_has_shops_of_every_category():
    assert {place_of(shop, 1).category for shop in range(800)} == set(words("categories"))


@given(shops, seeds)
@settings(deadline=None)
def test_a_shop_deals_in_its_floors_trade_only(shop, seed):
    category = place_of(shop, seed).category
    assert {items()[key].category for key in assortment(shop, seed)} == {category}


def test_sizes_fit_the_item():
    assert {amount(size) for size in sizes_of(items()["mug"])} <= {100, 120, 150, *range(200, 1000)}
    assert max(amount(size) for size in sizes_of(items()["stud_earrings"])) <= 50


def test_an_unknown_size_of_city_is_named():
    with pytest.raises(Fault, match='"metropolis" is not a size of the city; write one of demo, town, city'):
        plan_of("metropolis")


def test_draws_are_spread_evenly():
    counts = [0] * 16
    for counter in range(16_000):
        counts[draw(7, 1, counter) % 16] += 1
    assert max(counts) - min(counts) < 250


def test_goods_come_at_15_000_a_second_of_cpu_once_the_words_are_worked_out():
    from time import process_time

    for shop in range(300):
        list(goods_of(shop, 1))
    start = process_time()
    made = sum(len(list(goods_of(shop, 1))) for shop in range(300))
    assert made / (process_time() - start) >= 15_000
