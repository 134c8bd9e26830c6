"""Relief (疏解): bookings pushed on from overfull departures along the cheapest chains, until none is overfull.

Everyone starts at the cheapest choice, prices included. Near the best prices almost all of them stay; what is too
much moves along chains a → b → c, each booking to a next choice of its own, found as shortest paths (Dijkstra 1959)
over departures with what a move costs a unit, prices included, as length. No chain makes a departure fuller than it
may be, so every chain brings the end nearer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bolanggu.engines.assigning.kernel import Floats, Ints, kernel

NOWHERE = -1


class Market(NamedTuple):
    """A book with prices, as kernels read it."""

    size: Ints
    unserved: Ints
    start: Ints
    choice: Ints
    cost: Ints
    prices: Floats


class Seats(NamedTuple):
    """Who is where: ``at[booking]`` index into ``choice``; ``left`` space; guests of a departure as linked lists."""

    at: Ints
    left: Ints
    head: Ints
    after: Ints
    ahead: Ints


class Search(NamedTuple):
    """One search: by departure its distance, the booking that moves there, to which place, and whether it is settled.

    The last entry of each is for being left behind.
    """

    distance: Floats
    mover: Ints
    place: Ints
    settled: Ints


def seats(bookings: int, space: Ints) -> Seats:
    """Nobody is anywhere."""
    empty = [np.full(count, NOWHERE, dtype=np.int64) for count in (bookings, len(space), bookings, bookings)]
    return Seats(empty[0], space.copy(), empty[1], empty[2], empty[3])


def search(departures: int) -> Search:
    """Memory for searches."""
    columns = [np.empty(departures + 1, dtype=np.int64) for _ in range(3)]
    return Search(np.empty(departures + 1), *columns)


@kernel
def sit(market: Market, to: Seats, booking: int, place: int) -> None:
    """Give a booking a place; it has none."""
    departure = market.choice[place]
    to.at[booking] = place
    to.left[departure] -= market.size[booking]
    to.after[booking], to.ahead[booking] = to.head[departure], NOWHERE
    if to.head[departure] != NOWHERE:
        to.ahead[to.head[departure]] = booking
    to.head[departure] = booking


@kernel
def leave(market: Market, of: Seats, booking: int) -> None:
    """Take a booking from its place, if it has one."""
    if of.at[booking] == NOWHERE:
        return
    departure = market.choice[of.at[booking]]
    of.left[departure] += market.size[booking]
    if of.ahead[booking] == NOWHERE:
        of.head[departure] = of.after[booking]
    else:
        of.after[of.ahead[booking]] = of.after[booking]
    if of.after[booking] != NOWHERE:
        of.ahead[of.after[booking]] = of.ahead[booking]
    of.at[booking] = NOWHERE


@kernel
def cheapest(market: Market, to: Seats) -> None:
    """Everyone at the cheapest choice, whatever room there is."""
    for booking in range(len(market.size)):
        least, taken = float(market.unserved[booking]), NOWHERE
        for place in range(market.start[booking], market.start[booking + 1]):
            asked = market.cost[place] + market.size[booking] * market.prices[market.choice[place]]
            if asked < least:
                least, taken = asked, place
        if taken != NOWHERE:
            sit(market, to, booking, taken)


@kernel
def regrets(market: Market, out: Floats) -> None:
    """What each booking loses a unit, prices included, if its cheapest choice is not to be had."""
    for booking in range(len(market.size)):
        least, second = float(market.unserved[booking]), np.inf
        for place in range(market.start[booking], market.start[booking + 1]):
            asked = market.cost[place] + market.size[booking] * market.prices[market.choice[place]]
            if asked < least:
                least, second = asked, least
            elif asked < second:
                second = asked
        out[booking] = (second - least) / market.size[booking]


@kernel
def seat(market: Market, to: Seats, order: Ints) -> None:
    """In the given order everyone takes the cheapest choice with room, prices included."""
    for booking in order:
        units = market.size[booking]
        least, taken = float(market.unserved[booking]), NOWHERE
        for place in range(market.start[booking], market.start[booking + 1]):
            asked = market.cost[place] + units * market.prices[market.choice[place]]
            if asked < least and to.left[market.choice[place]] >= units:
                least, taken = asked, place
        if taken != NOWHERE:
            sit(market, to, booking, taken)


@kernel
def relieve(market: Market, of: Seats, memory: Search, most: int) -> None:
    """Push on from every overfull departure; after ``most`` chains those that are too many are left behind."""
    chains = 0
    for departure in range(len(of.left)):
        while of.left[departure] < 0:
            if chains < most:
                _push(market, of, memory, departure, _find(market, of, memory, departure))
            else:
                leave(market, of, of.head[departure])
            chains += 1


@kernel
def _find(market: Market, of: Seats, memory: Search, source: int) -> int:
    """The nearest departure with room for who comes, or the last number: left behind."""
    nowhere = len(of.left)
    memory.distance[:] = np.inf
    memory.settled[:] = 0
    memory.distance[source] = 0.0
    while True:
        nearest, least = nowhere, memory.distance[nowhere]
        for departure in range(nowhere):
            if memory.settled[departure] == 0 and memory.distance[departure] < least:
                nearest, least = departure, memory.distance[departure]
        if nearest == nowhere:
            return nowhere
        coming = 0 if nearest == source else market.size[memory.mover[nearest]]
        if nearest != source and of.left[nearest] >= coming:
            return nearest
        memory.settled[nearest] = 1
        _look(market, of, memory, nearest, coming - max(of.left[nearest], 0), least)


@kernel
def _look(market: Market, of: Seats, memory: Search, departure: int, need: int, base: float) -> None:
    """Reach from a departure what its guests of at least ``need`` may take instead."""
    guest, nowhere = of.head[departure], len(of.left)
    while guest != NOWHERE:
        units = market.size[guest]
        if units >= need:
            standing = market.cost[of.at[guest]] + units * market.prices[departure]
            far = base + max(0.0, market.unserved[guest] - standing) / units
            if far < memory.distance[nowhere]:
                memory.distance[nowhere], memory.mover[nowhere], memory.place[nowhere] = far, guest, NOWHERE
            for place in range(market.start[guest], market.start[guest + 1]):
                other = market.choice[place]
                if memory.settled[other] == 0:
                    far = base + max(0.0, market.cost[place] + units * market.prices[other] - standing) / units
                    if far < memory.distance[other]:
                        memory.distance[other], memory.mover[other], memory.place[other] = far, guest, place
        guest = of.after[guest]


@kernel
def _push(market: Market, of: Seats, memory: Search, source: int, end: int) -> None:
    """Move everyone along the chain, from its end."""
    node = end
    while node != source:
        booking, place = memory.mover[node], memory.place[node]
        node = market.choice[of.at[booking]]
        leave(market, of, booking)
        if place != NOWHERE:
            sit(market, of, booking, place)


@kernel
def fill(market: Market, of: Seats, passes: int) -> int:
    """Move bookings to where there is room and it is cheaper; what was gained."""
    gained = 0
    for _ in range(passes):
        before = gained
        for booking in range(len(market.size)):
            standing = of.at[booking]
            least = market.unserved[booking] if standing == NOWHERE else market.cost[standing]
            now, taken = least, NOWHERE
            for place in range(market.start[booking], market.start[booking + 1]):
                if market.cost[place] < least and of.left[market.choice[place]] >= market.size[booking]:
                    least, taken = market.cost[place], place
            if taken != NOWHERE:
                gained += now - least
                leave(market, of, booking)
                sit(market, of, booking, taken)
        if gained == before:
            break
    return gained
