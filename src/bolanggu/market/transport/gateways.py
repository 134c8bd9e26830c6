"""Gateways (口岸与门户): the ports, terminals and airports through which a destination is reached."""

from __future__ import annotations

from bolanggu.market.transport import connections
from bolanggu.market.transport.assumptions import assumed, lines
from bolanggu.market.transport.connections import Connection, drive, fly, near, rail, sail, shuttle, stage
from bolanggu.market.transport.itinerary import Stage
from bolanggu.market.transport.places import Place, Port, airports, connected, ports, terminals


def connect(place: Place, scenario: str, closed: frozenset[str]) -> list[Connection]:
    """All connections that may serve a journey from Yiwu to one place.

    Parameters
    ----------
    place
        The destination.
    scenario
        Which canals are open, see `places.SEA_SCENARIOS`: which distances by sea hold.
    closed
        Border crossings and services that are shut, such as ``ALASHANKOU`` or ``YXO-MAD``.
    """
    found = [*_by_sea(place, scenario), *_by_rail(place, closed), *_by_air(place), *_by_road(place)]
    ends = {connection.destination.code: connection.destination for connection in found if connection.per_week}
    last = [drive(end, stage(place)) for end in ends.values() if _needs_road(end, place)]
    unique = {(one.id, one.origin.code, one.destination.code): one for one in (*found, *last)}
    return [one for one in unique.values() if one.id not in closed]


def _needs_road(end: Stage, place: Place) -> bool:
    return end.code not in {place.code, connections.seaport().code} and _reached(end, place)


def _reached(end: Stage, place: Place) -> bool:
    """True if trucks go from a stage to the place: not from a hub on another continent."""
    country = end.code[:2] if len(end.code) == 5 else airports()[end.code].country
    return connected(country, place.country)


def _by_sea(place: Place, scenario: str) -> list[Connection]:
    to_quay = [shuttle(), drive(connections.origin(), connections.seaport())]
    if place.code == connections.seaport().code:
        return to_quay
    legs = [leg for port in _ports_for(place) for leg in sail(port, scenario)]
    return [*to_quay, *legs] if legs else []


def _ports_for(place: Place) -> list[Port]:
    """The place's own port and a better served one nearby, or the nearest ports by road."""
    direct, home = assumed("sea.direct_ports"), connections.seaport().code
    served = [port for port in ports().values() if port.by_sea and port.code != home]
    reached = [port for port in served if connected(port.code[:2], place.country)]
    ranked = sorted(reached, key=lambda port: port.position.distance_km(place.position))
    if place.port and place.port.by_sea:
        reach = assumed("gateways.beside_port_km")
        beside = [port for port in ranked if port.code in direct and port.code[:2] == place.country][:1]
        near_by = [port for port in beside if port.position.distance_km(place.position) <= reach]
        return list({port.code: port for port in (place.port, *near_by)}.values())
    count = assumed("gateways.ports")
    at_home = [port for port in ranked if port.code[:2] == place.country and port.terminal]
    liners = [port for port in ranked if port.code in direct]
    return list({port.code: port for port in (*liners[: count - 1], *(at_home or ranked)[:1])}.values())


def _by_rail(place: Place, closed: frozenset[str]) -> list[Connection]:
    """The place's own terminal and the nearest others that trucks reach."""
    open_lines = {name: facts for name, facts in lines()["rail"].items() if not closed & {name, *facts["borders"]}}
    stops = [terminals()[code] for code in {facts["to"] for facts in open_lines.values()}]
    stops = [stop for stop in stops if connected(stop.country, place.country)]
    chosen = near(place.position, stops, assumed("gateways.terminals"), assumed("rail.road_reach_km"))
    codes = {stop.code for stop in chosen}
    return [rail(name, facts) for name, facts in open_lines.items() if facts["to"] in codes]


def _by_air(place: Place) -> list[Connection]:
    """A truck to Shanghai's airport and a flight to the town's own or the nearest large one; the city's own flights."""
    hub = connections.airport(assumed("air.hub"))
    stops = [airports()[code] for code in assumed("air.gateways")]
    stops = [stop for stop in stops if connected(stop.country, place.country)]
    chosen = near(place.position, stops, assumed("gateways.air_hubs"), assumed("air.reach_km"))
    targets = {stop.code: stop for stop in [*chosen, *([place.airport] if place.airport else [])] if stop != hub}
    flights = [fly(hub, stop) for stop in targets.values()]
    own = [
        fly(connections.airport(facts["from"]), targets[facts["to"]], facts["per_week"], name)
        for name, facts in lines()["air"].items()
        if facts["to"] in targets
    ]
    starts = {flight.origin.code: flight.origin for flight in (*flights, *own)}
    return [*(drive(connections.origin(), start) for start in starts.values()), *flights, *own]


def _by_road(place: Place) -> list[Connection]:
    """A truck all the way, where trucks go and the way is not too long."""
    start = connections.origin()
    if start.code == place.code or not connected("CN", place.country):
        return []
    road = drive(start, stage(place))
    return [road] if road.km <= assumed("road.farthest_km") else []
