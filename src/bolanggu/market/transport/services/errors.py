"""What can go wrong with a booking."""

from __future__ import annotations

from collections.abc import Collection

from bolanggu.market.transport.models import Booking


class DepartureFull(ValueError):
    """A departure has less space than is asked for."""

    code = "departure_full"


class CutoffMissed(ValueError):
    """The cargo would come after the cut-off of its first leg."""

    code = "cutoff_missed"


class BookingNotOpen(ValueError):
    """The booking's state does not allow this act."""

    code = "booking_not_open"


class NoWay(ValueError):
    """Nothing was planned, or the chosen journey is none of those planned."""

    code = "no_way"


class TimeStated(ValueError):
    """The actual time stands already and differs."""

    code = "time_stated"


def need_state(booking: Booking, allowed: Collection[str], act: str) -> None:
    """Raise BookingNotOpen unless the booking is in one of the allowed states."""
    if booking.state not in allowed:
        raise BookingNotOpen(f"booking {booking.number} is {booking.state}; only {' or '.join(allowed)} can be {act}")
