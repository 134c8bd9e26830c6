"""Figure (数据): one number of an official text with what it measures, exactly as the contract prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; ``start`` and ``end`` are raw code-point offsets, end exclusive, ``text`` the raw slice.

    ``value`` is in ``unit`` without multiplier, signed; ``period`` is ISO-like or None where the text does not settle
    it; ``kind`` is level, growth, share, rank, change, difference or count; ``scope`` the field of a rank, the base of
    a share or the area compared with; ``bound`` is exact, lower, upper or approx.
    """

    start: int
    end: int
    text: str
    indicator: str
    value: int | float
    unit: str
    period: str | None
    qualifier: str | None
    kind: str
    scope: str | None
    bound: str
    indicator_code: str | None

    def as_dict(self) -> dict[str, Any]:
        """The figure as JSON data, in the contract's order."""
        return {name: getattr(self, name) for name in self.__slots__}
