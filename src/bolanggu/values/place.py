"""Place (地点): UN/LOCODE and positions in WGS 84 degrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84 degrees."""

    lat: float
    lon: float

    def distance_km(self, other: Position) -> float:
        """Great-circle distance (haversine) in km.

        >>> round(Position(29.87, 121.55).distance_km(Position(51.9, 4.44)))
        9061
        """
        a, b = radians(self.lat), radians(other.lat)
        half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other.lon - self.lon) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def is_locode(text: str) -> bool:
    """True if the text has the form of a UN/LOCODE (two letters of the country, three of the place).

    >>> is_locode("ESBCN"), is_locode("Barcelona")
    (True, False)
    """
    return _LOCODE.fullmatch(text) is not None
