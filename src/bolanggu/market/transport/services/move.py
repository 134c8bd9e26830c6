"""Depart, arrive, and times of legs as somebody states them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.transport.models import Booking, BookingLeg, LegTime
from bolanggu.market.transport.services.errors import TimeStated, need_state
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.evidence import Tense


@requires("booking", "depart")
@transaction.atomic
def depart(*, by: Actor, at: datetime, number: str) -> Booking:
    """The cargo leaves on its first leg; said again, it changes nothing.

    Raises
    ------
    BookingNotOpen
        The booking is not confirmed.
    """
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    if booking.state == Booking.State.DEPARTED:
        return booking
    need_state(booking, [Booking.State.CONFIRMED], "departed")
    booking.state = Booking.State.DEPARTED
    booking.save(update_fields=["state"])
    _state(_leg(booking, 1), LegTime.Point.DEPART, Tense.ACTUAL, at, by, at)
    outbox.write(kind="booking.departed", subject=number, at=at, by=by, payload={"shipment": booking.shipment})
    return booking


@requires("booking", "depart")
@transaction.atomic
def arrive(*, by: Actor, at: datetime, number: str) -> Booking:
    """The cargo arrives with its last leg; said again, it changes nothing."""
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    if booking.state == Booking.State.ARRIVED:
        return booking
    need_state(booking, [Booking.State.DEPARTED], "arrived")
    booking.state = Booking.State.ARRIVED
    booking.save(update_fields=["state"])
    last = booking.legs.filter(version=booking.version).order_by("-sequence")[0]
    _state(last, LegTime.Point.ARRIVE, Tense.ACTUAL, at, by, at)
    outbox.write(kind="booking.arrived", subject=number, at=at, by=by, payload={"shipment": booking.shipment})
    return booking


@requires("booking", "time")
@transaction.atomic
def state_time(
    *, by: Actor, at: datetime, number: str, sequence: int, point: str, tense: Tense, when: datetime
) -> LegTime:
    """State when a leg departs or arrives. Each statement is kept; an actual time is stated once.

    Parameters
    ----------
    sequence, point
        The leg, from 1, and ``depart`` or ``arrive``.
    tense, when
        Planned, estimated or actual, and the time itself.

    Raises
    ------
    TimeStated
        Another actual time stands already.
    """
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    stated = _state(_leg(booking, sequence), LegTime.Point(point), tense, when, by, at)
    payload = {"leg": sequence, "point": point, "tense": tense.value, "when": when.isoformat()}
    outbox.write(kind="booking.time_stated", subject=number, at=at, by=by, payload=payload)
    return stated


def _leg(booking: Booking, sequence: int) -> BookingLeg:
    return BookingLeg.objects.get(booking=booking, version=booking.version, sequence=sequence)


def _state(leg: BookingLeg, point: LegTime.Point, tense: Tense, when: datetime, by: Actor, at: datetime) -> LegTime:
    if tense is Tense.ACTUAL:
        standing = LegTime.objects.filter(leg=leg, point=point, tense=tense.value).first()
        if standing is not None and standing.at != when:
            raise TimeStated(f"leg {leg.sequence}: actual {point} is {standing.at.isoformat()}, not {when.isoformat()}")
        if standing is not None:
            return standing
    key = {"leg": leg, "point": point, "tense": tense.value, "stated_at": at}
    stated, _ = LegTime.objects.get_or_create(**key, defaults={"at": when, "source": by.source.value})
    return stated
