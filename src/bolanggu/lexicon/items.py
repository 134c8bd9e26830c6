"""Items (品名): the kinds of goods of a small-commodity market, by category, with HS code and typical pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bolanggu.lexicon.tables import HERE, rows, several


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of goods.

    ``hs6`` (HS 2022) holds for the usual material; ``hs6_by_material`` names the materials that change it. Prices are a
    wholesale range for one piece, fen; ``unit_g`` and ``unit_cm3`` are one piece as packed. ``sizes`` is the kind of
    size the item is sold by (`words("sizes")`), empty where there is none. Flags: fragile, battery, liquid, brand
    (often offered with another's trade mark), this_side_up.
    """

    key: str
    category: str
    group: str
    zh: str
    en: str
    zh_also: tuple[str, ...]
    en_also: tuple[str, ...]
    hs6: str
    hs6_by_material: tuple[tuple[str, str], ...]
    materials: tuple[str, ...]
    uses: tuple[str, ...]
    price_low_fen: int
    price_high_fen: int
    unit_g: float
    unit_cm3: float
    inner_pieces: int
    carton_pieces: int
    flags: frozenset[str]
    sizes: str

    def hs6_of(self, material: str) -> str:
        """Give the HS code of this item made of ``material``.

        >>> items()["hair_clip"].hs6_of("plastic"), items()["hair_clip"].hs6_of("iron")
        ('961511', '961519')
        """
        return dict(self.hs6_by_material).get(material, self.hs6)


@cache
def items() -> Mapping[str, Item]:
    """Read all items, key → item, in the order of categories and lines.

    >>> items()["vacuum_flask"].zh
    '保温杯'
    """
    return {
        item.key: item
        for path in sorted((HERE / "items").glob("*.tsv"))
        for item in (_item(path.stem, cells) for cells in rows(path))
    }


def _item(category: str, cells: list[str]) -> Item:
    key, group, zh, en, zh_also, en_also, hs6, by_material, materials, uses, *rest = cells
    low, high, grams, cm3, inner, carton, flags, sizes = rest
    return Item(
        key=key,
        category=category,
        group=group,
        zh=zh,
        en=en,
        zh_also=several(zh_also),
        en_also=several(en_also),
        hs6=hs6,
        hs6_by_material=tuple(_pair(part) for part in by_material.split()),
        materials=tuple(materials.split()),
        uses=tuple(uses.split()),
        price_low_fen=round(float(low) * 100),
        price_high_fen=round(float(high) * 100),
        unit_g=float(grams),
        unit_cm3=float(cm3),
        inner_pieces=int(inner),
        carton_pieces=int(carton),
        flags=frozenset(flags.split()),
        sizes=sizes,
    )


def _pair(part: str) -> tuple[str, str]:
    material, hs6 = part.split(":")
    return material, hs6


@cache
def by_category() -> Mapping[str, tuple[Item, ...]]:
    """Items of each category, in the table's order."""
    found: dict[str, list[Item]] = {}
    for item in items().values():
        found.setdefault(item.category, []).append(item)
    return {category: tuple(members) for category, members in found.items()}
