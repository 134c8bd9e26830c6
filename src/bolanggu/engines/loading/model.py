"""What a loading plan is made of (装箱方案): carton types, containers, placements, plans. mm, g, whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .certificate import Certificate


@dataclass(frozen=True, slots=True)
class CartonType:
    """Equal cartons of one kind.

    Parameters
    ----------
    key
        Names the type in placements and leftovers; unique within one consignment.
    length, width, height
        Outer edges, mm.
    quantity
        How many there are.
    grams
        Gross mass of one carton.
    upright
        Which of the edges (length, width, height) may stand vertical; ``(False, False, True)`` is this-side-up
        (此面向上).
    group
        Merchant, buyer or trade whose cartons should stay together; contiguity is measured, not forced.
    drop
        Stop at which the carton is unloaded, 1 first; 0 where there is one stop only.
    value
        Worth of loading one carton; None takes its volume in mm³.
    max_load_above_g
        Greatest mass that one carton bears on its top; None has no limit, 0 bears nothing.
    max_layers
        Greatest number of cartons in a stack counted from this one upwards, itself included; None has no limit.
    top_only
        Nothing may stand on it (fragile, 易碎).
    floor_only
        It stands on the floor of the container.
    apart
        Segregation class; two cartons with different non-empty classes never share a container (food, dangerous, wet).
    """

    key: str
    length: int
    width: int
    height: int
    quantity: int
    grams: int = 0
    upright: tuple[bool, bool, bool] = (False, False, True)
    group: str = ""
    drop: int = 0
    value: float | None = None
    max_load_above_g: int | None = None
    max_layers: int | None = None
    top_only: bool = False
    floor_only: bool = False
    apart: str = ""

    @property
    def volume(self) -> int:
        """Volume of one carton, mm³."""
        return self.length * self.width * self.height

    @property
    def worth(self) -> float:
        """Value of one carton: as given, else its volume."""
        return float(self.volume if self.value is None else self.value)

    def orientations(self) -> tuple[tuple[int, int, int], ...]:
        """Every allowed (dx, dy, dz), duplicates of equal edges left out.

        >>> CartonType("a", 50, 40, 30, 1).orientations()
        ((50, 40, 30), (40, 50, 30))
        """
        edges = (self.length, self.width, self.height)
        found: dict[tuple[int, int, int], None] = {}
        for vertical in (2, 1, 0):
            if self.upright[vertical]:
                first, second = (edges[axis] for axis in range(3) if axis != vertical)
                found[first, second, edges[vertical]] = None
                found[second, first, edges[vertical]] = None
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Room that stays empty (预留空间), for lashing or a data logger: lowest corner and edges, mm."""

    x: int
    y: int
    z: int
    dx: int
    dy: int
    dz: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ContainerType:
    """A container's inner size and door in mm, its payload and tare in g, and room that stays empty."""

    name: str
    length: int
    width: int
    height: int
    door_width: int = 0
    door_height: int = 0
    payload_g: int = 0
    tare_g: int = 0
    reserved: tuple[Reserved, ...] = ()

    @property
    def volume(self) -> int:
        """Inner volume, mm³."""
        return self.length * self.width * self.height

    def passes_door(self, dx: int, dy: int, dz: int) -> bool:
        """Say whether a carton standing so goes through the door; a door of 0 is as large as the container."""
        return (not self.door_height or dz <= self.door_height) and (
            not self.door_width or min(dx, dy) <= self.door_width
        )


@dataclass(frozen=True, slots=True)
class Placement:
    """One carton as it stands: lowest corner (x from the front wall, y from the left, z up) and edges as placed, mm."""

    key: str
    x: int
    y: int
    z: int
    dx: int
    dy: int
    dz: int

    @property
    def volume(self) -> int:
        """Volume, mm³."""
        return self.dx * self.dy * self.dz


@dataclass(frozen=True, slots=True)
class Left:
    """Cartons that stay behind: how many, and why."""

    key: str
    quantity: int
    reason: str


@dataclass(frozen=True)
class Plan:
    """Where each carton of one container stands, in the order of loading, and what stays behind.

    Attributes
    ----------
    loaded
        Pieces by carton key.
    left
        What was asked for and is not in the container, with the reason.
    volume
        Loaded volume, mm³.
    gross_g
        Mass of the cargo alone; add ``container.tare_g`` for the verified gross mass.
    centre
        Centre of gravity of the cargo (x, y, z), mm; the middle of the container when nothing weighs anything.
    contiguity
        Share of each group's volume that stands in its own slab along the length.
    certificate
        What the independent checker looked at and found.
    """

    container: ContainerType
    placements: tuple[Placement, ...]
    loaded: Mapping[str, int]
    left: tuple[Left, ...]
    volume: int
    gross_g: int
    centre: tuple[float, float, float]
    contiguity: Mapping[str, float] = field(default_factory=dict)
    certificate: Certificate = field(default_factory=Certificate)

    @property
    def fill_percent(self) -> float:
        """Loaded volume as a percentage of the container's."""
        return 100.0 * self.volume / self.container.volume

    def as_dict(self) -> dict[str, Any]:
        """Give the plan as JSON data, without the cartons' own facts."""
        box = self.container
        return {
            "container": {"type": box.name, "length": box.length, "width": box.width, "height": box.height},
            "fill_percent": round(self.fill_percent, 4),
            "gross_g": self.gross_g,
            "vgm_g": self.gross_g + box.tare_g,
            "centre": [round(part, 1) for part in self.centre],
            "loaded": dict(self.loaded),
            "left": [{"key": item.key, "quantity": item.quantity, "reason": item.reason} for item in self.left],
            "contiguity": {group: round(share, 4) for group, share in self.contiguity.items()},
            "certificate": self.certificate.as_dict(),
            "placements": [
                {"type": p.key, "x": p.x, "y": p.y, "z": p.z, "dx": p.dx, "dy": p.dy, "dz": p.dz}
                for p in self.placements
            ],
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """A container type that can be had, what one costs in minor units, and how many there are (None: any number)."""

    container: ContainerType
    cost_minor: int
    available: int | None = None


@dataclass(frozen=True)
class Mix:
    """A consignment in several containers.

    ``lower_bound_minor`` is the cheapest mix that volume and payload alone allow for the cartons that were loaded;
    ``gap`` is cost over bound less one.
    """

    plans: tuple[Plan, ...]
    leftovers: tuple[Left, ...]
    lower_bound_minor: int
    cost_minor: int

    @property
    def gap(self) -> float:
        """Share by which the cost exceeds the bound; 0 when nothing is loaded."""
        return self.cost_minor / self.lower_bound_minor - 1.0 if self.lower_bound_minor else 0.0
