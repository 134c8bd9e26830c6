from __future__ import annotations

import pytest

from bolanggu.market.goods import search_index
from bolanggu.market.goods.matching import match_lines
from bolanggu.market.goods.models import Import, Pending, Product
from bolanggu.market.goods.services import NoShops, import_catalogue
from bolanggu.market.goods.services import import_catalogue as module_function
from bolanggu.platform.journal.models import Entry
from bolanggu.values.fault import Fault

HEADER = "code,title_en,title_zh,price,currency,moq,pcs_per_carton,carton_l_mm,carton_w_mm,carton_h_mm,carton_gross_g"
pytestmark = pytest.mark.django_db


def test_what_the_file_states_is_kept_and_the_rest_is_assumed_and_marked(take):
    done = take([HEADER, "A1,RED HAIR CLIP,,1.25,GBP,12,48,400,300,200,5000", "A2,,儿童水枪,,,,,,,,"])
    assert (done.rows, done.taken, done.faulty, done.goods) == (2, 2, 0, 2)
    stated, silent = Product.objects.order_by("code")
    assert (stated.currency, stated.tiers, stated.moq, stated.pieces_per_carton) == ("GBP", [[12, 125]], 12, 48)
    assert (stated.carton_l_mm, stated.carton_gross_g) == (400, 5000)
    assert stated.category == "hair"
    assert set(stated.assumed.split()) == {"category", "carton_net_g", "hs6", "shop", "lead_days"}
    assert {"price", "moq", "pieces_per_carton", "carton_size", "carton_gross_g"} <= set(silent.assumed.split())
    assert silent.currency == "CNY"
    assert silent.carton_gross_g > silent.carton_net_g > 0


def test_goods_go_to_shops_of_their_category(take):
    take([HEADER, "A1,HAIR CLIP,,1,CNY,,,,,,", "A2,BACKPACK,,1,CNY,,,,,,"])
    assert dict(Product.objects.values_list("code", "shop__category")) == {"A1": "hair", "A2": "bags"}


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("A1,RED BAG,,£1.25,GBP,,,,,,", "price", "write digits and a point"),
        ("A1,RED BAG,,0.001,GBP,,,,,,", "price", "less than the smallest unit"),
        ("A1,RED BAG,,1,pounds,,,,,,", "currency", "ISO 4217"),
        ("A1,RED BAG,,1,GBP,two,,,,,", "moq", "whole number"),
        ("A1,RED BAG,,1,GBP,0,,,,,", "moq", "whole number"),
        ("A1,RED BAG,,1,GBP,,,400,,200,", "carton_w_mm", "other edges"),
        (",RED BAG,,1,GBP,,,,,,", "code", "needs its code"),
        ("A1,,,1,GBP,,,,,,", "title_en", "no title"),
        ("OK,AGAIN,,1,GBP,,,,,,", "code", "earlier row"),
    ],
)
def test_a_faulty_row_is_named_and_the_rest_goes_in(take, row, column, said):
    done = take([HEADER, "OK,BLUE BAG,,1,GBP,,,,,,", row, "LAST,GREEN BAG,,1,GBP,,,,,,"])
    assert (done.taken, done.faulty) == (2, 1)
    fault = done.faults[0]
    assert (fault["row"], fault["column"]) == (2, column)
    assert said in fault["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_titles_arrive_in_any_encoding(take, encoding):
    take("code,title_zh\nA1,粉色发夹\nA2,透明雨伞".encode(encoding))
    assert set(Product.objects.values_list("title_zh", flat=True)) == {"粉色发夹", "透明雨伞"}


def test_western_titles_arrive_from_windows_1252(take):
    take("code,title_en\nA1,CRÈME BRÛLÉE DISH\nA2,CAFÉ, DÉCOR\n".encode("cp1252"))
    assert Product.objects.get(code="A1").title_en == "CRÈME BRÛLÉE DISH"


def test_prices_with_the_noise_of_floating_point_are_read(take):
    done = take([HEADER, "A1,BAG,,8.379999999999999,GBP,,,,,,", "A2,CUP,,1.225,GBP,,,,,,"])
    assert done.faulty == 0
    assert Product.objects.get(code="A1").tiers == [[1, 838]]
    assert "price" not in Product.objects.get(code="A1").assumed.split()
    assert "price" in Product.objects.get(code="A2").assumed.split()


@pytest.mark.parametrize("text", ["", "title_en\nBAG\n", "code,price\nA1,2\n"])
def test_a_file_without_the_needed_columns_is_refused(take, text):
    with pytest.raises(Fault, match=r"goods\.csv"):
        take(text.encode())


def test_without_shops_nothing_is_taken(db, world, at, tmp_path):
    file = tmp_path / "g.csv"
    file.write_text("code,title_en\nA1,BAG\n")
    with pytest.raises(NoShops, match="city build"):
        import_catalogue(by=world, at=at, file=file)


def test_replace_withdraws_what_the_file_does_not_name(take):
    take(["code,title_en", "A1,RED BAG", "A2,BLUE LANTERN"])
    done = take(["code,title_en", "A2,BLUE LANTERN", "A3,GREEN KITE"], replace=True, name="new.csv")
    assert (done.withdrawn, done.goods) == (1, 2)
    assert Product.objects.get(code="A1").state == "withdrawn"
    assert search_index.index().count() == 2
    assert match_lines(["red bag"])[0].chosen is None


def test_the_same_file_again_changes_nothing(take):
    rows = ["code,title_en", "A1,RED BAG", "A2,BLUE LANTERN"]
    take(rows)
    before = list(Product.objects.order_by("pk").values("pk", "code", "tiers", "assumed"))
    take(rows)
    assert list(Product.objects.order_by("pk").values("pk", "code", "tiers", "assumed")) == before


def test_a_broken_off_import_goes_on_where_it_stood(take, monkeypatch):
    import sys

    module = sys.modules[module_function.__wrapped__.__module__]
    monkeypatch.setattr(module, "BATCH", 10)
    stored = module.store
    calls = []

    def dies_on_the_third(rows):
        calls.append(len(rows))
        if len(calls) == 3:
            raise KeyboardInterrupt
        stored(rows)

    rows = ["code,title_en", *(f"A{n},BAG NUMBER {n}" for n in range(35)), "A7,TWICE"]
    monkeypatch.setattr(module, "store", dies_on_the_third)
    with pytest.raises(KeyboardInterrupt):
        take(rows)
    assert (Product.objects.count(), Import.objects.get().rows) == (20, 20)
    assert Pending.objects.exists()
    monkeypatch.setattr(module, "store", stored)
    done = take(rows)
    assert (done.resumed_at, done.rows, done.taken, done.faulty, done.goods) == (20, 36, 35, 1, 35)
    assert search_index.index().count() == 35
    assert not Pending.objects.exists()


def test_an_import_is_told_to_the_journal(take):
    take(["code,title_en", "A1,RED BAG"])
    assert Entry.objects.filter(kind="goods.imported").count() == 1
