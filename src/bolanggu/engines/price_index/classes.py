"""Classes (分类): an index for each class of goods, and their fixed-basket aggregate, which adds up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.price_index.fault import NoCommonProduct
from bolanggu.engines.price_index.panel import Floats, Panel

#: Products that the table of classes does not name are kept together under this name.
UNCLASSIFIED = "unclassified"


@dataclass(frozen=True)
class ClassIndex:
    """One class.

    Attributes
    ----------
    name, products
        The class and how many of its products were sold.
    value
        T values, 1 in the first period; None when there is no series.
    weight
        Share of the first period's expenditure among the classes that have a series; 0 without one.
    why
        Why there is no series, or None.
    """

    name: str
    products: int
    value: Floats | None
    weight: float
    why: str | None

    @property
    def contribution(self) -> Floats | None:
        """Weight · (value − 1): the classes' contributions add up to the aggregate's change since the first period."""
        return None if self.value is None else np.asarray(self.weight * (self.value - 1.0))


def by_class(panel: Panel, class_of: Mapping[str, str], index: Callable[[Panel], Floats]) -> list[ClassIndex]:
    """Compute the index inside every class.

    A class without a sale in some period, or with periods that cannot be compared, gets no series and says why.

    >>> from bolanggu.engines.price_index.methods import index as price_index
    >>> from bolanggu.engines.price_index.panel import build
    >>> two = build(["1", "2"] * 2, ["pen", "pen", "cup", "cup"], np.array([1.0, 2.0, 3.0, 3.0]), np.ones(4))
    >>> found = by_class(two, {"pen": "paper"}, lambda p: price_index(p, "geks-fisher"))
    >>> [(one.name, one.weight, one.value.round(9).tolist()) for one in found]
    [('paper', 0.25, [1.0, 2.0]), ('unclassified', 0.75, [1.0, 1.0])]
    """
    names = np.array([class_of.get(product, UNCLASSIFIED) for product in panel.products])
    series: list[tuple[str, int, Floats | None, float, str | None]] = []
    for name in sorted(set(names.tolist())):
        part = panel.only(np.flatnonzero(names == name))
        value, why = _series(part, index)
        series.append((name, len(part.products), value, float(part.totals()[0]) if value is not None else 0.0, why))
    whole = sum(spent for *_, spent, _ in series)
    return [
        ClassIndex(name, count, value, spent / whole if whole else 0.0, why)
        for name, count, value, spent, why in series
    ]


def _series(part: Panel, index: Callable[[Panel], Floats]) -> tuple[Floats | None, str | None]:
    empty = np.flatnonzero(np.diff(part.start) == 0)
    if len(empty):
        return None, f"nothing sold in {part.periods[int(empty[0])]}"
    try:
        return index(part), None
    except NoCommonProduct as fault:
        return None, str(fault)


def aggregate(classes: list[ClassIndex]) -> Floats | None:
    """Σ weight · value over the classes that have a series (first-period weights); None if none has."""
    parts = [one.contribution for one in classes if one.contribution is not None]
    return 1.0 + np.sum(parts, axis=0) if parts else None
