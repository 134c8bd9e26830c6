"""Coverage (覆盖率): what every published value must carry beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.price_index.labels import Labels, positions
from bolanggu.engines.price_index.panel import Floats, Panel

#: A period is thin when less of its expenditure than this went to products also sold in the period before.
THIN = 0.20
#: A price relative outside [1 / 5, 5] is listed: it smells of a moved decimal point or a changed unit.
EXTREME = 5.0


@dataclass(frozen=True, slots=True)
class PeriodCoverage:
    """One period's data: number of products, expenditure, its matched share, and flags ``thin`` and ``partial``."""

    period: str
    products: int
    expenditure: float
    matched_share: float
    flags: tuple[str, ...]


def coverage(panel: Panel, *, partial: Collection[str] = ()) -> list[PeriodCoverage]:
    """Describe each period.

    The matched share is the part of the period's expenditure on products that the period before sold too; the first
    period looks at the one after. ``partial`` names periods whose data are not complete.

    >>> from bolanggu.engines.price_index.panel import build
    >>> rows = build(["1", "2", "2"], ["a", "a", "b"], np.array([1.0, 1.0, 1.0]), np.array([1.0, 1.0, 3.0]))
    >>> [(one.products, one.matched_share, one.flags) for one in coverage(rows, partial={"2"})]
    [(1, 1.0, ()), (2, 0.25, ('partial',))]
    """
    found = []
    totals = panel.totals()
    for period, label in enumerate(panel.periods):
        other = period - 1 if period else min(1, len(panel) - 1)
        pair = panel.pair(other, period)
        share = float((pair.price1 * pair.quantity1).sum() / totals[period]) if totals[period] else 0.0
        thin = ("thin",) if share < THIN else ()
        flags = thin + (("partial",) if label in partial else ())
        cells = panel.cells(period)
        found.append(PeriodCoverage(label, cells.stop - cells.start, float(totals[period]), min(share, 1.0), flags))
    return found


@dataclass(frozen=True, slots=True)
class Relative:
    """A product's price in one period over its price when last seen."""

    product: str
    earlier: str
    later: str
    ratio: float


def extremes(panel: Panel, *, bound: float = EXTREME, limit: int | None = None) -> list[Relative]:
    """Price relatives outside [1 / bound, bound], the wildest first. They stay in the index; a person looks at them.

    >>> from bolanggu.engines.price_index.panel import build
    >>> extremes(build(["1", "2"], ["a", "a"], np.array([1.0, 10.0]), np.ones(2)))
    [Relative(product='a', earlier='1', later='2', ratio=10.0)]
    """
    order = np.argsort(panel.product, kind="stable")
    product, price, period = panel.product[order], panel.price[order], panel.period[order]
    same = product[1:] == product[:-1]
    ratio = price[1:] / price[:-1]
    wild = np.flatnonzero(same & (np.abs(np.log(ratio)) > np.log(bound)))
    wild = wild[np.argsort(-np.abs(np.log(ratio[wild])), kind="stable")][:limit]
    return [
        Relative(
            panel.products[product[at]],
            panel.periods[period[at]],
            panel.periods[period[at + 1]],
            float(ratio[at]),
        )
        for at in wild
    ]


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How far one product's prices lie apart inside one period, before they become a unit value.

    ``many`` is the share of product-periods with more than one price, ``median_spread`` the median of highest over
    lowest price among those (1 if there are none).
    """

    many: float
    median_spread: float


def dispersion(period: Labels, product: Labels, price: Floats) -> Dispersion:
    """Measure what the unit value hides: one code that mixes retail and wholesale shows a wide spread.

    >>> dispersion(["1", "1", "2"], ["a", "a", "a"], np.array([1.0, 2.0, 2.0]))
    Dispersion(many=0.5, median_spread=2.0)
    """
    _, at = positions(period)
    products, of = positions(product)
    key = at * len(products) + of
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    spread = np.maximum.reduceat(price[order], first) / np.minimum.reduceat(price[order], first)
    several = spread > 1.0
    return Dispersion(float(several.mean()), float(np.median(spread[several])) if several.any() else 1.0)
