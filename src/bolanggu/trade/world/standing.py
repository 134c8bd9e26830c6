"""Standing (现状): how much of the synthetic city is in the database already."""

from __future__ import annotations

from bolanggu.market.goods.models import Catalogue, Product, Shop
from bolanggu.platform.parties.models import Party
from bolanggu.trade.world.people import shop_number, shop_of
from bolanggu.values.fault import Fault


class OtherCity(Fault):
    """A city of another seed stands in this home."""


def has_catalogue() -> bool:
    """Tell whether goods stand: a city that was finished, or any goods that people brought."""
    return Catalogue.objects.exclude(origin="").exists() or Product.objects.filter(synthetic=False).exists()


def shops() -> int:
    """How many shops of the city stand; they are written in order."""
    last = Shop.objects.filter(market=1, number__startswith="S").order_by("-number").first()
    return int(last.number[1:]) if last is not None else 0


def stocked_shops() -> int:
    """How many shops have their synthetic goods; they are written in order."""
    last = Product.objects.filter(market=1, synthetic=True).order_by("-pk").first()
    return int(last.code[1:7]) if last is not None else 0


def others() -> int:
    """How many registered entities without a booth stand."""
    last = Party.objects.filter(market=1, kind="entity").order_by("-number").first()
    return int(last.number[1:]) if last is not None else 0


def same_seed(seed: int) -> None:
    """Refuse to grow a city of one seed by another.

    Raises
    ------
    OtherCity
        The first shops are not those of this seed.
    """
    found = Shop.objects.filter(market=1, number__in=[shop_number(shop) for shop in range(8)])
    made = {shop.number: (shop.name_zh, shop.category) for shop in (shop_of(index, seed) for index in range(8))}
    if any(made[shop.number] != (shop.name_zh, shop.category) for shop in found):
        raise OtherCity(
            "--seed",
            f"the city in this home was not made with seed {seed}; name its seed, or a fresh home in BOLANGGU_HOME",
        )
