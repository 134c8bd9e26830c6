"""What can be wrong with an act on orders."""

from __future__ import annotations


class OrderNotOpen(ValueError):
    """An order or line that is not in the state the act needs."""

    code = "order_not_open"


class UnknownOrder(LookupError):
    """No order or line goes by that number."""

    code = "unknown_order"


class MoreThanOrdered(ValueError):
    """A line was to be reduced to more pieces than it has."""

    code = "more_than_ordered"
