"""The panel (面板): unit values of products by period, the one form of data that every index method reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bolanggu.engines.price_index.labels import Integers, Labels, positions

Floats = NDArray[np.float64]

#: Products worked on at a time: T × 8192 float64 stay inside the second-level cache for T up to about 30.
BLOCK = 8192


@dataclass(frozen=True)
class Block:
    """Some products of a panel as dense matrices, periods × products; 0 where a product is absent."""

    price: Floats
    quantity: Floats
    present: Floats

    @cached_property
    def expenditure(self) -> Floats:
        """Price × quantity."""
        return self.price * self.quantity

    @property
    def _price_or_one(self) -> Floats:
        """The price, 1 where absent: one pass of a whole array is quicker than a masked one."""
        return np.asarray(self.price + (1.0 - self.present))

    @cached_property
    def log_price(self) -> Floats:
        """Natural logarithm of the price, 0 where absent."""
        return np.asarray(np.log(self._price_or_one))

    @cached_property
    def inverse_price(self) -> Floats:
        """1 / price, 0 where absent."""
        return np.asarray(self.present / self._price_or_one)


@dataclass(frozen=True)
class Pair:
    """The products that two periods share: prices and quantities of the earlier (0) and the later (1) period."""

    price0: Floats
    price1: Floats
    quantity0: Floats
    quantity1: Floats

    def __len__(self) -> int:
        return len(self.price0)

    def bought(self) -> Pair:
        """Without products whose quantity is 0 in either period (imputed prices carry none)."""
        both = (self.quantity0 > 0) & (self.quantity1 > 0)
        return Pair(self.price0[both], self.price1[both], self.quantity0[both], self.quantity1[both])

    @property
    def share0(self) -> Floats:
        """Expenditure shares of the earlier period, taken inside the matched set."""
        value = self.price0 * self.quantity0
        return np.asarray(value / value.sum())

    @property
    def share1(self) -> Floats:
        """Expenditure shares of the later period, taken inside the matched set."""
        value = self.price1 * self.quantity1
        return np.asarray(value / value.sum())


@dataclass(frozen=True)
class Panel:
    """Unit values and quantities, one cell for each product and period, sorted by period, then product.

    Attributes
    ----------
    periods, products
        Labels in ascending order as text.
    product
        For each cell the position of its product in ``products``.
    price, quantity
        Unit value and total quantity of each cell.
    start
        ``start[t] : start[t + 1]`` are the cells of period ``t``.
    """

    periods: tuple[str, ...]
    products: tuple[str, ...]
    product: Integers
    price: Floats
    quantity: Floats
    start: Integers

    def __len__(self) -> int:
        return len(self.periods)

    def cells(self, period: int) -> slice:
        """Where the cells of one period lie."""
        return slice(int(self.start[period]), int(self.start[period + 1]))

    def blocks(self, size: int = BLOCK) -> Iterator[Block]:
        """All products as dense matrices, ``size`` products at a time."""
        for low in range(0, len(self.products), size):
            yield self.dense(low, min(low + size, len(self.products)))

    def dense(self, low: int = 0, high: int | None = None) -> Block:
        """Products ``low`` to ``high`` (exclusive) as dense matrices."""
        high = len(self.products) if high is None else high
        price, quantity, present = (np.zeros((len(self), high - low)) for _ in range(3))
        for period in range(len(self)):
            cells = self.cells(period)
            inside = cells.start + np.searchsorted(self.product[cells], (low, high))
            chosen = slice(int(inside[0]), int(inside[1]))
            columns = self.product[chosen] - low
            price[period, columns] = self.price[chosen]
            quantity[period, columns] = self.quantity[chosen]
            present[period, columns] = 1.0
        return Block(price, quantity, present)

    def pair(self, earlier: int, later: int) -> Pair:
        """What two periods share; empty when they share no product."""
        first, second = self.cells(earlier), self.cells(later)
        where = np.full(len(self.products), -1, dtype=np.int64)
        where[self.product[first]] = np.arange(first.start, first.stop)
        left = where[self.product[second]]
        both = left >= 0
        left, right = left[both], np.arange(second.start, second.stop)[both]
        return Pair(self.price[left], self.price[right], self.quantity[left], self.quantity[right])

    def window(self, first: int, last: int) -> Panel:
        """The panel of periods ``first`` to ``last``, both included; products keep their positions."""
        cells = slice(int(self.start[first]), int(self.start[last + 1]))
        return Panel(
            self.periods[first : last + 1],
            self.products,
            self.product[cells],
            self.price[cells],
            self.quantity[cells],
            self.start[first : last + 2] - self.start[first],
        )

    def only(self, products: Integers) -> Panel:
        """The panel of some products, given by ascending position; a product named twice counts twice.

        Periods in which none of them was sold stay, with no cells.
        """
        block = self.dense()
        return sparse(self.periods, tuple(self.products[product] for product in products.tolist()), block, products)

    @property
    def expenditure(self) -> Floats:
        """Expenditure of each cell."""
        return self.price * self.quantity

    @property
    def period(self) -> Integers:
        """For each cell the position of its period in ``periods``."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def totals(self) -> Floats:
        """Expenditure of each period."""
        return np.bincount(self.period, weights=self.expenditure, minlength=len(self)).astype(np.float64)


def sparse(periods: tuple[str, ...], products: tuple[str, ...], block: Block, columns: Integers) -> Panel:
    """A panel of some columns of dense matrices; the inverse of `Panel.dense`."""
    period, product = np.nonzero(block.present[:, columns])
    start = np.searchsorted(period, np.arange(len(periods) + 1))
    cells = period, columns[product]
    return Panel(periods, products, product, block.price[cells], block.quantity[cells], start)


def build(period: Labels, product: Labels, price: Floats, quantity: Floats) -> Panel:
    """Bring rows into a panel: several rows of one product in one period become their unit value Σpq / Σq.

    Row order does not matter. O(rows · log rows).

    Parameters
    ----------
    period, product
        Labels, one for each row, as text in a sequence or (fastest) a numpy array; periods sort as text.
    price, quantity
        Finite and positive, one for each row (`reading` checks what comes from outside).

    Examples
    --------
    >>> panel = build(["2026-01"] * 2, ["pen"] * 2, np.array([1.0, 2.0]), np.array([30.0, 10.0]))
    >>> float(panel.price[0]), float(panel.quantity[0])
    (1.25, 40.0)
    """
    periods, period_at = positions(period)
    products, product_at = positions(product)
    key = period_at * len(products) + product_at
    if not (key[1:] >= key[:-1]).all():
        order = np.argsort(key, kind="stable")
        key, price, quantity = key[order], price[order], quantity[order]
    fresh = np.flatnonzero(np.diff(key, prepend=-1))
    if len(fresh) < len(key):
        value = np.add.reduceat(price * quantity, fresh)
        quantity = np.add.reduceat(quantity, fresh)
        single = np.diff(fresh, append=len(key)) == 1
        price = np.where(single, price[fresh], value / quantity)
        key = key[fresh]
    start = np.searchsorted(key, np.arange(len(periods) + 1) * len(products))
    return Panel(periods, products, key % len(products) if len(key) else key, price, quantity, start)
