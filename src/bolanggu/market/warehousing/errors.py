"""What can be wrong with an act of the warehouse."""

from __future__ import annotations


class CountDoesNotAddUp(ValueError):
    """Received pieces are not the accepted and the rejected together."""

    code = "count_does_not_add_up"


class PackedMoreThanAccepted(ValueError):
    """More pieces were to be packed than the warehouse accepted."""

    code = "packed_more_than_accepted"


class NotInTheWarehouse(ValueError):
    """Cartons that the warehouse does not hold: they were loaded, withdrawn, or never packed."""

    code = "not_in_the_warehouse"


class NotCounted(LookupError):
    """A line of which nothing was counted yet."""

    code = "not_counted"
