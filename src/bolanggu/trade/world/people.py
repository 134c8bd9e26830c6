"""Parties and shops (主体、商铺) of the synthetic city: names from word lists, marked （模拟）, standing for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bolanggu.lexicon.words import words
from bolanggu.trade.world.draws import draw, pick
from bolanggu.trade.world.places import place_of
from bolanggu.trade.world.plan import Plan, assumed

#: number, kind, Chinese name, English name
PartyRow = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class ShopTerms:
    """A shop: number, names, trade, least order in fen, mixed batch (混批) from so many pieces or so much money."""

    number: str
    merchant: str
    name_zh: str
    name_en: str
    category: str
    minimum_fen: int
    mixed_pieces: int | None
    mixed_fen: int | None


def merchant_number(shop: int) -> str:
    """Give the number of the merchant who keeps a shop.

    >>> merchant_number(0)
    'M000001'
    """
    return f"M{shop + 1:06d}"


def shop_number(shop: int) -> str:
    """Give the number of a shop.

    >>> shop_number(0)
    'S000001'
    """
    return f"S{shop + 1:06d}"


def shop_of(shop: int, seed: int) -> ShopTerms:
    """Make one shop of the city."""
    category = place_of(shop, seed).category
    trade = words("categories")[category]
    terms = assumed("shop_terms")
    bits = draw(seed, 13, shop)
    bits, (zh, en) = _name(bits)
    bits, (ending_zh, ending_en) = pick(bits, _endings())
    bits, minimum = pick(bits, terms["minimum_fen"])
    bits, pieces = pick(bits, terms["mixed_pieces"])
    bits, fen = pick(bits, terms["mixed_fen"])
    return ShopTerms(
        number=shop_number(shop),
        merchant=merchant_number(shop),
        name_zh=f"{zh}{trade.zh}{ending_zh}（模拟）",
        name_en=f"{en} {trade.en.title()} {ending_en} (simulated)",
        category=category,
        minimum_fen=minimum,
        mixed_pieces=pieces,
        mixed_fen=fen,
    )


def merchants(first: int, last: int, seed: int) -> Iterator[PartyRow]:
    """Parties that keep the shops first … last - 1."""
    for shop in range(first, last):
        kept = shop_of(shop, seed)
        yield kept.merchant, "merchant", kept.name_zh, kept.name_en


def services(plan: Plan, seed: int) -> Iterator[PartyRow]:
    """Agents, warehouses, forwarders, brokers, carriers, inspectors and banks of a city of this size."""
    for stream, (kind, given) in enumerate(assumed("services")["kinds"].items(), 100):
        for index in range(max(given["least"], plan.shops // given["per_shops"])):
            _, (zh, en) = _name(draw(seed, stream, index))
            number = f"{kind[:2].upper()}{index + 1:05d}"
            yield number, kind, f"{zh}{given['zh']}（模拟）", f"{en} {given['en']} (simulated)"


def others(plan: Plan, seed: int, *, first: int = 0) -> Iterator[PartyRow]:
    """Yield registered entities without a booth that fill the city up to its size, from the first-th on."""
    given = assumed("services")["others"]
    kind, ending_zh, ending_en = given["kind"], f"{given['zh']}（模拟）", f" {given['en']} (simulated)"
    names = _names()
    for index in range(first, others_of(plan)):
        zh, en = names[draw(seed, 14, index) % len(names)]
        yield f"E{index + 1:07d}", kind, zh + ending_zh, en + ending_en


def others_of(plan: Plan) -> int:
    """How many registered entities have neither booth nor service."""
    kinds = assumed("services")["kinds"].values()
    serving = sum(max(given["least"], plan.shops // given["per_shops"]) for given in kinds)
    return max(0, plan.parties - plan.shops - int(serving))


def _name(bits: int) -> tuple[int, tuple[str, str]]:
    return pick(bits, _names())


@cache
def _names() -> tuple[tuple[str, str], ...]:
    syllables = tuple(assumed("names")["syllables"].items())
    return tuple(
        (first_zh + second_zh, (first + second).capitalize())
        for first_zh, first in syllables
        for second_zh, second in syllables
        if first_zh != second_zh
    )


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple(assumed("names")["endings"].items())
