"""Book (订舱簿): bookings with the departures that each may take, and departures with their space, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bolanggu.engines.assigning.kernel import Ints


class BookFault(ValueError):
    """The arrays of a book do not fit together."""

    code = "book_fault"


@dataclass(frozen=True, slots=True)
class Wish:
    """One booking: its size, what each departure (by index) would cost it, and the cost of ``unserved``."""

    size: int
    costs: tuple[tuple[int, int], ...]
    unserved: int


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Bookings in order of their number.

    ``size`` is space asked for (hundredths of a TEU, or any whole unit), at least 1; ``unserved`` the cost of leaving a
    booking behind. Booking b may take the departures ``choice[start[b]:start[b + 1]]`` at the cost beside.
    ``space`` is what each departure has, in the unit of ``size``.
    """

    size: Ints
    unserved: Ints
    start: Ints
    choice: Ints
    cost: Ints
    space: Ints

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        count = len(self.size)
        if len(self.unserved) != count or len(self.start) != count + 1 or len(self.choice) != len(self.cost):
            raise BookFault("give a size, an unserved cost and a start for each booking, and a cost for each choice")
        if count and (self.size.min() < 1 or self.start[0] != 0 or self.start[-1] != len(self.choice)):
            raise BookFault("a booking asks for 1 or more, and the starts run from 0 to the number of choices")
        if len(self.choice) and not 0 <= self.choice.min() <= self.choice.max() < len(self.space):
            raise BookFault(f"a choice is none of the {len(self.space)} departures")
        if len(self.space) and self.space.min() < 0:
            raise BookFault("a departure has less than no space")


def book(wishes: Sequence[Wish], space: Sequence[int]) -> Book:
    """Lay wishes out as arrays."""
    start = np.cumsum([0, *(len(wish.costs) for wish in wishes)])
    pairs = [pair for wish in wishes for pair in wish.costs]
    columns = ([wish.size for wish in wishes], [wish.unserved for wish in wishes], start)
    choices = ([departure for departure, _ in pairs], [cost for _, cost in pairs], space)
    return Book(*(np.array(column, dtype=np.int64) for column in (*columns, *choices)))
