"""One door to every index method: ``fixed-X``, ``chained-X``, ``geks-X``, ``gk``, ``wtpd``, ``intgeks``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.price_index import multilateral
from bolanggu.engines.price_index.fault import UnknownMethod, WindowRefused
from bolanggu.engines.price_index.pairs import FORMULAS, compare
from bolanggu.engines.price_index.panel import Floats, Panel
from bolanggu.engines.price_index.splice import DEFAULT_SPLICE, check_window, roll

_WHOLE: dict[str, Callable[[Panel], Floats]] = {
    "gk": multilateral.geary_khamis,
    "wtpd": multilateral.time_product_dummy,
    "intgeks": multilateral.intersection_geks,
}
_FAMILIES = ("fixed", "chained", "geks")


@dataclass(frozen=True, slots=True)
class Method:
    """A method's family, and its bilateral formula where it has one.

    >>> Method.parse("geks-tornqvist")
    Method(family='geks', formula='tornqvist')
    """

    family: str
    formula: str | None = None

    @classmethod
    def parse(cls, name: str) -> Method:
        """Read a name such as ``chained-fisher`` or ``gk``.

        Raises
        ------
        UnknownMethod
            The message lists what there is.
        """
        if name in _WHOLE:
            return cls(name)
        family, dash, formula = name.partition("-")
        if family in _FAMILIES and dash and formula in FORMULAS:
            return cls(family, formula)
        ways = ", ".join((*(f"{family}-X" for family in _FAMILIES), *_WHOLE))
        raise UnknownMethod(f"{name!r} is not a method; choose {ways} with X one of {', '.join(FORMULAS)}")

    def __str__(self) -> str:
        return self.family if self.formula is None else f"{self.family}-{self.formula}"

    @property
    def multilateral(self) -> bool:
        """True if the method looks at all periods of a window together."""
        return self.family not in ("fixed", "chained")


def index(
    panel: Panel,
    method: Method | str,
    *,
    window: int | None = None,
    splice: str | None = None,
    sigma: float = 2.0,
) -> Floats:
    """The price index of a panel: T values, 1 in the first period.

    Parameters
    ----------
    panel
        T periods, as `panel.build` makes it.
    method
        A `Method` or its name.
    window
        Periods in a rolling window, for multilateral methods; None is one window over everything.
    splice
        How windows are joined, one of `splice.SPLICES`; ``mean_pub`` if not said.
    sigma
        Elasticity of substitution of the formula ``ces``.

    Raises
    ------
    UnknownMethod, WindowRefused
        The question makes no sense.
    NoCommonProduct
        The data cannot answer it: two periods that must be compared share nothing.

    Examples
    --------
    >>> from bolanggu.engines.price_index.panel import build
    >>> one = build(["2026-01", "2026-02"], ["pen", "pen"], np.array([2.0, 3.0]), np.array([1.0, 1.0]))
    >>> index(one, "geks-tornqvist").round(12).tolist()
    [1.0, 1.5]
    """
    method = Method.parse(method) if isinstance(method, str) else method
    width = _width(panel, method, window, splice)
    if method.family == "fixed":
        wanted = [(0, later) for later in range(1, len(panel))]
        return np.asarray(np.exp(compare(panel, method.formula or "", wanted, sigma=sigma)[0]))
    if method.family == "chained":
        wanted = [(later - 1, later) for later in range(1, len(panel))]
        links = np.diagonal(compare(panel, method.formula or "", wanted, sigma=sigma), 1)
        return np.asarray(np.exp(np.concatenate(([0.0], np.cumsum(links)))))
    if method.family == "geks":
        pairs = compare(panel, method.formula or "", _near(len(panel), width), sigma=sigma)
        return _published(panel, width, splice, lambda a, b: multilateral.geks(pairs[a : b + 1, a : b + 1]))
    whole = _WHOLE[method.family]
    return _published(panel, width, splice, lambda first, last: whole(panel.window(first, last)))


def _published(panel: Panel, width: int, splice: str | None, one: Callable[[int, int], Floats]) -> Floats:
    return np.asarray(np.exp(roll(len(panel), width, splice or DEFAULT_SPLICE, one)))


def _width(panel: Panel, method: Method, window: int | None, splice: str | None) -> int:
    if not method.multilateral:
        if window is not None or splice is not None:
            raise WindowRefused(f"{method} compares two periods at a time; a window or splice means nothing to it")
        return len(panel)
    if window is None:
        if splice is not None:
            raise WindowRefused(f"the {splice} splice joins windows; say how many periods a window has")
        return max(2, len(panel))
    check_window(window, splice or DEFAULT_SPLICE)
    return window


def _near(count: int, width: int) -> list[tuple[int, int]]:
    """Pairs of periods that some window holds, the earlier first; a growing window holds as many as its width."""
    return [(k, t) for k in range(count) for t in range(k + 1, min(count, k + width))]
