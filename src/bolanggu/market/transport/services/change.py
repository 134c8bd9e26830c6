"""Roll a booking to later departures, or cancel it; its space is given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.models import Booking
from bolanggu.market.transport.services.book import pick, take_way
from bolanggu.market.transport.services.errors import NoWay, need_state
from bolanggu.market.transport.services.space import give_back
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires

OPEN = (Booking.State.REQUESTED, Booking.State.CONFIRMED)


@requires("booking", "roll")
@transaction.atomic
def roll(*, by: Actor, at: datetime, number: str, journeys: Sequence[Journey], chosen: int, reason: str) -> Booking:
    """Move a booking that has not left to another way (甩柜, 改配); the old legs stay as an earlier version.

    Raises
    ------
    BookingNotOpen
        It has left, arrived or been cancelled.
    NoWay, CutoffMissed, DepartureFull
        As in `book`; also a way to another destination.
    """
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    need_state(booking, OPEN, "rolled")
    way = pick(journeys, chosen, at)
    if way.destination != booking.destination:
        raise NoWay(f"booking {number} goes to {booking.destination}, the way to {way.destination}; book anew")
    give_back(booking.pk, booking.version, booking.teu)
    booking.version, booking.state, booking.reason = booking.version + 1, Booking.State.REQUESTED, reason
    booking.save(update_fields=["version", "state", "reason"])
    take_way(booking, journeys, chosen, by=by, at=at)
    payload = {"shipment": booking.shipment, "version": booking.version, "reason": reason}
    outbox.write(kind="booking.rolled", subject=number, at=at, by=by, payload=payload)
    return booking


@requires("booking", "cancel")
@transaction.atomic
def cancel(*, by: Actor, at: datetime, number: str, reason: str) -> Booking:
    """Cancel a booking that has not left; cancelling it again changes nothing. The reason must not be empty."""
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    if booking.state == Booking.State.CANCELLED:
        return booking
    need_state(booking, OPEN, "cancelled")
    give_back(booking.pk, booking.version, booking.teu)
    booking.state, booking.reason = Booking.State.CANCELLED, reason
    booking.save(update_fields=["state", "reason"])
    outbox.write(kind="booking.cancelled", subject=number, at=at, by=by, payload={"reason": reason})
    return booking
