"""Take and give back space on departures. No two bookings get the same space: the row's condition decides."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.itinerary import Leg
from bolanggu.market.transport.models import BookingLeg, Departure
from bolanggu.market.transport.services.errors import DepartureFull
from bolanggu.platform.accounts.grants import Actor


def take(leg: Leg, teu: int, *, by: Actor, at: datetime) -> Departure | None:
    """Take ``teu`` hundredths on the departure of a leg; None for a drive.

    Raises
    ------
    DepartureFull
        The departure has less left.
    """
    if not leg.service:
        return None
    key = {
        "service": leg.service,
        "origin": leg.origin.code,
        "destination": leg.destination.code,
        "departs_at": leg.depart,
    }
    facts = {
        "mode": leg.mode,
        "arrives_at": leg.arrive,
        "cutoff_at": leg.cutoff,
        "basis": leg.basis.value,
        "space": assumed("space")[leg.mode]["value"] * 100,
        "source": by.source.value,
        "stated_at": at,
    }
    departure, _ = Departure.objects.get_or_create(market=1, **key, defaults=facts)
    room = Departure.objects.filter(pk=departure.pk, taken__lte=F("space") - teu)
    if not room.update(taken=F("taken") + teu):
        departure.refresh_from_db()
        left = (departure.space - departure.taken) / 100
        raise DepartureFull(
            f"{leg.service} of {leg.depart:%Y-%m-%d %H:%M}Z has {left:g} TEU left, {teu / 100:g} are asked for; "
            "plan again with a later ready time or choose another way"
        )
    return departure


def give_back(booking: int, version: int, teu: int) -> None:
    """Give back the space of one version of a booking's legs."""
    departures = BookingLeg.objects.filter(booking=booking, version=version, departure__isnull=False)
    Departure.objects.filter(pk__in=departures.values("departure")).update(taken=F("taken") - teu)


def take_more(booking: int, version: int, teu: int) -> None:
    """Take ``teu`` hundredths more, or give back less than none, on the departures of a booking's legs.

    Raises
    ------
    DepartureFull
        A departure has less left.
    """
    for leg in BookingLeg.objects.filter(booking=booking, version=version, departure__isnull=False):
        room = Departure.objects.filter(pk=leg.departure_id, taken__lte=F("space") - teu)
        if not room.update(taken=F("taken") + teu):
            raise DepartureFull(f"leg {leg.sequence} from {leg.origin} has no {teu / 100:g} TEU more; roll the booking")
