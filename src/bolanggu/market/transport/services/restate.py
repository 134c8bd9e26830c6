"""State a booking anew: what is really to be carried takes more or less space than was booked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bolanggu.market.transport.models import Booking
from bolanggu.market.transport.services.change import OPEN
from bolanggu.market.transport.services.errors import need_state
from bolanggu.market.transport.services.space import take_more
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.money import Money


@requires("booking", "request")
@transaction.atomic
def restate(*, by: Actor, at: datetime, number: str, teu: int, freight: Money, boxes: Mapping[str, int]) -> Booking:
    """Change space, freight and boxes of a booking that has not left; the way stays. Said again, it changes nothing.

    Parameters
    ----------
    teu
        Hundredths of a TEU.

    Raises
    ------
    BookingNotOpen
        It has left, arrived or been cancelled.
    DepartureFull
        A departure of the way has not so much space left: roll the booking.
    """
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    asked = (teu, freight.minor, dict(boxes))
    if (booking.teu, booking.freight_minor, booking.boxes) == asked:
        return booking
    need_state(booking, OPEN, "stated anew")
    take_more(booking.pk, booking.version, teu - booking.teu)
    booking.teu, booking.freight_minor, booking.boxes = asked
    booking.save(update_fields=["teu", "freight_minor", "boxes"])
    payload = {"shipment": booking.shipment, "teu": teu, "freight": str(freight), "boxes": dict(boxes)}
    outbox.write(kind="booking.restated", subject=number, at=at, by=by, payload=payload)
    return booking
