"""Quantity (数量): pieces, grams and millimetres as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Dimensions:
    """Outer edges of a carton in mm, length × width × height.

    >>> Dimensions(500, 400, 300).cubic_mm
    60000000
    """

    length: int
    width: int
    height: int

    def __post_init__(self) -> None:
        """Refuse an edge that is not at least 1 mm."""
        if min(self.length, self.width, self.height) < 1:
            raise ValueError(f"edges must be at least 1 mm, not {self.length} x {self.width} x {self.height}")

    @property
    def cubic_mm(self) -> int:
        """Volume in cubic millimetres."""
        return self.length * self.width * self.height


@dataclass(frozen=True, slots=True)
class Pack:
    """A full carton: pieces in it, outer edges in mm, net and gross mass in g."""

    pieces: int
    size: Dimensions
    net_g: int
    gross_g: int


def cubic_metres(cubic_mm: int) -> float:
    """Cubic millimetres as m³, for display only."""
    return cubic_mm / 1e9


def ceil_div(whole: int, part: int) -> int:
    """Least whole number of parts that hold ``whole``.

    >>> ceil_div(25, 12)
    3
    """
    return -(-whole // part)
