"""Prices of space (舱位影子价): a price a unit on each departure, and the bound that it proves.

With any prices ≥ 0 the sum of each booking's cheapest choice, prices included, less the price of all space, is no
more than the best assignment costs, split bookings allowed (Lagrange; Fisher 1981). At the best prices both meet: it
is the optimum of the flow. Subgradient steps (Polyak 1969), measured by the way to a cost that is known to be
reached, smoothed and halved where they stop helping, come near it.
"""

from __future__ import annotations

import numpy as np

from bolanggu.engines.assigning.book import Book
from bolanggu.engines.assigning.kernel import Floats, Ints, kernel


def price(book: Book, start: Floats, *, goal: int, steps: int) -> tuple[Floats, float]:
    """Prices of space per unit on each departure, and the lower bound that they prove.

    Parameters
    ----------
    start
        Prices to begin with.
    goal
        What some assignment costs; steps are measured by the way to it.
    steps
        Each is one pass over all choices.
    """
    prices, best = start.copy(), start.copy()
    columns = book.size, book.unserved, book.start, book.choice, book.cost, book.space
    return best, climb(*columns, prices, best, steps, float(goal))


@kernel
def climb(
    size: Ints,
    unserved: Ints,
    start: Ints,
    choice: Ints,
    cost: Ints,
    space: Ints,
    prices: Floats,
    best: Floats,
    rounds: int,
    goal: float,
) -> float:
    """Raise the bound; ``best`` are the prices that prove what is returned."""
    bound, pace, idle = -np.inf, 1.0, 0
    way, excess = np.zeros(len(space)), np.empty(len(space))
    for _ in range(rounds + 1):
        now = _ask(size, unserved, start, choice, cost, space, prices, excess)
        if now > bound:
            bound, idle = now, 0
            best[:] = prices
        else:
            idle += 1
        if idle >= 10:
            pace, idle = pace * 0.5, 0
            prices[:] = best
            way[:] = 0.0
        elif not _step(goal - now, pace, prices, excess, way):
            break
    return bound


@kernel
def _ask(
    size: Ints, unserved: Ints, start: Ints, choice: Ints, cost: Ints, space: Ints, prices: Floats, excess: Floats
) -> float:
    """The bound of these prices, and in ``excess`` what is asked for beyond each departure's space."""
    total = 0.0
    for departure in range(len(space)):
        excess[departure] = -space[departure]
        total -= prices[departure] * space[departure]
    for booking in range(len(size)):
        least, taken = float(unserved[booking]), -1
        for place in range(start[booking], start[booking + 1]):
            asked = cost[place] + size[booking] * prices[choice[place]]
            if asked < least:
                least, taken = asked, choice[place]
        total += least
        if taken >= 0:
            excess[taken] += size[booking]
    return total


@kernel
def _step(missing: float, pace: float, prices: Floats, excess: Floats, way: Floats) -> bool:
    """Move the prices along the excess, smoothed; False where there is none."""
    length = 0.0
    for departure in range(len(prices)):
        if prices[departure] <= 0.0 and excess[departure] < 0.0:
            excess[departure] = 0.0
        way[departure] = excess[departure] + 0.9 * way[departure]
        length += way[departure] * way[departure]
    if length == 0.0:
        return False
    for departure in range(len(prices)):
        prices[departure] = max(0.0, prices[departure] + pace * max(missing, 0.0) / length * way[departure])
    return True
