"""Connections (航线与班列): which lines and roads lead to one destination, from facts where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bolanggu.engines.routing.carbon import Line as CarbonLine
from bolanggu.engines.routing.carbon import emit
from bolanggu.market.transport.assumptions import assumed, lines
from bolanggu.market.transport.itinerary import Basis, Stage
from bolanggu.market.transport.places import Place, Port, Stop, airports, ports, terminals
from bolanggu.market.transport.registry import factors
from bolanggu.values.place import Position

KM_PER_NAUTICAL_MILE = 1.852  # exact, International Hydrographic Conference 1929


@dataclass(frozen=True, slots=True)
class Connection:
    """A line (``per_week`` departures) or a road (``per_week`` 0, open at any time) between two stages.

    ``minutes`` and ``cutoff`` in minutes, ``cost`` in US cents a TEU, ``carbon`` for one TEU.
    """

    id: str
    mode: str
    origin: Stage
    destination: Stage
    km: int
    minutes: int
    per_week: int
    cutoff: int
    cost: int
    carbon: CarbonLine
    basis: Basis


def origin() -> Stage:
    """Where every journey starts: Yiwu's rail port and the warehouses around it."""
    stop = terminals()[lines()["origin"]["code"]]
    return Stage(stop.code, stop.name, stop.position)


def seaport() -> Stage:
    """The city's seaport, Ningbo."""
    port = ports()[lines()["origin"]["port"]]
    return Stage(port.code, "Ningbo", port.position)


def stage(at: Place | Port | Stop) -> Stage:
    """A destination, port, terminal or airport as a place on the way."""
    return Stage(at.code, at.name, at.position)


def drive(one: Stage, other: Stage) -> Connection:
    """A truck between two stages; the distance is the great circle with an assumed detour."""
    rules = assumed("road")
    km = max(1, round(one.position.distance_km(other.position) * rules["detour"]["value"]))
    minutes = round((km / rules["km_h"]["value"] + rules["fixed_h"]["value"]) * 60)
    cost = _cents(rules["usd_fixed_teu"]["value"] + km * rules["usd_per_km_teu"]["value"])
    return _connection(("road", "road"), (one, other), (km, minutes, 0, 0), cost, rules["factor"])


def shuttle() -> Connection:
    """The rail shuttle from Yiwu to the quay at Ningbo."""
    facts, rules = lines()["shuttle"], assumed("rail")
    cost = _cents(facts["km"] * rules["usd_per_km_teu"]["value"])
    times = (facts["km"], round(facts["days"] * 1440), facts["per_day"] * 7, 6 * 60)
    ends = (origin(), seaport())
    return _connection((facts["id"], "rail"), ends, times, cost, rules["factor"], Basis.GENERATED)


def sail(port: Port, scenario: str) -> list[Connection]:
    """The ships from Ningbo to a port: a direct line, or a main line to its hub and a feeder from there.

    Where the hub would be a long detour a small ship goes straight. A port within a closed canal is reached by none.
    """
    if scenario not in port.km:
        return []
    rules, direct = assumed("sea"), assumed("sea.direct_ports")
    if port.code in direct:
        return [_ship(rules, (seaport(), stage(port)), port.km[scenario], direct[port.code])]
    hub = ports()[port.hub]
    feeder = {**rules, **rules["feeder"]}
    weekly = feeder["per_week"]["value"]
    if hub.km[scenario] + port.hub_km > port.km[scenario] * feeder["longest_detour"]["value"]:
        return [_ship(feeder, (seaport(), stage(port)), port.km[scenario], weekly)]
    feeder["cutoff_h"] = feeder["transhipment_h"]
    main = _ship(rules, (seaport(), stage(hub)), hub.km[scenario], direct[hub.code])
    return [main, _ship(feeder, (stage(hub), stage(port)), port.hub_km, weekly)]


def rail(id_: str, facts: dict[str, Any]) -> Connection:
    """A train of the city's own lines; what its facts leave out is assumed."""
    rules = assumed("rail")
    ends = origin(), stage(terminals()[facts["to"]])
    km = facts.get("km") or round(ends[0].position.distance_km(ends[1].position) * rules["detour"]["value"])
    days = facts.get("days") or km / rules["km_per_day"]["value"]
    per_week = facts.get("per_week") or rules["per_week"]["value"]
    basis = Basis.GENERATED if {"days", "per_week"} <= facts.keys() else Basis.ASSUMED
    times = (km, round(days * 1440), per_week, rules["cutoff_h"]["value"] * 60)
    return _connection(
        (id_, "rail"), ends, times, _cents(km * rules["usd_per_km_teu"]["value"]), rules["factor"], basis
    )


def fly(one: Stop, other: Stop, per_week: int = 0, id_: str = "") -> Connection:
    """A flight; airports that are no large ones are reached by a second flight."""
    rules = assumed("air")
    direct = other.code in rules["gateways"]
    km = round(one.position.distance_km(other.position))
    hours = km / rules["km_h"]["value"] + rules["ground_h"]["value"]
    if not (direct or per_week):
        hours += rules["other_extra_h"]["value"]
    weekly = per_week or rules["direct_per_week" if direct else "other_per_week"]["value"]
    cost = _cents((rules["usd_fixed_kg"]["value"] + km * rules["usd_per_km_kg"]["value"]) * 1000)
    cost *= assumed("tonnes_per_teu")
    times = (km + rules["extra_km"]["value"], round(hours * 60), weekly, rules["cutoff_h"]["value"] * 60)
    basis = Basis.GENERATED if per_week else Basis.ASSUMED
    name = id_ or f"AIR-{one.code}-{other.code}"
    return _connection((name, "air"), (stage(one), stage(other)), times, cost, rules["factor"], basis)


def airport(code: str) -> Stop:
    """An airport by IATA code."""
    return airports()[code]


def _ship(rules: dict[str, Any], ends: tuple[Stage, Stage], km: int, per_week: int) -> Connection:
    sailing = km / (rules["knots"]["value"] * KM_PER_NAUTICAL_MILE)
    minutes = round((sailing + km / 1000 * rules["port_h_per_1000_km"]["value"]) * 60)
    cost = _cents(rules["usd_fixed_teu"]["value"] + km * rules["usd_per_km_teu"]["value"])
    times = (km, minutes, per_week, rules["cutoff_h"]["value"] * 60)
    return _connection((f"SEA-{ends[0].code}-{ends[1].code}", "sea"), ends, times, cost, rules["factor"])


def _connection(
    name: tuple[str, str],
    ends: tuple[Stage, Stage],
    times: tuple[int, int, int, int],
    cost: int,
    factor: str,
    basis: Basis = Basis.ASSUMED,
) -> Connection:
    km, minutes, per_week, cutoff = times
    tonnes = Decimal(assumed("tonnes_per_teu"))
    label = f"{name[1]} {ends[0].code} - {ends[1].code}"
    carbon = emit(label, factors()[factor], teu=Decimal(1), tonnes=tonnes, km=Decimal(km))
    return Connection(*name, *ends, km, max(1, minutes), per_week, cutoff, cost, carbon, basis)


def _cents(dollars: float) -> int:
    return round(dollars * 100)


def near(position: Position, stops: list[Stop], count: int, reach_km: float) -> list[Stop]:
    """The ``count`` nearest stops within ``reach_km`` by the great circle."""
    ranked = sorted((stop.position.distance_km(position), stop.code, stop) for stop in stops)
    return [stop for km, _, stop in ranked[:count] if km <= reach_km]
