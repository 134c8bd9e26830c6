"""The catalogue (商品目录) of the synthetic city: what each shop sells, made on demand and the same each time.

Everything here is synthetic: made from the words of the lexicon, the assumptions of ``city.yaml`` and a seed; no real
shop sells it. Rows are plain tuples in the order of `GOODS_COLUMNS`, for bulk writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bolanggu.lexicon.items import by_category, items
from bolanggu.trade.world.draws import draw, pick
from bolanggu.trade.world.packs import Offer, offers_of
from bolanggu.trade.world.places import place_of
from bolanggu.trade.world.plan import assumed, goods_in
from bolanggu.trade.world.wording import Wording, sales_words, wording_of

GOODS_COLUMNS = (
    "code",
    "title_zh",
    "title_en",
    "category",
    "item",
    "attributes",
    "tiers",
    "moq",
    "order_multiple",
    "pieces_per_carton",
    "carton_l_mm",
    "carton_w_mm",
    "carton_h_mm",
    "carton_net_g",
    "carton_gross_g",
    "this_side_up",
    "fragile",
    "battery",
    "liquid",
    "brand",
    "hs6",
    "lead_days",
    "stock",
)
GoodsRow = tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """All that goods of one item have in common."""

    key: str
    category: str
    wording: Wording
    offers: tuple[Offer, ...]
    flags: tuple[bool, bool, bool, bool]
    branded: bool


def goods_of(shop: int, seed: int) -> Iterator[GoodsRow]:
    """Yield the goods of one shop. ``attributes`` and ``tiers`` are JSON text, money is in fen (CNY).

    >>> first = dict(zip(GOODS_COLUMNS, next(goods_of(0, 1))))
    >>> first["code"], first["carton_gross_g"] > first["carton_net_g"]
    ('S000001-001', True)
    """
    kinds = [_kind(key) for key in assortment(shop, seed)]
    letters = draw(seed, 16, shop)
    model = f"{chr(65 + letters % 26)}{chr(65 + letters // 26 % 26)}-"
    first = 1000 + letters // 676 % 8000
    for index in range(goods_in(shop, seed)):
        bits = draw(seed, shop * 1024 + 17, index)
        yield _goods(kinds[index % len(kinds)], bits, f"S{shop + 1:06d}-{index + 1:03d}", f"{model}{first + index}")


def assortment(shop: int, seed: int) -> tuple[str, ...]:
    """Keys of the items a shop deals in: from one group of its trade, some shops from a second."""
    given = assumed("assortment")
    members = by_category()[place_of(shop, seed).category]
    bits, count = pick(draw(seed, 15, shop), given["kinds"])
    bits, leading = pick(bits, members)
    groups = [leading.group]
    if bits % 10 < given["second_group_of_ten"]:
        groups.append(members[bits // 10 % len(members)].group)
    chosen = [item.key for item in members if item.group in groups]
    turn = bits // 1000 % len(chosen)
    return tuple((chosen[turn:] + chosen[:turn])[:count])


def _goods(kind: _Kind, bits: int, code: str, model: str) -> GoodsRow:
    wording = kind.wording
    bits, (name_zh, name_en) = pick(bits, wording.names)
    bits, (head_zh, head_en, stated, hs6, dear) = pick(bits, wording.heads)
    bits, (size_zh, size_en, size) = pick(bits, wording.sizes)
    bits, (colour_zh, colour_en, colour) = pick(bits, wording.colours)
    bits, (use_zh, use_en, use) = pick(bits, wording.uses)
    bits, offer = pick(bits, kind.offers)
    bits, praise = pick(bits, sales_words())
    more = draw(bits, len(code))
    more, carton = pick(more, offer.cartons)
    more, (tiers, moq) = _ladder(more, offer, carton[0], dear=dear)
    more, cartons = pick(more, _stock())
    _, lead_days = pick(more, _lead(cartons))
    title_en = f"{head_en}{name_en}{size_en}{colour_en}{offer.en}{use_en} {model}"
    return (
        code,
        f"{praise}{head_zh}{name_zh}{size_zh}{colour_zh}{offer.zh}{use_zh} {model}",
        title_en[0].upper() + title_en[1:],
        kind.category,
        kind.key,
        f'{{{stated}{size}{colour}{offer.attributes}{use}, "model": "{model}"}}',
        tiers,
        moq,
        offer.inner,
        *carton,
        *kind.flags,
        kind.branded and more % 100 < _branded(),
        hs6,
        lead_days,
        cartons * carton[0],
    )


def _ladder(bits: int, offer: Offer, carton_pieces: int, *, dear: bool) -> tuple[int, tuple[str, int]]:
    """Price ladder as JSON and its first rung: in whole inner packs, quantities rise and prices do not."""
    bits, price = pick(bits, offer.dear_prices if dear else offer.prices)
    bits, worth = pick(bits, _worth())
    bits, (second_off, third_off) = pick(bits, _discounts())
    inner = offer.inner
    moq = min(inner * -(-worth // (price * inner)), max(inner, 2 * carton_pieces))
    second = carton_pieces if carton_pieces > moq else 2 * moq
    lower = max(1, price * (100 - second_off) // 100)
    lowest = max(1, price * (100 - third_off) // 100)
    return bits, (f"[[{moq}, {price}], [{second}, {lower}], [{5 * second}, {lowest}]]", moq)


@cache
def _kind(key: str) -> _Kind:
    item = items()[key]
    flags = tuple(name in item.flags for name in ("this_side_up", "fragile", "battery", "liquid"))
    assert len(flags) == 4
    return _Kind(key, item.category, wording_of(key), offers_of(key), flags, "brand" in item.flags)


@cache
def _worth() -> tuple[int, ...]:
    return tuple(assumed("moq")["worth_fen"])


@cache
def _discounts() -> tuple[tuple[int, int], ...]:
    given = assumed("prices")
    return tuple((second, third) for second in given["second_rung_off"] for third in given["third_rung_off"])


@cache
def _stock() -> tuple[int, ...]:
    return tuple(assumed("stock")["cartons"])


@cache
def _lead(cartons: int) -> tuple[int, ...]:
    return tuple(assumed("lead_days")["from_stock" if cartons else "made"])


@cache
def _branded() -> int:
    return int(assumed("brand_of_hundred")["value"])
