"""Filling (补全): a row of a catalogue file and its assumptions become the columns of a product. No database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from bolanggu.data import read_yaml
from bolanggu.lexicon.items import Item
from bolanggu.lexicon.words import words
from bolanggu.market.goods.assuming import pack, typical
from bolanggu.market.goods.catalogue_file import Row
from bolanggu.market.goods.recognising import item_of

#: Gives the six-digit HS code of each (Chinese title, English title); empty where it cannot tell.
Classify = Callable[[Sequence[tuple[str, str]]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class ShopPlace:
    """A shop that goods can be put into: row id and main category."""

    pk: int
    category: str


class Shops:
    """Assigns goods to shops: of the good's category where there are such shops, always the same shop for one code."""

    def __init__(self, places: Sequence[ShopPlace]) -> None:
        self._all = [place.pk for place in places]
        self._by_category: dict[str, list[int]] = {}
        for place in places:
            self._by_category.setdefault(place.category, []).append(place.pk)

    def of(self, code: str, category: str) -> int:
        """The row id of the shop for a code.

        >>> Shops([ShopPlace(1, "toys"), ShopPlace(2, "bags")]).of("A1", "bags")
        2
        """
        among = self._by_category.get(category) or self._all
        return among[int.from_bytes(blake2b(code.encode(), digest_size=8).digest(), "big") % len(among)]


#: Below this probability a code of the classifier says less than none: a wrong code looks as good as a right one.
CODE_FROM = 0.4
#: Chapters of food and raw materials, which no item of the lexicon belongs to (HS 2022 sections I to V).
RAW_CHAPTERS = range(1, 28)


def by_classifier(titles: Sequence[tuple[str, str]]) -> list[str]:
    """Most probable HS code of each title (Chinese, English); empty where nothing speaks clearly for any.

    >>> by_classifier([("陶瓷花瓶", ""), ("", "quantum flux")])
    ['691390', '']
    """
    from bolanggu.engines.classifying.standard import classify_many

    found = classify_many([(en, zh) for zh, en in titles])
    return [code if probability >= CODE_FROM else "" for code, probability in found]


def code_of(hs6: str, item: Item | None) -> str:
    """The classifier's code, or the item's own where it has none or takes a manufactured good for food or raw matter.

    >>> from bolanggu.lexicon.items import items
    >>> code_of("180690", items()["alarm_clock"]) == items()["alarm_clock"].hs6, code_of("", None)
    (True, '')
    """
    if item is not None and (not hs6 or (int(hs6[:2]) in RAW_CHAPTERS and int(item.hs6[:2]) not in RAW_CHAPTERS)):
        return item.hs6
    return hs6


def known_category(text: str, item: Item | None) -> str:
    """The category key that a file's wording means; the item's own, or ``general``, where the file is silent.

    >>> known_category("Toys", None), known_category("", None), known_category("fishing", None)
    ('toys', 'general', 'fishing')
    """
    if not text:
        return item.category if item else "general"
    plain = text.strip().casefold()
    for key, word in words("categories").items():
        if plain in {key, word.zh, word.en.casefold(), *word.zh_also, *(also.casefold() for also in word.en_also)}:
            return key
    return text


def fill_all(rows: Sequence[Row], *, shops: Shops, classify: Classify) -> list[dict[str, object]]:
    """Columns of products for rows of a file; ``assumed`` names those that the file did not state."""
    codes = classify([(row.title_zh, row.title_en) for row in rows]) if rows else []
    return [_fill(row, hs6, shops) for row, hs6 in zip(rows, codes, strict=True)]


def _fill(row: Row, hs6: str, shops: Shops) -> dict[str, object]:
    item = item_of(row.title_zh, row.title_en)
    hs6 = code_of(hs6, item)
    category = known_category(row.category, item)
    usual = typical(item, category)
    carton = pack(usual, pieces=row.pieces, size=row.size, gross_g=row.gross_g)
    price, currency = (row.price, row.currency) if row.price is not None else (usual.price_fen, "CNY")
    moq = row.moq or 1
    flags = item.flags if item else frozenset()
    stated = {
        "category": bool(row.category),
        "price": row.price is not None and not row.rounded,
        "moq": row.moq is not None,
        "pieces_per_carton": row.pieces is not None,
        "carton_size": row.size is not None,
        "carton_gross_g": row.gross_g is not None,
        "carton_net_g": False,
        "hs6": False,
        "shop": False,
        "lead_days": False,
    }
    return {
        "code": row.code,
        "shop_id": shops.of(row.code, category),
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "category": category[:32],
        "item": item.key if item else "",
        "currency": currency,
        "tiers": [[moq, price]],
        "moq": moq,
        "order_multiple": row.order_multiple or 1,
        "pieces_per_carton": carton.pieces,
        "carton_l_mm": carton.size.length,
        "carton_w_mm": carton.size.width,
        "carton_h_mm": carton.size.height,
        "carton_net_g": carton.net_g,
        "carton_gross_g": carton.gross_g,
        "fragile": "fragile" in flags,
        "battery": "battery" in flags,
        "liquid": "liquid" in flags,
        "this_side_up": "this_side_up" in flags,
        "hs6": hs6,
        "lead_days": read_yaml("assumptions/goods.yaml")["lead_days"]["days"],
        "stock": row.stock or 0,
        "assumed": " ".join(name for name, said in stated.items() if not said),
    }
