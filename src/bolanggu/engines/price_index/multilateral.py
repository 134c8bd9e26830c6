"""Multilateral methods (多边指数) over one window of periods: GEKS, weighted time-product dummy, Geary–Khamis.

Each takes a panel of T periods and gives T logarithms, the first of them 0.
"""

from __future__ import annotations

import numpy as np

from bolanggu.engines.price_index.fault import NoCommonProduct
from bolanggu.engines.price_index.panel import Block, Floats, Panel


def geks(log_pairs: Floats) -> Floats:
    """GEKS from the logarithms of all pairs: ln I(t) = mean over k of ln P(0, k) + ln P(k, t).

    The formula need not satisfy time reversal.

    >>> geks(np.log(np.array([[1.0, 2.0], [0.5, 1.0]]))).round(6).tolist()
    [0.0, 0.693147]
    """
    level = log_pairs[0].mean() + log_pairs.mean(axis=0)
    return np.asarray(level - level[0])


def time_product_dummy(panel: Panel) -> Floats:
    """Weighted time-product dummy: ln p on period and product dummies, weight = share of the period's expenditure.

    The product dummies are eliminated first (Schur complement), so the system solved has T unknowns.

    Raises
    ------
    NoCommonProduct
        The periods fall into groups that no product connects.
    """
    count = len(panel)
    totals = panel.totals()
    system, right = np.diag(np.ones(count)), np.zeros(count)
    for block in panel.blocks():
        weight = block.expenditure / totals[:, None]
        product = weight.sum(axis=0)
        seen = product > 0
        weight, product, logs = weight[:, seen], product[seen], block.log_price[:, seen]
        system -= (weight / product) @ weight.T
        right += (weight * (logs - (weight * logs).sum(axis=0) / product)).sum(axis=1)
    _connected(panel, system)
    return np.concatenate(([0.0], np.linalg.solve(system[1:, 1:], right[1:]) if count > 1 else []))


def geary_khamis(panel: Panel) -> Floats:
    """Geary–Khamis, solved directly: T unknowns, no iteration.

    With x(t) = 1 / I(t) and C(t, s) = Σ q(t) e(s) / Σq over products, the definition reads C x = diag(E) x.

    Raises
    ------
    NoCommonProduct
        The periods fall into groups that no product connects.
    """
    count = len(panel)
    flow = np.zeros((count, count))
    for block in panel.blocks():
        total = block.quantity.sum(axis=0)
        bought = total > 0
        flow += (block.quantity[:, bought] / total[bought]) @ block.expenditure[:, bought].T
    _connected(panel, flow)
    if count == 1:
        return np.zeros(1)
    inverse = _stationary(flow / panel.totals()) / panel.totals()
    return np.asarray(np.log(inverse[0] / inverse))


def _stationary(shares: Floats) -> Floats:
    """The vector y, up to scale, with ``shares`` y = y, for a connected matrix whose columns sum to 1.

    Without a subtraction, hence to full relative precision also where periods are joined by little (Grassmann, Taksar &
    Heyman 1985, "Regenerative analysis and steady state distributions for Markov chains"). O(T³) for T periods.
    """
    steps = shares.T.copy()
    for last in range(len(steps) - 1, 0, -1):
        steps[:last, last] /= steps[last, :last].sum()
        steps[:last, :last] += np.outer(steps[:last, last], steps[last, :last])
    found = np.ones(len(steps))
    for period in range(1, len(steps)):
        found[period] = found[:period] @ steps[:period, period]
    return found


def intersection_geks(panel: Panel) -> Floats:
    """Chained GEKS-Törnqvist whose link over a third period l uses only the products sold in t − 1, l and t.

    ln I(t) − ln I(t − 1) is the mean over l of ln P(t − 1, l) + ln P(l, t) inside those products.

    Raises
    ------
    NoCommonProduct
        Three such periods share no product.
    """
    block = panel.dense()
    steps = np.zeros(len(panel))
    for period in range(1, len(panel)):
        for link in range(len(panel)):
            steps[period] += _linked(panel, block, period, link) / len(panel)
    return np.asarray(np.cumsum(steps))


def _linked(panel: Panel, block: Block, period: int, link: int) -> float:
    """Ln P(t − 1, l) + ln P(l, t) by Törnqvist inside the products of all three."""
    three = [period - 1, link, period]
    shared = block.present[three].all(axis=0)
    value, logs = block.expenditure[three][:, shared], block.log_price[three][:, shared]
    total = value.sum(axis=1, keepdims=True)
    if not (total > 0).all():
        raise NoCommonProduct(panel.periods[link], panel.periods[period])
    share = value / total
    return float(((share[:2] + share[1:]) * np.diff(logs, axis=0)).sum() / 2)


def _connected(panel: Panel, flow: Floats) -> None:
    """Refuse periods that no chain of shared products joins to the first one."""
    linked = np.abs(flow) > 0
    reached = np.zeros(len(panel), dtype=bool)
    reached[0] = True
    while True:
        wider = reached | linked[reached].any(axis=0) | linked[:, reached].any(axis=1)
        if (wider == reached).all():
            break
        reached = wider
    if not reached.all():
        raise NoCommonProduct(panel.periods[0], panel.periods[int(np.flatnonzero(~reached)[0])])
