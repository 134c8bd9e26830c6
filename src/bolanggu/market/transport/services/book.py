"""Book space on a chosen way, and confirm the booking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.models import Booking, BookingLeg, LegTime, Way
from bolanggu.market.transport.services.errors import CutoffMissed, NoWay, need_state
from bolanggu.market.transport.services.space import take
from bolanggu.market.transport.sketch import leg_data, sheet_data
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.numbering.services import take as take_number
from bolanggu.values.evidence import Tense
from bolanggu.values.money import Money


@requires("booking", "request")
@transaction.atomic
def book(
    *,
    by: Actor,
    at: datetime,
    shipment: str,
    journeys: Sequence[Journey],
    chosen: int,
    service: str,
    teu: int,
    freight: Money,
    boxes: Mapping[str, int] | None = None,
) -> Booking:
    """Keep the ways that were planned and request space on the chosen one. A shipment that is booked stays as it is.

    Parameters
    ----------
    journeys, chosen
        The Pareto set as `plan` gave it, and the index of the one to take.
    service
        FCL, LCL or AIR.
    teu
        Hundredths of a TEU, also for groupage and air cargo.
    freight
        What the carrier asks for the whole booking.
    boxes
        Estimated containers, type to count.

    Raises
    ------
    NoWay
        No journeys, or ``chosen`` is none of them.
    CutoffMissed
        The first cut-off of the chosen way is over.
    DepartureFull
        A departure has too little space.
    """
    standing = Booking.objects.exclude(state=Booking.State.CANCELLED).filter(market=1, shipment=shipment).first()
    if standing is not None:
        return standing
    way = pick(journeys, chosen, at)
    booking = Booking.objects.create(
        number=f"SO{take_number('booking'):08d}",
        shipment=shipment,
        service=service,
        destination=way.destination,
        teu=teu,
        boxes=dict(boxes or {}),
        freight_minor=freight.minor,
        currency=freight.currency,
        version=_next_version(shipment),
        source=by.source.value,
        stated_at=at,
    )
    take_way(booking, journeys, chosen, by=by, at=at)
    facts = {"shipment": shipment, "destination": way.destination, "teu": teu, "mode_chain": way.mode_chain}
    outbox.write(kind="booking.requested", subject=booking.number, at=at, by=by, payload=facts)
    return booking


@requires("booking", "confirm")
@transaction.atomic
def confirm(*, by: Actor, at: datetime, number: str) -> Booking:
    """The carrier confirms a requested booking; confirming it again changes nothing."""
    booking = Booking.objects.select_for_update().get(market=1, number=number)
    if booking.state == Booking.State.CONFIRMED:
        return booking
    need_state(booking, [Booking.State.REQUESTED], "confirmed")
    booking.state = Booking.State.CONFIRMED
    booking.save(update_fields=["state"])
    outbox.write(kind="booking.confirmed", subject=number, at=at, by=by, payload={"shipment": booking.shipment})
    return booking


def pick(journeys: Sequence[Journey], chosen: int, at: datetime) -> Journey:
    """The chosen journey, if there is one and its first cut-off is not over."""
    if not 0 <= chosen < len(journeys):
        raise NoWay(f"way {chosen} is not among the {len(journeys)} planned; plan first and choose one of them")
    way = journeys[chosen]
    if not way.legs:
        raise NoWay(f"the goods are in {way.destination} already; nothing is to be booked")
    if at > way.legs[0].cutoff:
        cutoff = way.legs[0].cutoff
        raise CutoffMissed(f"the first cut-off was {cutoff:%Y-%m-%d %H:%M}Z, it is {at:%Y-%m-%d %H:%M}Z; plan again")
    return way


def take_way(booking: Booking, journeys: Sequence[Journey], chosen: int, *, by: Actor, at: datetime) -> None:
    """Write the ways, and the legs of the chosen one with their space and planned times."""
    Way.objects.bulk_create(
        [
            _way(booking, journey, position, position - 1 == chosen, by, at)
            for position, journey in enumerate(journeys, 1)
        ]
    )
    for sequence, leg in enumerate(journeys[chosen].legs, 1):
        row = BookingLeg.objects.create(
            booking=booking,
            version=booking.version,
            sequence=sequence,
            departure=take(leg, booking.teu, by=by, at=at),
            mode=leg.mode,
            origin=leg.origin.code,
            destination=leg.destination.code,
            km=leg.km,
            cutoff_at=leg.cutoff,
        )
        times = ((LegTime.Point.DEPART, leg.depart), (LegTime.Point.ARRIVE, leg.arrive))
        stated = {"tense": Tense.PLANNED.value, "source": by.source.value, "stated_at": at}
        LegTime.objects.bulk_create([LegTime(leg=row, point=point, at=when, **stated) for point, when in times])


def _next_version(shipment: str) -> int:
    last = Way.objects.filter(market=1, shipment=shipment).order_by("-version").first()
    return last.version + 1 if last else 1


def _way(booking: Booking, journey: Journey, position: int, chosen: bool, by: Actor, at: datetime) -> Way:
    return Way(
        shipment=booking.shipment,
        version=booking.version,
        position=position,
        destination=journey.destination,
        scenario=journey.scenario,
        mode_chain=journey.mode_chain,
        ready_at=journey.ready,
        arrives_at=journey.arrive,
        cost_minor=journey.cost.minor,
        currency=journey.cost.currency,
        co2e_g=journey.co2e_g,
        legs=[leg_data(leg) for leg in journey.legs],
        sheet=sheet_data(journey.sheet),
        chosen=chosen,
        source=by.source.value,
        stated_at=at,
    )
