"""Contributions (贡献): which products moved a GEKS-Törnqvist index. They add up to ln I(t) exactly."""

from __future__ import annotations

import numpy as np

from bolanggu.engines.price_index.fault import NoCommonProduct
from bolanggu.engines.price_index.pairs import Sums
from bolanggu.engines.price_index.panel import Block, Floats, Panel


def contributions(panel: Panel) -> Floats:
    """Each product's part of ln I(t) of GEKS-Törnqvist over one window of all periods.

    With t's part of a product's ln P(k, t) being ½ (s(k) + s(t)) ln(p(t) / p(k)) inside the matched set, the part of
    ln I(t) is the mean over k of its parts of ln P(0, k) and ln P(k, t). O(T² N).

    Returns
    -------
    T × N matrix; the sum over products is ln I(t).

    Raises
    ------
    NoCommonProduct
        Two periods share no product.

    Examples
    --------
    >>> from bolanggu.engines.price_index.panel import build
    >>> pens = build(["1", "2"] * 2, ["a", "a", "b", "b"], np.array([1.0, 2.0, 3.0, 3.0]), np.ones(4))
    >>> contributions(pens).round(4).tolist()
    [[0.0, 0.0], [0.2253, 0.0]]
    """
    value = Sums(panel).value
    if not (value > 0).all():
        earlier, later = np.argwhere(~(value > 0))[0]
        raise NoCommonProduct(panel.periods[min(earlier, later)], panel.periods[max(earlier, later)])
    parts = [_of_block(block, value) for block in panel.blocks()]
    return np.concatenate(parts, axis=1)


def _of_block(block: Block, value: Floats) -> Floats:
    present, logs, spent = block.present, block.log_price, block.expenditure
    level = np.zeros_like(logs)
    for period in range(len(logs)):
        both = present * present[period]
        share = (spent / value[:, period, None] + spent[period] / value[period][:, None]) * both
        level[period] = (share * (logs[period] - logs)).sum(axis=0) / 2 / len(logs)
    return np.asarray(level - level[0])
