from __future__ import annotations

import shutil
import time

import pytest

from bolanggu.market.goods import search_index
from bolanggu.market.goods.matching import match_lines
from bolanggu.market.goods.models import Catalogue, Pending, Product
from bolanggu.market.goods.pricing import BadLadder
from bolanggu.market.goods.searching import search_goods
from bolanggu.market.goods.services import UnknownGoods, change, learn_alias

pytestmark = pytest.mark.django_db
ROWS = ["code,title_en,title_zh,price,currency", "A1,RED BAG,,1,CNY", "A2,BLUE LANTERN,,2,CNY", "A3,,粉色发夹,3,CNY"]


def _codes(text, **more):
    return [hit.code for hit in search_goods(text, **more)]


def test_a_change_is_found_within_half_a_second(take, world, at):
    take(ROWS)
    assert _codes("lantern") == ["A2"]
    started = time.perf_counter()
    change(by=world, at=at, code="A1", title_en="QUOP WUG", tiers=[[6, 90], [60, 80]], stock=5)
    assert _codes("quop wug", lang="en") == ["A1"]
    assert time.perf_counter() - started < 0.5
    product = Product.objects.get(code="A1")
    assert (product.moq, product.stock, product.tiers) == (6, 5, [[6, 90], [60, 80]])


def test_hidden_goods_are_found_no_more(take, world, at):
    take(ROWS)
    change(by=world, at=at, code="A1", state="hidden")
    assert "A1" not in _codes("red bag", lang="en")
    change(by=world, at=at, code="A1", state="listed")
    assert _codes("red bag", lang="en")[0] == "A1"


def test_a_ladder_that_rises_is_refused_and_nothing_changes(take, world, at):
    take(ROWS)
    with pytest.raises(BadLadder):
        change(by=world, at=at, code="A1", tiers=[[1, 5], [10, 9]])
    with pytest.raises(UnknownGoods, match="A9"):
        change(by=world, at=at, code="A9", stock=1)
    assert not Pending.objects.exists()


def test_what_a_dead_process_left_pending_is_applied_by_the_next(take):
    take(ROWS)
    product = Product.objects.get(code="A1")
    Product.objects.filter(pk=product.pk).update(title_en="ZORB FEP")
    Pending.objects.create(first_id=product.pk, last_id=product.pk)
    assert _codes("zorb fep", lang="en") == ["A1"]
    assert not Pending.objects.exists()


def test_an_index_that_is_short_is_rebuilt(take, monkeypatch):
    take(ROWS)
    with search_index.held():
        search_index.index().upsert([], gone=[Product.objects.get(code="A2").pk])
    monkeypatch.setattr(search_index, "_known_good", set())
    assert _codes("lantern") == ["A2"]


def test_a_lost_index_is_rebuilt(take, home):
    take(ROWS)
    shutil.rmtree(home / "search")
    search_index._index.cache_clear()
    assert _codes("lantern") == ["A2"]


def test_the_index_of_another_database_is_not_believed(take):
    take(ROWS)
    Catalogue.objects.update(identity="another")
    Product.objects.filter(code="A2").update(title_en="ZORB FEP")
    assert _codes("zorb", lang="en") == ["A2"]


def test_a_confirmed_wording_matches_at_once(take, world, at):
    take(ROWS)
    assert match_lines(["the thing we always take"])[0].chosen is None
    learn_alias(by=world, at=at, wording="The thing, we always take", code="A2")
    found = match_lines(["the thing we always take"])[0]
    assert (found.chosen.code, found.chosen.score) == ("A2", 1.0)


def test_a_buyers_own_wording_counts_before_everybodys_and_for_nobody_else(take, world, at):
    take(ROWS)
    learn_alias(by=world, at=at, wording="usual", code="A2")
    learn_alias(by=world, at=at, wording="usual", code="A1", buyer="B1")
    assert match_lines(["usual"], buyer="B1")[0].chosen.code == "A1"
    assert match_lines(["usual"], buyer="B2")[0].chosen.code == "A2"


def test_a_line_that_fits_nothing_says_so_with_the_nearest(take):
    take(ROWS)
    found = match_lines(["lantern stand of wood with six legs", "POSTAGE", "粉色发夹"])
    assert found[0].chosen is None
    assert "A2" in found[0].reason
    assert found[1].non_goods
    assert found[2].chosen.code == "A3"


def test_chinese_goods_are_found_in_english(take):
    take(ROWS)
    assert _codes("hair clip", lang="en")[0] == "A3"
