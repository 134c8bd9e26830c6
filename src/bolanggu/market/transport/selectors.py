"""Reads of ways, bookings and departures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.transport.itinerary import Kept
from bolanggu.market.transport.models import Booking, Departure, LegTime, StationStock, Way
from bolanggu.values.money import Money


def journeys(shipment: str) -> list[dict[str, Any]]:
    """The ways that a shipment chose from, by arrival: the last version; cost and CO2e per TEU, sheet and legs."""
    rows = Way.objects.filter(market=1, shipment=shipment).order_by("-version", "position")
    last = rows.first()
    return [_way(row) for row in rows if last and row.version == last.version]


def _way(row: Way) -> dict[str, Any]:
    return {
        "mode_chain": row.mode_chain,
        "arrive": row.arrives_at.isoformat(),
        "cost": float(Money(row.currency, row.cost_minor).decimal()),
        "cost_minor": row.cost_minor,
        "currency": row.currency,
        "per": "TEU",
        "co2e_kg": row.co2e_g / 1000,
        "scenario": row.scenario,
        "chosen": row.chosen,
        "legs": row.legs,
        "carbon": row.sheet,
    }


def kept_ways(shipment: str) -> list[tuple[Kept, bool]]:
    """The last ways that a shipment chose from, as they are priced, and whether each was taken."""
    rows = Way.objects.filter(market=1, shipment=shipment).order_by("-version", "position")
    last = rows.first()
    return [
        (Kept(Money(row.currency, row.cost_minor), row.co2e_g, row.mode_chain, row.arrives_at), row.chosen)
        for row in rows
        if last and row.version == last.version
    ]


def booking(shipment: str) -> dict[str, Any] | None:
    """The live booking of a shipment with its legs and their times, or None."""
    row = Booking.objects.filter(market=1, shipment=shipment).exclude(state=Booking.State.CANCELLED).first()
    if row is None:
        return None
    names = (
        "number",
        "state",
        "service",
        "destination",
        "teu",
        "boxes",
        "version",
        "freight_minor",
        "currency",
        "reason",
    )
    return {**{name: getattr(row, name) for name in names}, "legs": legs(row.number)}


def legs(number: str) -> list[dict[str, Any]]:
    """The legs of a booking as they stand, with the latest planned, estimated and actual time of each end."""
    row = Booking.objects.get(market=1, number=number)
    found = (
        row.legs.filter(version=row.version).order_by("sequence").prefetch_related("times").select_related("departure")
    )
    return [
        {
            "sequence": leg.sequence,
            "mode": leg.mode,
            "service": leg.departure.service if leg.departure else "",
            "from": leg.origin,
            "to": leg.destination,
            "km": leg.km,
            "cutoff": leg.cutoff_at.isoformat(),
            **_times(sorted(leg.times.all(), key=lambda time: (time.stated_at, time.pk))),
        }
        for leg in found
    ]


def _times(times: list[LegTime]) -> dict[str, dict[str, str]]:
    """Per point and tense the time that was stated last."""
    latest: dict[str, dict[str, str]] = {"depart": {}, "arrive": {}}
    for time in times:
        latest[time.point][time.tense] = time.at.isoformat()
    return latest


def space_left(since: datetime) -> dict[tuple[str, datetime], float]:
    """TEU left on every departure that somebody booked, by service and time, for `planning.plan`."""
    rows = Departure.objects.filter(market=1, departs_at__gte=since).values_list(
        "service", "departs_at", "space", "taken"
    )
    return {(service, departs_at): (space - taken) / 100 for service, departs_at, space, taken in rows}


def stock(product: str = "", station: str = "") -> list[dict[str, Any]]:
    """Stock of overseas warehouses, of one kind of goods or one station where given; what is empty is left out."""
    rows = StationStock.objects.filter(market=1, pieces__gt=0)
    rows = rows.filter(product=product) if product else rows
    rows = rows.filter(station=station) if station else rows
    return list(rows.order_by("station", "product").values("station", "product", "pieces"))


def space(service: str) -> list[dict[str, Any]]:
    """Departures of a service by date, with what is left in hundredths of a TEU."""
    rows = Departure.objects.filter(market=1, service=service).order_by("departs_at")
    return [{"departs_at": row.departs_at.isoformat(), "left": row.space - row.taken} for row in rows]


def arrived_legs() -> list[dict[str, Any]]:
    """Legs whose actual arrival is stated: service, mode, planned and actual time."""
    rows = LegTime.objects.filter(market=1, point=LegTime.Point.ARRIVE, tense__in=["PLN", "ACT"]).order_by("stated_at")
    names = ("leg_id", "tense", "at", "leg__mode", "leg__departure__service")
    legs: dict[int, dict[str, Any]] = {}
    for row in rows.values(*names):
        leg = legs.setdefault(
            row["leg_id"], {"service": row["leg__departure__service"] or "", "mode": row["leg__mode"]}
        )
        leg["actual" if row["tense"] == "ACT" else "planned"] = row["at"]
    return [leg for leg in legs.values() if {"planned", "actual"} <= leg.keys()]
