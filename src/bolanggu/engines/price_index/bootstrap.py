"""Bootstrap intervals (自助法区间): how much the index would move had other products been sold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.price_index.fault import NoCommonProduct
from bolanggu.engines.price_index.panel import Floats, Panel, sparse


@dataclass(frozen=True)
class Interval:
    """Percentile interval of each period's value.

    Attributes
    ----------
    lower, upper
        Bounds, one for each period; both 1 in the first.
    level
        Nominal coverage, such as 0.95.
    draws
        Resamples that gave an index.
    failed
        Resamples in which two periods shared no product; they are left out of the bounds and counted here.
    """

    lower: Floats
    upper: Floats
    level: float
    draws: int
    failed: int


def bootstrap(
    panel: Panel, index: Callable[[Panel], Floats], *, draws: int = 500, seed: int, level: float = 0.95
) -> Interval:
    """Resample products with replacement, whole price histories together, and take percentiles.

    Parameters
    ----------
    panel
        T periods × N products.
    index
        Gives T values for a panel of the same periods, such as ``lambda p: methods.index(p, "geks-fisher")``.
    draws, seed, level
        Number of resamples, seed of the generator, nominal coverage.

    Raises
    ------
    NoCommonProduct
        No resample at all gave an index.

    Examples
    --------
    >>> from bolanggu.engines.price_index.methods import index as price_index
    >>> from bolanggu.engines.price_index.panel import build
    >>> pens = build(["1", "2"] * 2, ["a", "a", "b", "b"], np.array([1.0, 2.0, 1.0, 2.0]), np.ones(4))
    >>> found = bootstrap(pens, lambda p: price_index(p, "fixed-jevons"), draws=10, seed=1)
    >>> found.lower.tolist(), found.upper.tolist()
    ([1.0, 2.0], [1.0, 2.0])
    """
    generator = np.random.default_rng(seed)
    block, count = panel.dense(), len(panel.products)
    names = tuple(str(number) for number in range(count))
    values: list[Floats] = []
    last: NoCommonProduct | None = None
    for _ in range(draws):
        chosen = generator.integers(0, count, count)
        try:
            values.append(index(sparse(panel.periods, names, block, chosen)))
        except NoCommonProduct as fault:
            last = fault
    if not values:
        raise last or ValueError("a bootstrap needs at least one draw")
    tail = (1.0 - level) / 2
    lower, upper = np.quantile(np.array(values), (tail, 1.0 - tail), axis=0)
    return Interval(lower, upper, level, len(values), draws - len(values))
