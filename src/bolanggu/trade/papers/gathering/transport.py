"""Boxes and booking (集装箱、订舱) of a shipment as the papers name them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.documents.facts import Booking, Box, Leg
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.places import find
from bolanggu.trade.papers.gathering.when import day, minute
from bolanggu.trade.papers.pictures import box_picture
from bolanggu.values.fault import Fault


def boxes_of(trade: str, shipment: str) -> tuple[tuple[Box, ...], dict[str, str]]:
    """Loaded boxes of a shipment with the trade's share in each, and the planned box that each carton lies in."""
    rows = [
        row for row in consolidation.boxes(trade) if row["plan__shipment"] == shipment and row["equipment"] is not None
    ]
    box_of = {placed[0]: row["plan__number"] for row in rows for placed in row["plan__placements"]}
    return tuple(_box(row) for row in rows), box_of


def _box(row: dict[str, Any]) -> Box:
    real = row["equipment"]
    return Box(
        plan=row["plan__number"],
        number=real["number"],
        seal=real["seal"],
        type=row["plan__type"],
        service=row["plan__service"],
        tare_g=real["tare_g"],
        payload_g=real["payload_g"],
        vgm_g=real["vgm_g"],
        box_cartons=row["plan__cartons"],
        box_gross_g=row["plan__gross_g"],
        cartons=row["cartons"],
        gross_g=row["grams"],
        cubic_mm=row["cubic_mm"],
        picture=box_picture(row["plan__number"]),
    )


def booking_of(shipment: str) -> Booking | None:
    """The live booking of a shipment, its legs by their planned times."""
    row = transport.booking(shipment)
    if row is None or not row["legs"]:
        return None
    names = _names(shipment)
    legs = tuple(_leg(leg, names) for leg in row["legs"])
    rides = [leg for leg in row["legs"] if leg["service"]]
    longest = max(rides, key=lambda leg: leg["km"]) if rides else None
    vessel = f"{longest['service']} {_planned(longest, 'depart'):%Y-%m-%d}" if longest else "truck"
    return Booking(row["number"], row["service"], row["state"], dict(row["boxes"]), legs, vessel)


def _names(shipment: str) -> dict[str, str]:
    """Names of the places on the ways that were to choose from."""
    legs = [leg for way in transport.journeys(shipment) for leg in way["legs"]]
    return {leg[end]: leg[f"{end}_name"] for leg in legs for end in ("from", "to")}


def _leg(leg: dict[str, Any], names: dict[str, str]) -> Leg:
    start, end = leg["from"], leg["to"]
    return Leg(
        mode=leg["mode"],
        service=leg["service"],
        origin=start,
        origin_name=names.get(start) or place_name(start),
        destination=end,
        destination_name=names.get(end) or place_name(end),
        departs_on=day(_planned(leg, "depart")),
        arrives_on=day(_planned(leg, "arrive")),
        cutoff=minute(datetime.fromisoformat(leg["cutoff"])),
    )


def _planned(leg: dict[str, Any], point: str) -> datetime:
    """The planned time; papers are drawn up before the goods move."""
    times = leg[point]
    return datetime.fromisoformat(times.get("PLN") or next(iter(times.values())))


@cache
def place_name(code: str) -> str:
    """Name of a place, its code where none is known."""
    try:
        return find(code).name
    except Fault:
        return code
