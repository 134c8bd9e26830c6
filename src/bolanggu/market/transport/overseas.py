"""Overseas warehouses (海外仓): places of the city's network with stock, from which buyers are served by road."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from bolanggu.data import city
from bolanggu.market.transport.connections import Connection, drive, stage
from bolanggu.market.transport.itinerary import Stage
from bolanggu.market.transport.places import connected, find
from bolanggu.values.place import Position


@dataclass(frozen=True, slots=True)
class Station:
    """An overseas warehouse; ``position`` is None where only its name is known: then it serves nobody yet."""

    code: str
    name: str
    name_zh: str
    country: str
    position: Position | None


@cache
def stations() -> dict[str, Station]:
    """All overseas warehouses of the city's network.

    >>> sorted(stations())
    ['AFRICA-STATION', 'CZ-STATION', 'DUBAI-STATION']
    """
    with (city("yiwu") / "network" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "overseas_warehouse"]
    return {
        row["code"]: Station(
            row["code"],
            row["name"],
            row["name_zh"],
            row["country"],
            Position(float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None,
        )
        for row in rows
    }


def last_mile(code: str, to: str) -> Connection | None:
    """The truck from a station to a buyer's place; None where the station's place is not known or no road leads there.

    >>> last_mile("CZ-STATION", "DEMUC").mode, last_mile("AFRICA-STATION", "ZADUR")
    ('road', None)
    """
    station, place = stations()[code], find(to)
    if station.position is None or not connected(station.country, place.country):
        return None
    return drive(Stage(station.code, station.name, station.position), stage(place))


def nearest(to: str) -> list[tuple[Station, Connection]]:
    """Stations that reach a place by road, the nearest first."""
    reached = [(station, way) for code, station in stations().items() if (way := last_mile(code, to))]
    return sorted(reached, key=lambda pair: (pair[1].minutes, pair[0].code))
