"""Merging (归并): declaration items from goods lines, one item a kind or simplified by value and tariff chapter.

GACC Announcement 221 of 2019, article 4: from five kinds the five of highest value are itemised, high to low; the rest
merges by chapter under the code of its highest-value kind; goods with export duty or under inspection stay alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

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
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.hs10, []).append(line)
    kinds = sorted((_item(code, own) for code, own in by_code.items()), key=lambda item: (-item.value_cents, item.hs))
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


def _join(kinds: list[Item]) -> Item:
    """Sum kinds, highest value first, under the code of the first."""
    return _item(kinds[0].hs, [line for kind in kinds for line in kind.lines], kinds=len(kinds))


def _item(hs: str, lines: list[Line], *, kinds: int = 1) -> Item:
    nets = [line.net_kg for line in lines if line.net_kg is not None]
    counted = lines[0].unit is not None and all(line.unit == lines[0].unit for line in lines)
    return Item(
        hs,
        value_cents=sum(line.value_cents for line in lines),
        kinds=kinds,
        net_kg=exact_sum(nets) if len(nets) == len(lines) else None,
        qty=exact_sum([line.qty for line in lines]) if counted else None,
        unit=lines[0].unit if counted else None,
        lines=lines,
    )


def exact_sum(values: Sequence[Fraction]) -> Fraction:
    """Sum fractions over their common denominator: one reduction instead of one for each term.

    >>> exact_sum([Fraction(1, 4), Fraction(3, 10)]), exact_sum([])
    (Fraction(11, 20), Fraction(0, 1))
    """
    common = lcm(*{value.denominator for value in values})
    return Fraction(sum(value.numerator * (common // value.denominator) for value in values), common)
