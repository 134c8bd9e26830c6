"""Bilateral formulas (双边指数) between all pairs of periods at once, as sums over matched products.

For nearly every formula the sum over the products that periods k and t share is an entry of one matrix product X·Yᵀ
of period × product matrices with zeros for absent products, so all T² pairs cost a few matrix products. Two formulas
(Sato–Vartia, Geary–Khamis of two periods) weigh each product by a mix of both periods and go pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from bolanggu.engines.price_index.fault import NoCommonProduct
from bolanggu.engines.price_index.panel import Block, Floats, Pair, Panel

Feature = Callable[[Block], Floats]

#: Up to this many cells the dense blocks are kept between sums (five matrices of 8 bytes a cell: 0.4 GB).
KEPT_CELLS = 10_000_000


class Sums:
    """Sums over matched products for all pairs: entry [k, t] runs over the products sold in both k and t."""

    def __init__(self, panel: Panel, *, sigma: float = 2.0) -> None:
        self.panel = panel
        self.sigma = sigma
        small = len(panel) * len(panel.products) <= KEPT_CELLS
        self._kept = list(panel.blocks()) if small else None

    def _sum(self, left: Feature, right: Feature) -> Floats:
        total = np.zeros((len(self.panel), len(self.panel)))
        for block in self._kept or self.panel.blocks():
            total += left(block) @ right(block).T
        return total

    @cached_property
    def count(self) -> Floats:
        """Number of matched products."""
        return self._sum(lambda b: b.present, lambda b: b.present)

    @cached_property
    def value(self) -> Floats:
        """Expenditure of period k on products matched with period t."""
        return self._sum(lambda b: b.expenditure, lambda b: b.present)

    @cached_property
    def price(self) -> Floats:
        """Σ p(k)."""
        return self._sum(lambda b: b.price, lambda b: b.present)

    @cached_property
    def relative(self) -> Floats:
        """Σ p(k) / p(t)."""
        return self._sum(lambda b: b.price, lambda b: b.inverse_price)

    @cached_property
    def log_relative(self) -> Floats:
        """Σ ln(p(t) / p(k))."""
        logs = self._sum(lambda b: b.log_price, lambda b: b.present)
        return logs.T - logs

    @cached_property
    def basket(self) -> Floats:
        """Σ q(k) p(t): the basket of period k at the prices of period t."""
        return self._sum(lambda b: b.quantity, lambda b: b.price)

    @cached_property
    def weighted_log(self) -> Floats:
        """Σ e(k) ln(p(t) / p(k))."""
        own = self._sum(lambda b: b.expenditure * b.log_price, lambda b: b.present)
        return self._sum(lambda b: b.expenditure, lambda b: b.log_price) - own

    @cached_property
    def root_basket(self) -> Floats:
        """Σ p(k) √(q(k) q(t))."""
        return self._sum(lambda b: b.price * np.sqrt(b.quantity), lambda b: np.sqrt(b.quantity))

    @cached_property
    def weighted_relative(self) -> Floats:
        """Σ e(k) p(k) / p(t)."""
        return self._sum(lambda b: b.expenditure * b.price, lambda b: b.inverse_price)

    @cached_property
    def substitution(self) -> Floats:
        """Σ e(k) (p(t) / p(k))^(1 − σ)."""
        power = 1.0 - self.sigma
        return self._sum(
            lambda b: b.expenditure * np.exp(-power * b.log_price),
            lambda b: b.present * np.exp(power * b.log_price),
        )

    @cached_property
    def base_basket(self) -> Floats:
        """Σ p(k) q(0) over products that the first period sold too."""
        return self._sum(lambda b: b.price * b.quantity[0], lambda b: b.present)

    @cached_property
    def base_relative(self) -> Floats:
        """Σ e(0) p(k) / p(t) over products that the first period sold too."""
        return self._sum(lambda b: b.price * b.expenditure[0], lambda b: b.inverse_price)

    @cached_property
    def base_value(self) -> Floats:
        """Σ e(0) over products sold in the first period, k and t."""
        return self._sum(lambda b: b.present * b.expenditure[0], lambda b: b.present)


def _stuvel(s: Sums) -> Floats:
    half = (s.basket - s.basket.T) / s.value / 2
    return np.asarray(half + np.sqrt(half**2 + s.value.T / s.value))


def _ces(s: Sums) -> Floats:
    if s.sigma == 1.0:
        return np.asarray(np.exp(s.weighted_log / s.value))
    return np.asarray((s.substitution / s.value) ** (1.0 / (1.0 - s.sigma)))


def _tornqvist(s: Sums) -> Floats:
    forward = s.weighted_log / s.value
    return np.asarray(np.exp((forward - forward.T) / 2))


#: Formula → matrix of P(k, t), the index of period t with base period k. The time-product dummy of two periods,
#: weighted by the mean of both shares, is the Törnqvist index.
MATRIX: dict[str, Callable[[Sums], Floats]] = {
    "jevons": lambda s: np.exp(s.log_relative / s.count),
    "dutot": lambda s: s.price.T / s.price,
    "carli": lambda s: s.relative.T / s.count,
    "harmonic": lambda s: s.count / s.relative,
    "cswd": lambda s: np.sqrt(s.relative.T / s.relative),
    "laspeyres": lambda s: s.basket / s.value,
    "paasche": lambda s: s.value.T / s.basket.T,
    "fisher": lambda s: np.sqrt(s.basket / s.value * s.value.T / s.basket.T),
    "drobish": lambda s: (s.basket / s.value + s.value.T / s.basket.T) / 2,
    "tornqvist": _tornqvist,
    "tpd": _tornqvist,
    "walsh": lambda s: s.root_basket.T / s.root_basket,
    "marshalledgeworth": lambda s: (s.basket + s.value.T) / (s.value + s.basket.T),
    "geomlaspeyres": lambda s: np.exp(s.weighted_log / s.value),
    "geompaasche": lambda s: np.exp(-(s.weighted_log / s.value).T),
    "palgrave": lambda s: s.weighted_relative.T / s.value.T,
    "stuvel": _stuvel,
    "ces": _ces,
    "lowe": lambda s: s.base_basket.T / s.base_basket,
    "young": lambda s: s.base_relative.T / s.base_value,
}


def _satovartia(pair: Pair) -> float:
    before, after = pair.share0, pair.share1
    gap = np.log(after / before)
    weight = before * np.divide(np.expm1(gap), gap, where=gap != 0, out=np.ones_like(gap))
    return float(np.exp(weight @ np.log(pair.price1 / pair.price0) / weight.sum()))


def _gk(pair: Pair) -> float:
    weight = pair.quantity0 * pair.quantity1 / (pair.quantity0 + pair.quantity1)
    return float((pair.price1 @ weight) / (pair.price0 @ weight))


#: Formula → index of one pair, for the formulas that no matrix product gives.
ONE_BY_ONE: dict[str, Callable[[Pair], float]] = {"satovartia": _satovartia, "gk": _gk}

FORMULAS = (*MATRIX, *ONE_BY_ONE)


def compare(panel: Panel, formula: str, wanted: Iterable[tuple[int, int]], *, sigma: float = 2.0) -> Floats:
    """Logarithms of P(k, t) for the wanted pairs of periods; NaN elsewhere is possible.

    Parameters
    ----------
    panel
        T periods.
    formula
        One of `FORMULAS`.
    wanted
        Pairs (k, t) that the caller will read.
    sigma
        Elasticity of substitution, read by ``ces`` only.

    Returns
    -------
    T × T matrix: entry [k, t] is ln of the index of period t with base period k.

    Raises
    ------
    NoCommonProduct
        A wanted pair shares no product.
    """
    pairs = list(wanted)
    if formula in ONE_BY_ONE:
        return _pair_by_pair(panel, ONE_BY_ONE[formula], pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        matrix = np.log(MATRIX[formula](Sums(panel, sigma=sigma)))
    np.fill_diagonal(matrix, 0.0)
    if not np.isfinite(matrix).all():
        for earlier, later in pairs:
            if not np.isfinite(matrix[earlier, later]):
                raise NoCommonProduct(panel.periods[earlier], panel.periods[later])
    return np.asarray(matrix)


def _pair_by_pair(panel: Panel, index: Callable[[Pair], float], pairs: list[tuple[int, int]]) -> Floats:
    matrix = np.full((len(panel), len(panel)), np.nan)
    np.fill_diagonal(matrix, 0.0)
    for earlier, later in pairs:
        if not np.isnan(matrix[earlier, later]):
            continue
        pair = panel.pair(earlier, later).bought()
        if not len(pair):
            raise NoCommonProduct(panel.periods[earlier], panel.periods[later])
        matrix[earlier, later] = np.log(index(pair))
        matrix[later, earlier] = -matrix[earlier, later]
    return matrix
