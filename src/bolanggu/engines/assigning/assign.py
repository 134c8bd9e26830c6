"""Assign (配舱): the whole way from a book to an assignment, with the bound that tells how good it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolanggu.engines.assigning.book import Book
from bolanggu.engines.assigning.kernel import Floats, Ints
from bolanggu.engines.assigning.prices import price
from bolanggu.engines.assigning.relief import NOWHERE, Market, cheapest, fill, regrets, relieve, search, seat, seats

#: Steps towards the bound in each round, rounds, chains of relief, and passes that fill what room is left.
STEPS, ROUNDS, CHAINS, PASSES = 180, 2, 2500, 50


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """The departure of each booking, or -1 for one left behind; its cost, and a bound that no assignment is below.

    The bound is no more than the optimum of the flow, in which bookings may be split.
    """

    departure: Ints
    cost: int
    bound: float

    @property
    def gap(self) -> float:
        """How far the cost may be above the best, as a share of the bound."""
        return (self.cost - self.bound) / self.bound if self.bound > 0 else float(self.cost > self.bound)


def assign(book: Book, *, steps: int = STEPS) -> Assignment:
    """Give each booking one departure with room for all of it, or none, at nearly the least cost.

    Deterministic. Work grows with steps × choices.

    Examples
    --------
    >>> from bolanggu.engines.assigning.book import Wish, book
    >>> wishes = [Wish(2, ((0, 10), (1, 30)), 100), Wish(1, ((0, 10), (1, 12)), 100)]
    >>> found = assign(book(wishes, space=[2, 2]))
    >>> found.departure.tolist(), found.cost
    ([0, 1], 22)
    """
    prices, bound = np.zeros(len(book.space)), float("-inf")
    at = _seated(book, prices)
    for _ in range(ROUNDS):
        prices, bound = price(book, prices, goal=_cost(book, at), steps=steps)
        at = min(at, _seated(book, prices), key=lambda places: _cost(book, places))
    at = min(at, _relieved(book, prices), key=lambda places: _cost(book, places))
    departure = np.full(len(at), -1, dtype=np.int64)
    served = at != NOWHERE
    departure[served] = book.choice[at[served]]
    return Assignment(departure, _cost(book, at), bound)


def _seated(book: Book, prices: Floats) -> Ints:
    """The place of each booking: who would lose most chooses first, then what room is left is filled."""
    market, found = _market(book, prices), seats(len(book.size), book.space)
    regret = np.empty(len(book.size))
    regrets(market, regret)
    seat(market, found, np.argsort(-regret, kind="stable").astype(np.int64))
    fill(market, found, PASSES)
    return found.at


def _relieved(book: Book, prices: Floats) -> Ints:
    """The place of each booking: everyone at the cheapest, then relief, then what room is left is filled."""
    market, found = _market(book, prices), seats(len(book.size), book.space)
    cheapest(market, found)
    relieve(market, found, search(len(book.space)), CHAINS)
    fill(market, found, PASSES)
    return found.at


def _market(book: Book, prices: Floats) -> Market:
    return Market(book.size, book.unserved, book.start, book.choice, book.cost, prices)


def _cost(book: Book, at: Ints) -> int:
    served = at != NOWHERE
    return int(book.cost[at[served]].sum() + book.unserved[~served].sum())
