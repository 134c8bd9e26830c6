"""Imputation (插补) of prices that are missing in some periods of a window."""

from __future__ import annotations

import numpy as np

from bolanggu.engines.price_index.panel import Panel


def carry(panel: Panel) -> Panel:
    """Carry the last price forward, and the first one back to the start; imputed cells have quantity 0.

    A carried price says "unchanged" where nothing was seen: it pulls every index towards 1, so ask for it by name only.

    >>> from bolanggu.engines.price_index.panel import build
    >>> gap = build(["1", "2", "2", "3"], ["a", "b", "a", "b"], np.array([2.0, 5.0, 3.0, 6.0]), np.ones(4))
    >>> carry(gap).price.tolist(), carry(gap).quantity.tolist()
    ([2.0, 5.0, 3.0, 5.0, 3.0, 6.0], [1.0, 0.0, 1.0, 1.0, 0.0, 1.0])
    """
    block = panel.dense()
    periods = np.arange(len(panel))[:, None]
    seen = block.present > 0
    last = np.maximum.accumulate(np.where(seen, periods, -1), axis=0)
    source = np.where(last >= 0, last, seen.argmax(axis=0))
    product = np.tile(np.arange(len(panel.products)), len(panel))
    return Panel(
        panel.periods,
        panel.products,
        product,
        np.take_along_axis(block.price, source, axis=0).ravel(),
        block.quantity.ravel(),
        np.arange(len(panel) + 1) * len(panel.products),
    )
