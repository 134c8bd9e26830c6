"""Packs and prices (包装、价格) of synthetic goods, worked out once for each item and set size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import ceil

from bolanggu.lexicon.items import Item, items
from bolanggu.lexicon.words import words
from bolanggu.trade.world.plan import assumed

#: pieces, length, width, height in mm, net and gross weight in g
Carton = tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """How an item is sold as single pieces or as a set: the unit sold is the set.

    ``zh``, ``en``, ``attributes`` are the words of the packing, ready to be joined; prices in fen for one unit sold.
    """

    zh: str
    en: str
    attributes: str
    inner: int
    cartons: tuple[Carton, ...]
    prices: tuple[int, ...]

    @property
    def dear_prices(self) -> tuple[int, ...]:
        """The upper half of the prices."""
        return self.prices[len(self.prices) // 2 :]


@cache
def offers_of(key: str) -> tuple[Offer, ...]:
    """Every packing an item is offered in, commoner ones more than once."""
    item, given = items()[key], assumed("titles")
    packings = words("packs")
    chosen = [word for word in given["packings"] if word != "gift_box" or "gift" in item.uses]
    singles = [_offer(item, 1, f" {packings[p].zh}", f", {packings[p].en}", p) for p in chosen]
    blank = [_offer(item, 1, "", "", "")] * (given["none"]["packing"] * len(singles) // 4)
    sets = [
        _offer(item, count, f" {packings[p].zh}", f", {packings[p].en}", p)
        for p, count in ((p, int(p.removeprefix("pc"))) for p in given["set_sizes"])
        if _sold_in_sets(item, count)
    ]
    return tuple(singles + blank + sets)


def _sold_in_sets(item: Item, count: int) -> bool:
    given = assumed("titles")
    if "套" in item.zh or "set" in item.en or "pair" in item.en:
        return False
    return bool(item.price_low_fen * count <= given["most_set_fen"] and item.unit_g * count <= given["most_set_g"])


def _offer(item: Item, count: int, zh: str, en: str, key: str) -> Offer:
    inner = max(1, item.inner_pieces // count)
    pieces = max(inner, item.carton_pieces // count // inner * inner)
    attributes = f', "packing": "{key}"' if key else ""
    return Offer(zh, en, attributes, inner, _cartons_of(item.key, count, pieces), _prices_of(item.key, count))


@cache
def _cartons_of(key: str, count: int, pieces: int) -> tuple[Carton, ...]:
    return _cartons(items()[key], count, pieces)


@cache
def _prices_of(key: str, count: int) -> tuple[int, ...]:
    return _prices(items()[key], count)


def _cartons(item: Item, count: int, pieces: int) -> tuple[Carton, ...]:
    """Cartons of one packing in every shape and weight that the assumptions name."""
    given = assumed("cartons")
    cm3, grams = item.unit_cm3 * count * pieces, item.unit_g * count * pieces
    made = []
    for a, b, c in given["shapes"]:
        unit = (cm3 / (a * b * c)) ** (1 / 3) * 10
        size = [max(60, ceil(edge * unit / 10) * 10) for edge in (a, b, c)]
        length, width, height = size
        volume = length * width * height
        board = 2 * (length * width + width * height + length * height) * given["board_g_per_m2"] // 1_000_000
        least = volume * given["least_kg_per_m3"] // 1_000_000 - board
        for percent in given["weight_percent"]:
            net = max(1, round(grams * percent / 100), least)
            made.append((pieces, length, width, height, net, net + board))
    return tuple(made)


def _prices(item: Item, count: int) -> tuple[int, ...]:
    """First-rung prices, evenly spread on the logarithm between the item's low and high price; rounded as shops do."""
    given = assumed("prices")
    low, high, steps = item.price_low_fen, item.price_high_fen, given["steps"]
    percent = given["set_percent"] if count > 1 else 100
    raw = (low * (high / low) ** (step / (steps - 1)) * count * percent / 100 for step in range(steps))
    return tuple(_rounded(price) for price in raw)


def _rounded(fen: float) -> int:
    """Round as price tags do: to 1 fen below 1 yuan, 5 fen below 10, 10 fen below 100, 1 yuan above.

    >>> [_rounded(price) for price in (3.2, 457.0, 1234.0, 45678.0)]
    [3, 455, 1230, 45700]
    """
    to = 1 if fen < 100 else 5 if fen < 1000 else 10 if fen < 10_000 else 100
    return max(1, round(fen / to) * to)
