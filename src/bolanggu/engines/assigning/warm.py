"""Compile the kernels once, on two bookings."""

from __future__ import annotations

from bolanggu.engines.assigning.assign import assign
from bolanggu.engines.assigning.book import Wish, book


def warm() -> None:
    """Run one assignment with a departure that is too small, so that every kernel is compiled and on disk."""
    wishes = [Wish(2, ((0, 10), (1, 30)), 100), Wish(2, ((0, 10), (1, 12)), 100), Wish(1, ((0, 5),), 50)]
    assign(book(wishes, space=[2, 2]))
