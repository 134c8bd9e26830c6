"""Chunks (分批): each function writes one part of the synthetic city in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Max, QuerySet

from bolanggu.market.goods.models import Booth, District, Pending, Product, Shop
from bolanggu.platform.parties.models import Party
from bolanggu.trade.world.catalogue import GOODS_COLUMNS, GoodsRow, goods_of
from bolanggu.trade.world.people import (
    PartyRow,
    merchant_number,
    merchants,
    others,
    services,
    shop_number,
    shop_of,
)
from bolanggu.trade.world.places import districts, place_of
from bolanggu.trade.world.plan import Plan
from bolanggu.trade.world.storing import Columns

_PARTY = ("number", "kind", "name_zh", "name_en")
_SHOP = (
    "number",
    "merchant_id",
    "name_zh",
    "name_en",
    "category",
    "minimum_minor",
    "mixed_batch_pieces",
    "mixed_batch_minor",
)


@transaction.atomic
def write_services(plan: Plan, seed: int) -> None:
    """Write the districts, and the services that a city of this size has and that do not stand yet."""
    for code, name_zh, name_en in districts():
        District.objects.get_or_create(market=1, code=code, defaults={"name_zh": name_zh, "name_en": name_en})
    rows = {row[0]: row for row in services(plan, seed)}
    standing = set(Party.objects.filter(number__in=rows).values_list("number", flat=True))
    _parties(iter([row for number, row in rows.items() if number not in standing]))


@transaction.atomic
def write_places(first: int, last: int, seed: int) -> None:
    """Write the merchants, shops and booths first … last - 1."""
    _parties(merchants(first, last, seed))
    kept_by = _ids(Party.objects.all(), merchant_number(first), merchant_number(last - 1))
    Columns(Shop, _SHOP).write(_shops(first, last, seed, kept_by))
    shops = _ids(Shop.objects.all(), shop_number(first), shop_number(last - 1))
    halls = dict(District.objects.filter(market=1).values_list("code", "pk"))
    places = ((place_of(shop, seed), shops[shop_number(shop)]) for shop in range(first, last))
    Columns(Booth, ("district_id", "floor", "street", "number", "shop_id")).write(
        (halls[place.district], place.floor, place.street, place.number, shop) for place, shop in places
    )


@transaction.atomic
def write_goods(first: int, last: int, seed: int) -> None:
    """Write the goods of the shops first … last - 1, and note that the search index lacks them."""
    shops = _ids(Shop.objects.all(), shop_number(first), shop_number(last - 1))
    before = Product.objects.aggregate(last=Max("pk"))["last"] or 0
    Columns(Product, ("shop_id", *GOODS_COLUMNS), currency="CNY", synthetic=True).write(
        _goods(first, last, seed, shops)
    )
    after = Product.objects.aggregate(last=Max("pk"))["last"]
    Pending.objects.create(first_id=before + 1, last_id=after)


@transaction.atomic
def write_others(plan: Plan, seed: int, first: int, last: int) -> None:
    """Write the registered entities first … last - 1."""
    _parties(islice(others(plan, seed, first=first), last - first))


def _parties(rows: Iterator[PartyRow]) -> None:
    Columns(Party, _PARTY, synthetic=True).write(rows)


def _shops(first: int, last: int, seed: int, kept_by: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for index in range(first, last):
        shop = shop_of(index, seed)
        yield (
            shop.number,
            kept_by[shop.merchant],
            shop.name_zh,
            shop.name_en,
            shop.category,
            shop.minimum_fen,
            shop.mixed_pieces,
            shop.mixed_fen,
        )


def _goods(first: int, last: int, seed: int, shops: dict[str, int]) -> Iterator[GoodsRow]:
    for index in range(first, last):
        shop = (shops[shop_number(index)],)
        for row in goods_of(index, seed):
            yield shop + row


def _ids(standing: QuerySet[Party] | QuerySet[Shop], first: str, last: str) -> dict[str, int]:
    rows = standing.filter(market=1, number__gte=first, number__lte=last).values_list("number", "pk")
    return {number: pk for number, pk in rows if len(number) == len(first)}
