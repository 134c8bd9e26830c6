"""From the unit values of one series to one index point: GEKS-Törnqvist over a window, joined to what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from bolanggu.engines.price_index import NoCommonProduct, Panel, build, coverage, index

#: Periods in a window: two years of months and the month before (the practice of statistical offices).
WINDOW = 25
BASE = Decimal("100.00000000")
_EIGHT = Decimal("0.00000001")
_SIX = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Cell:
    """All lines of one product in one period: their number, pieces and turnover in minor units."""

    period: str
    product: str
    lines: int
    pieces: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Computed:
    """What a point says; ``value`` is None when the period cannot be compared, and ``why`` then says so."""

    value: Decimal | None
    method: str
    coverage: Decimal
    thin: bool
    why: str = ""


def compute(cells: Sequence[Cell], period: str, published: Mapping[str, Decimal], base_period: str) -> Computed:
    """Compute the value of one period.

    The new window's change from every published period is applied to that period's published value, and the geometric
    mean is published (splice ``mean_pub``): nothing published before is touched. GEKS-Törnqvist needs every two
    periods of the window to share a product; where they do not, a weighted time-product dummy over the periods that a
    chain of shared products joins to this one takes its place, and the method says so.

    Parameters
    ----------
    cells
        Unit values of the series, all periods.
    period
        The period to compute.
    published
        Value of every other period that has one, base 100.
    base_period
        The period that is 100.
    """
    panel, at = _window(cells, period)
    data = coverage(panel)[at]
    share, thin = Decimal(data.matched_share).quantize(_SIX, ROUND_HALF_EVEN), "thin" in data.flags
    if period == base_period:
        return Computed(BASE, f"base/{WINDOW}", Decimal(1).quantize(_SIX), thin=False)
    method, joined = "geks-tornqvist", panel
    try:
        levels = index(panel, method)
    except NoCommonProduct:
        method, joined = "wtpd", _joined(cells, panel, period)
        levels = index(joined, method)
    known = [(np.log(float(published[label])), at) for at, label in enumerate(joined.periods) if label in published]
    if not known:
        why = f"no chain of products sold in {period} leads to a published period of the last {WINDOW}"
        return Computed(None, method, share, thin, why)
    here = np.log(levels[joined.periods.index(period)])
    value = np.exp(np.mean([level + here - np.log(levels[at]) for level, at in known]))
    exact = Decimal(float(value)).quantize(_EIGHT, ROUND_HALF_EVEN)
    return Computed(exact, f"{method}/{WINDOW}/mean_pub", share, thin)


def _window(cells: Sequence[Cell], period: str) -> tuple[Panel, int]:
    """The periods up to this one that fit the window; if it is the first of all, those after it."""
    labels = sorted({cell.period for cell in cells})
    at = labels.index(period)
    chosen = labels[max(0, at - WINDOW + 1) : at + 1] if at else labels[:WINDOW]
    return _panel(cells, chosen), chosen.index(period)


def _panel(cells: Sequence[Cell], periods: Sequence[str]) -> Panel:
    wanted = set(periods)
    kept = [cell for cell in cells if cell.period in wanted]
    pieces = np.array([cell.pieces for cell in kept], dtype=np.float64)
    amounts = np.array([cell.amount_minor for cell in kept], dtype=np.float64)
    return build([cell.period for cell in kept], [cell.product for cell in kept], amounts / pieces, pieces)


def _joined(cells: Sequence[Cell], panel: Panel, period: str) -> Panel:
    """The periods of a panel that a chain of shared products joins to one of them."""
    sold = {label: set(panel.product[panel.cells(at)].tolist()) for at, label in enumerate(panel.periods)}
    reached, products = {period}, set(sold[period])
    while fresh := {label for label, goods in sold.items() if label not in reached and goods & products}:
        reached |= fresh
        products.update(*(sold[label] for label in fresh))
    return _panel(cells, sorted(reached))
