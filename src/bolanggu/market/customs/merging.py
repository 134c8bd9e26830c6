"""Merging (归并): declaration items from goods lines, one item a kind or simplified by value and tariff chapter.

GACC Announcement 221 of 2019, article 4: from five kinds the five of highest value are itemised, high to low; the rest
merges by chapter under the code of its highest-value kind; goods with export duty or under inspection stay alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from bolanggu.market.customs.consignment import Line


@dataclass(slots=True)
class Item:
    """One declaration item (报关单商品项) with the lines that it sums; value in USD cents.

    ``net_kg`` is None if a line's weight is unknown; ``unit`` and ``qty`` are None where the units differ.
    """

    hs: str
    value_cents: int = 0
    kinds: int = 0
    net_kg: Fraction | None = Fraction(0)
    qty: Fraction | None = Fraction(0)
    unit: str | None = None
    lines: list[Line] = field(default_factory=list)


def merge(lines: Iterable[Line], *, simplified: bool, itemised: int, alone: Callable[[str], bool]) -> list[Item]:
    """Declaration items of ``lines``, in the order in which they are declared. Linear but for one sort of the kinds.

    Parameters
    ----------
    lines
        Goods lines; a kind is one distinct ``hs10``.
    simplified
        False gives one item a kind.
    itemised
        How many kinds of highest value keep their own item when simplified (five under 221 of 2019).
    alone
        Tells of an ``hs10`` whether it may never be merged (export duty, inspection).
    """
    kinds = sorted(_kinds(lines).values(), key=lambda item: (-item.value_cents, item.hs))
    if not simplified:
        return kinds
    top, rest = kinds[:itemised], kinds[itemised:]
    apart: list[Item] = []
    chapters: dict[str, list[Item]] = {}
    for kind in rest:
        if alone(kind.hs):
            apart.append(kind)
        else:
            chapters.setdefault(kind.hs[:2], []).append(kind)
    return [*top, *apart, *(_join(chapters[chapter]) for chapter in sorted(chapters))]


def _kinds(lines: Iterable[Line]) -> dict[str, Item]:
    kinds: dict[str, Item] = {}
    for line in lines:
        kind = kinds.get(line.hs10)
        if kind is None:
            kind = kinds[line.hs10] = Item(line.hs10, kinds=1, unit=line.unit)
        _add(kind, line.value_cents, line.net_kg, line.qty, line.unit)
        kind.lines.append(line)
    return kinds


def _join(kinds: list[Item]) -> Item:
    """Sum kinds, highest value first, under the code of the first."""
    first = kinds[0]
    joined = Item(first.hs, kinds=len(kinds), unit=first.unit)
    for kind in kinds:
        _add(joined, kind.value_cents, kind.net_kg, kind.qty, kind.unit)
        joined.lines += kind.lines
    return joined


def _add(item: Item, cents: int, net_kg: Fraction | None, qty: Fraction | None, unit: str | None) -> None:
    item.value_cents += cents
    item.net_kg = None if item.net_kg is None or net_kg is None else item.net_kg + net_kg
    if item.unit is None or unit != item.unit or qty is None or item.qty is None:
        item.qty = item.unit = None
    else:
        item.qty += qty
