"""Building the city: complete, idempotent, growing, taken up again after a kill."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from bolanggu.market.goods import search_index
from bolanggu.market.goods.models import Booth, Catalogue, District, Pending, Product, Shop
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.parties.models import Party
from bolanggu.trade.world import build as building
from bolanggu.trade.world.build import build, ensure, ensure_places_only
from bolanggu.trade.world.cast import WORLD
from bolanggu.trade.world.plan import goods_before
from bolanggu.trade.world.standing import OtherCity
from bolanggu.values.fault import Fault

AT = datetime(2026, 1, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def built(size="hamlet", seed=1, **more):
    return build(by=WORLD, at=AT, size=size, seed=seed, **more)


def digest():
    """What stands, without row ids."""
    state = [
        list(Party.objects.order_by("number").values_list("number", "kind", "name_zh", "name_en", "synthetic")),
        list(
            Shop.objects.order_by("number").values_list(
                "number", "merchant__number", "name_zh", "category", "minimum_minor", "mixed_batch_pieces"
            )
        ),
        list(
            Booth.objects.order_by("shop__number").values_list(
                "district__code", "floor", "street", "number", "shop__number"
            )
        ),
        list(
            Product.objects.order_by("code").values_list(
                "code", "shop__number", "title_zh", "title_en", "tiers", "attributes", "carton_gross_g", "stock"
            )
        ),
    ]
    return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()


def test_a_city_has_what_its_size_says(hamlet):
    counts = built()
    assert counts.shops == counts.booths == counts.merchants == 8
    assert counts.goods == goods_before(8) == 200
    assert counts.parties == 70
    assert counts.districts == District.objects.count() == 7
    assert counts.as_dict()["synthetic"] is True


def test_everything_is_marked_synthetic(hamlet):
    built()
    assert not Product.objects.filter(synthetic=False).exists()
    assert not Party.objects.filter(synthetic=False).exists()
    assert not Party.objects.exclude(name_zh__endswith="（模拟）").exists()
    assert not Party.objects.exclude(name_en__endswith="(simulated)").exists()
    assert not Party.objects.exclude(uscc=None).exists()


def test_goods_can_be_found_at_once(hamlet):
    built()
    assert not Pending.objects.exists()
    assert search_index.index().count() == 200


def test_building_again_changes_nothing(hamlet):
    built()
    first, generation = digest(), Catalogue.objects.get().generation
    built()
    assert digest() == first
    assert Catalogue.objects.get().generation == generation == 1


def test_a_village_grows_out_of_a_hamlet(hamlet):
    built("hamlet")
    built("village")
    grown = digest()
    assert Catalogue.objects.get().origin == "village"
    for model in (Product, Booth, Shop, Party, District, Catalogue, Pending):
        model.objects.all().delete()
    built("village")
    assert digest() == grown


def test_another_seed_makes_another_city_and_does_not_mix_with_the_first(hamlet):
    built(seed=1)
    with pytest.raises(OtherCity, match="was not made with seed 2"):
        built("village", seed=2)
    assert Shop.objects.count() == 8


@pytest.mark.parametrize("broken_at", ["write_places", "write_goods", "write_others", "_finish", "_index"])
def test_a_build_that_breaks_off_anywhere_is_taken_up_and_ends_in_the_same_city(hamlet, monkeypatch, broken_at):
    built()
    whole = digest()
    for model in (Product, Booth, Shop, Party, District, Catalogue, Pending):
        model.objects.all().delete()
    calls = []

    def breaks(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2 or broken_at in {"write_others", "_finish", "_index"}:
            raise KeyboardInterrupt
        return original(*args, **kwargs)

    original = getattr(building, broken_at)
    with monkeypatch.context() as patch:
        patch.setattr(building, broken_at, breaks)
        with pytest.raises(KeyboardInterrupt):
            built()
    built()
    assert digest() == whole
    assert search_index.index().count() == 200


def test_ensure_builds_once_and_leaves_a_catalogue_of_people_alone(hamlet):
    ensure("hamlet")
    assert Product.objects.count() == 200
    ensure("village")
    assert Product.objects.count() == 200
    Product.objects.filter(code__startswith="S000001").update(synthetic=False)
    Catalogue.objects.update(origin="")
    ensure("village")
    assert Product.objects.count() == 200


def test_places_without_goods_for_a_file_that_is_the_whole_catalogue(hamlet):
    ensure_places_only("hamlet")
    ensure_places_only("hamlet")
    assert Shop.objects.count() == Booth.objects.count() == 8
    assert Product.objects.count() == 0
    assert Party.objects.filter(kind="warehouse").count() == 6


def test_goods_can_follow_into_places_that_stand(hamlet):
    ensure_places_only("hamlet")
    built()
    with_places_first = digest()
    for model in (Product, Booth, Shop, Party, District, Catalogue, Pending):
        model.objects.all().delete()
    built()
    assert digest() == with_places_first


def test_only_those_who_may_build_build(hamlet):
    with pytest.raises(NotGranted):
        build(by=Actor("a buyer", frozenset({"buyer"})), at=AT, size="hamlet")


def test_an_unknown_size_writes_nothing(hamlet):
    with pytest.raises(Fault, match="metropolis"):
        built("metropolis")
    assert not District.objects.exists()
