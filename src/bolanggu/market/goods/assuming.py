"""Assuming (假定): what a catalogue leaves open is filled from the item named in the title, and marked. No database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.lexicon.items import Item, by_category
from bolanggu.values.quantity import Dimensions, Pack, ceil_div


@dataclass(frozen=True, slots=True)
class Typical:
    """Typical figures of one kind of goods: a piece in g and cm³, pieces of inner pack and carton, price in fen."""

    unit_g: float
    unit_cm3: float
    inner_pieces: int
    carton_pieces: int
    price_fen: int


def _assumed(name: str) -> dict[str, Any]:
    return dict(read_yaml("assumptions/goods.yaml")[name])


def typical(item: Item | None, category: str = "") -> Typical:
    """Figures of the item, else the medians of its category, else those of unknown goods."""
    if item is not None:
        return _of_items((item,))
    if category in by_category():
        return _of_category(category)
    unknown = _assumed("unknown_item")
    unknown.pop("reason")
    return Typical(**unknown)


@cache
def _of_category(category: str) -> Typical:
    return _of_items(by_category()[category])


def _of_items(members: tuple[Item, ...]) -> Typical:
    def middle(name: str) -> float:
        return float(median(getattr(member, name) for member in members))

    return Typical(
        unit_g=middle("unit_g"),
        unit_cm3=middle("unit_cm3"),
        inner_pieces=int(middle("inner_pieces")),
        carton_pieces=max(1, int(middle("carton_pieces"))),
        price_fen=int((middle("price_low_fen") * middle("price_high_fen")) ** 0.5),
    )


def carton_size(cm3: float) -> Dimensions:
    """A carton of common shape for some cm³ of goods.

    >>> carton_size(60 * 600)
    Dimensions(length=450, width=360, height=270)
    """
    shape = _assumed("carton_shape")
    a, b, c = shape["edges"]
    unit = (cm3 / shape["filling"] / (a * b * c)) ** (1 / 3) * 10
    length, width, height = (max(50, ceil_div(round(edge * unit), 10) * 10) for edge in (a, b, c))
    return Dimensions(length, width, height)


def tare_g(size: Dimensions) -> int:
    """Weight of the empty carton, at least 1 g."""
    edges = size.length * size.width + size.width * size.height + size.length * size.height
    return max(1, round(2 * edges / 1e6 * _assumed("carton_tare")["g_per_m2"]))


def pack(
    goods: Typical, *, pieces: int | None = None, size: Dimensions | None = None, gross_g: int | None = None
) -> Pack:
    """A carton that keeps what is stated and assumes the rest, within what one person lifts."""
    limits = _assumed("carton_limits")
    if pieces is None:
        by_weight = (gross_g or limits["most_gross_g"]) / goods.unit_g
        room = size.cubic_mm / 1000 * _assumed("carton_shape")["filling"] if size else limits["most_cm3"]
        pieces = max(1, int(min(goods.carton_pieces, by_weight, room / goods.unit_cm3)))
    size = size or carton_size(pieces * goods.unit_cm3)
    if gross_g is None:
        net = max(1, round(pieces * goods.unit_g))
        return Pack(pieces, size, net, net + tare_g(size))
    return Pack(pieces, size, max(1, gross_g - min(tare_g(size), gross_g // 3)), gross_g)
