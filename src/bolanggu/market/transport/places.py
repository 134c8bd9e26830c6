"""Places (目的地): what a destination code means — a seaport, a rail terminal, an airport, or several in one town."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache

from bolanggu.data import city, read_csv
from bolanggu.market.transport.assumptions import assumed
from bolanggu.values.fault import Fault
from bolanggu.values.place import Position

#: An airport's code with its country in front is the UN/LOCODE of the town if the town's port is no farther than this.
SAME_TOWN_KM = 60
#: Which canals are open: all; Suez closed (Cape of Good Hope); Panama closed (Cape Horn, or by Suez); both closed.
SEA_SCENARIOS = ("suez", "cape", "horn", "capes")


class UnknownPlace(Fault):
    """No port, terminal or airport has this code; the message names the nearest ones."""


@dataclass(frozen=True, slots=True)
class Port:
    """A seaport: km by sea from Ningbo per scenario (empty: no way by sea), its feeder hub and lane point, if any."""

    code: str
    name: str
    position: Position
    terminal: bool
    km: dict[str, int] = field(hash=False)
    hub: str
    hub_km: int
    lane: int

    @property
    def by_sea(self) -> bool:
        """True if ships go there."""
        return bool(self.km)


@dataclass(frozen=True, slots=True)
class Stop:
    """An airport or a rail terminal."""

    code: str
    name: str
    country: str
    position: Position


@dataclass(frozen=True, slots=True)
class Place:
    """A destination with the port, terminal and airport that stand there."""

    code: str
    name: str
    country: str
    position: Position
    port: Port | None = None
    terminal: Stop | None = None
    airport: Stop | None = None


def find(code: str) -> Place:
    """Look a destination up: UN/LOCODE of a seaport or rail terminal, IATA code of an airport, or country + IATA code.

    >>> find("ESBCN").airport.code, find("MUC").country
    ('BCN', 'DE')

    Raises
    ------
    UnknownPlace
        No such code; the message names the nearest by spelling and by name.
    """
    wanted = code.strip().upper()
    port, terminal, airport = ports().get(wanted), terminals().get(wanted), _airport(wanted)
    main = port or terminal or airport
    if main is None:
        raise UnknownPlace("--to", f'"{code}" is no known port, rail terminal or airport; {_nearest(code)}')
    if airport and len(wanted) == 5 and airport.position.distance_km(main.position) > SAME_TOWN_KM:
        airport = None
    country = wanted[:2] if len(wanted) == 5 else main.country if isinstance(main, Stop) else ""
    return Place(wanted, main.name, country, main.position, port, terminal, airport)


def known(code: str) -> str:
    """The code in the form that all else uses, or UnknownPlace.

    >>> known(" esbcn ")
    'ESBCN'
    """
    return find(code).code


@cache
def ports() -> dict[str, Port]:
    """All seaports by code."""
    return {row["unlocode"]: _port(row) for row in read_csv("ports.csv")}


@cache
def terminals() -> dict[str, Stop]:
    """The rail terminals and airports of the city's own network, by code."""
    with (city("yiwu") / "network" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "rail_terminal" and len(row["code"]) == 5]
    return {row["code"]: Stop(row["code"], row["name"], row["country"], _position(row)) for row in rows}


@cache
def airports() -> dict[str, Stop]:
    """All airports by IATA code (from the Python package airportsdata, MIT)."""
    rows = read_csv("airports.csv")
    return {row["iata"]: Stop(row["iata"], row["name"], row["country"], _position(row)) for row in rows}


def landmass(country: str) -> str:
    """Where trucks of a country go without a ship: a continent, or the country itself if it is an island.

    >>> landmass("ES") == landmass("KZ"), landmass("JP")
    (True, 'JP')
    """
    masses = assumed("landmasses")
    if country in masses["islands"]:
        return country
    return next((name for name in ("north_america", "south_america", "africa") if country in masses[name]), "eurasia")


def connected(one: str, other: str) -> bool:
    """True if trucks go between two countries."""
    return one == other or landmass(one) == landmass(other)


def _port(row: dict[str, str]) -> Port:
    km = {name: int(row[f"km_{name}"]) for name in SEA_SCENARIOS if row[f"km_{name}"]}
    hub_km, lane = int(row["hub_km"] or 0), int(row["lane"] or -1)
    return Port(row["unlocode"], row["name"], _position(row), row["terminal"] == "1", km, row["hub"], hub_km, lane)


def _position(row: dict[str, str]) -> Position:
    return Position(float(row["lat"]), float(row["lon"]))


def _airport(code: str) -> Stop | None:
    if len(code) == 3:
        return airports().get(code)
    airport = airports().get(code[2:]) if len(code) == 5 else None
    return airport if airport and airport.country == code[:2] else None


def _nearest(text: str) -> str:
    """Name the nearest codes by spelling and the nearest places by name."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import Levenshtein

    names = {stop.code: stop.name for stop in airports().values()}
    names |= {stop.code: stop.name for stop in terminals().values()}
    names |= {port.code: port.name for port in ports().values()}
    wanted = text.strip().upper()
    close = process.extract(wanted, names.keys(), scorer=Levenshtein.distance, limit=3, score_cutoff=2)
    alike = process.extract(
        wanted, {c: n.upper() for c, n in names.items()}, scorer=fuzz.ratio, limit=3, score_cutoff=70
    )
    codes = dict.fromkeys([*(match[2] for match in alike), *(str(match[0]) for match in close)])
    if not codes:
        return "write a UN/LOCODE such as ESBCN, or an airport's IATA code such as BCN"
    return "nearest are " + ", ".join(f"{code} ({names[code]})" for code in codes)
