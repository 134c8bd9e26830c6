"""Sea lanes (航路): the points that a ship passes between two ports, for a map."""

from __future__ import annotations

from functools import cache

from bolanggu.data import read_csv
from bolanggu.market.transport.places import SEA_SCENARIOS, ports
from bolanggu.values.place import Position

#: Points this near to the straight line between their neighbours are left out, degrees.
TOLERANCE = 0.25


def way(origin: str, destination: str, scenario: str) -> tuple[Position, ...]:
    """Points between two ports along the tree of shortest ways from Ningbo, the ports themselves left out.

    Between two ports of one coast the way runs over the last point that both have in common.

    >>> way("CNNGB", "KRPUS", "suez")[-1]
    Position(lat=35.0, lon=129.2)
    """
    to, back = _from_root(destination, scenario), _from_root(origin, scenario)
    common = 0
    while common < min(len(to), len(back)) and to[common] == back[common]:
        common += 1
    path = [*reversed(back[common:]), *to[max(0, common - 1) :]]
    return tuple(_simple([_lanes()[number][0] for number in path]))


def _from_root(code: str, scenario: str) -> list[int]:
    port = ports().get(code)
    number = port.lane if port and port.by_sea else -1
    path: list[int] = []
    while number >= 0:
        path.append(number)
        number = _lanes()[number][1][scenario]
    return path[::-1]


@cache
def _lanes() -> list[tuple[Position, dict[str, int]]]:
    return [
        (Position(float(row["lat"]), float(row["lon"])), {name: int(row[name] or -1) for name in SEA_SCENARIOS})
        for row in read_csv("sea_lanes.csv")
    ]


def _simple(points: list[Position]) -> list[Position]:
    """Leave out points that lie near the line between their neighbours (Douglas and Peucker, 1973)."""
    if len(points) < 3:
        return points
    one, other = points[0], points[-1]
    length = max(abs(other.lon - one.lon) + abs(other.lat - one.lat), 1e-9)
    off = [
        abs((other.lon - one.lon) * (at.lat - one.lat) - (other.lat - one.lat) * (at.lon - one.lon)) / length
        for at in points[1:-1]
    ]
    farthest = max(range(len(off)), key=off.__getitem__)
    if off[farthest] <= TOLERANCE:
        return [one, other]
    return [*_simple(points[: farthest + 2])[:-1], *_simple(points[farthest + 1 :])]
