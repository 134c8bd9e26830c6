"""Route map (航线图): lines, places and a graticule as one self-contained SVG; no land outline, hence no borders.

An equirectangular map of the part of the world that the route needs. Legs are drawn as great circles; a
leg may give way points of its own, such as those of a sea lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import atan2, ceil, cos, degrees, floor, hypot, radians, sin
from typing import Any

from bolanggu.values.place import EARTH_RADIUS_KM, Position

#: Stroke and dash of each mode; told apart without colour too.
STYLES = {
    "sea": ("#1f5fa8", ""),
    "rail": ("#8a3b12", "7 3"),
    "air": ("#6a3fa0", "1.5 3.5"),
    "road": ("#3d6b35", "3 2"),
}
OTHER = ("#555555", "5 2 1 2")


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place on the map."""

    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class Stroke:
    """A leg on the map; ``way`` are points between its ends."""

    mode: str
    start: Spot
    end: Spot
    way: tuple[Position, ...] = ()
    pale: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the world shown, in degrees; longitudes run on past 180."""

    west: float
    south: float
    scale: float
    width: int
    height: int

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.scale, self.height - (lat - self.south) * self.scale


def draw(strokes: Sequence[Stroke], *, title: str, width: int = 720) -> str:
    """Draw a route.

    Parameters
    ----------
    strokes
        The legs in order of travel; at least one.
    title
        Accessible title of the picture.
    width
        Width of the picture, pixels; the height follows from the route.

    Returns
    -------
    str
        An ``<svg>`` element that refers to nothing outside itself.

    Examples
    --------
    >>> ningbo, busan = Spot("Ningbo", Position(29.9, 121.8)), Spot("Busan", Position(35.1, 129.0))
    >>> draw([Stroke("sea", ningbo, busan)], title="Ningbo to Busan").startswith("<svg ")
    True
    """
    if not strokes:
        raise ValueError("a route map needs at least one leg")
    lines = _unrolled(strokes)
    frame = _frame([point for line in lines for point in line], width)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{frame.width}" height="{frame.height}" fill="#f4f7fa"/>',
        *_graticule(frame),
        *(_line(frame, stroke, line) for stroke, line in zip(strokes, lines, strict=True)),
        *_spots(frame, strokes, lines),
        "</svg>",
    ]
    return "\n".join(parts)


def route_map(routes: Sequence[Mapping[str, Any]], *, title: str = "Ways to the destination 运输路线") -> str:
    """Draw several journeys on one map, the chosen one in full, the others pale.

    Parameters
    ----------
    routes
        Each with ``legs``, and ``chosen`` where one is; a leg has ``mode``, ``from``, ``to``, and where known
        ``from_at``, ``to_at`` as [lat, lon] in degrees, ``from_name``, ``to_name``, and ``way``, a list of [lat, lon].

    Returns
    -------
    str
        An ``<svg>`` element, or an empty text where no leg has positions.
    """
    strokes: list[Stroke] = []
    for route in sorted(routes, key=lambda route: bool(route.get("chosen"))):
        pale = not route.get("chosen") and any(other.get("chosen") for other in routes)
        legs = [leg for leg in route.get("legs", ()) if leg.get("from_at") and leg.get("to_at")]
        strokes += [_stroke(leg, pale=pale) for leg in legs]
    return draw(strokes, title=title) if strokes else ""


def _stroke(leg: Mapping[str, Any], *, pale: bool) -> Stroke:
    ends = [Spot(str(leg.get(f"{end}_name") or leg[end]), Position(*leg[f"{end}_at"])) for end in ("from", "to")]
    return Stroke(str(leg["mode"]), ends[0], ends[1], tuple(Position(*at) for at in leg.get("way", ())), pale)


def arc(one: Position, other: Position, step_km: float = 250.0) -> list[Position]:
    """Points of the great circle between two positions, ends included, at most ``step_km`` apart.

    >>> [round(point.lat) for point in arc(Position(0, 0), Position(0, 90), 6000)]
    [0, 0, 0]
    """
    angle = one.distance_km(other) / EARTH_RADIUS_KM
    count = max(1, ceil(angle * EARTH_RADIUS_KM / step_km))
    if sin(angle) < 1e-9:
        return [one, other]
    ends = _vector(one), _vector(other)
    points = [one]
    for number in range(1, count):
        share = number / count
        weights = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x, y, z = (weights[0] * a + weights[1] * b for a, b in zip(*ends, strict=True))
        points.append(Position(degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))))
    return [*points, other]


def _vector(at: Position) -> tuple[float, float, float]:
    lat, lon = radians(at.lat), radians(at.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _unrolled(strokes: Sequence[Stroke]) -> list[list[tuple[float, float]]]:
    """(lon, lat) of every leg, with longitudes that run on where the route crosses the date line."""
    lines: list[list[tuple[float, float]]] = []
    first = last = strokes[0].start.position.lon
    for stroke in strokes:
        if stroke.start.position == strokes[0].start.position:
            last = first
        stops = [stroke.start.position, *stroke.way, stroke.end.position]
        points = [stops[0]]
        for one, other in pairwise(stops):
            points += arc(one, other)[1:]
        line = []
        for at in points:
            lon = at.lon + 360 * round((last - at.lon) / 360)
            line.append((lon, at.lat))
            last = lon
        lines.append(line)
    return lines


def _frame(points: list[tuple[float, float]], width: int) -> _Frame:
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    margin = max(4.0, 0.08 * max(max(lons) - min(lons), max(lats) - min(lats)))
    west, east = min(lons) - margin, max(lons) + margin
    south, north = max(-90.0, min(lats) - margin), min(90.0, max(lats) + margin)
    missing = (east - west) * 0.4 - (north - south)
    if missing > 0:
        south, north = south - missing / 2, north + missing / 2
    scale = width / (east - west)
    return _Frame(west, south, scale, width, round((north - south) * scale))


def _graticule(frame: _Frame) -> list[str]:
    span = frame.width / frame.scale
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60) if span / step <= 12 or step == 60)
    east, north = frame.west + span, frame.south + frame.height / frame.scale
    path = []
    for lon in range(ceil(frame.west / step) * step, floor(east) + 1, step):
        x, _ = frame.point(lon, 0)
        path.append(f"M{x:.1f} 0V{frame.height}")
    for lat in range(ceil(frame.south / step) * step, floor(north) + 1, step):
        if abs(lat) <= 90:
            _, y = frame.point(0, lat)
            path.append(f"M0 {y:.1f}H{frame.width}")
    return [f'<path d="{"".join(path)}" fill="none" stroke="#d3dce5" stroke-width="0.7"/>']


def _line(frame: _Frame, stroke: Stroke, line: list[tuple[float, float]]) -> str:
    colour, dash = STYLES.get(stroke.mode, OTHER)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.point(lon, lat) for lon, lat in line))
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    dashes += ' stroke-opacity="0.3"' if stroke.pale else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.2" stroke-linejoin="round"{dashes}>'
        f"<title>{escape(stroke.mode)}</title></polyline>"
    )


def _spots(frame: _Frame, strokes: Sequence[Stroke], lines: list[list[tuple[float, float]]]) -> list[str]:
    """Mark each end once; names of places that lie on one another share a line of text."""
    both = [
        ((stroke.start.name, line[0]), (stroke.end.name, line[-1])) for stroke, line in zip(strokes, lines, strict=True)
    ]
    ends = [end for pair in both for end in pair]
    labels: list[tuple[float, float, list[str]]] = []
    for name, (lon, lat) in ends:
        x, y = frame.point(lon, lat)
        beside = next((label for label in labels if abs(label[0] - x) < 40 and abs(label[1] - y) < 14), None)
        if beside is None:
            labels.append((x, y, [name]))
        elif name not in beside[2]:
            beside[2].append(name)
    parts = []
    for x, y, names in labels:
        anchor, shift = ("end", -7) if x > frame.width * 0.75 else ("start", 7)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="#ffffff" stroke="#1c2733" stroke-width="1.6"/>')
        parts.append(
            f'<text x="{x + shift:.1f}" y="{y - 6:.1f}" text-anchor="{anchor}" font-family="sans-serif" '
            f'font-size="12" fill="#1c2733">{escape(" · ".join(names))}</text>'
        )
    return parts
