"""The container types of the trade (集装箱) and the rules of a route, read from sourced data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bolanggu.data import read_yaml

from .model import ContainerType


class UnknownContainerError(KeyError):
    """A container type or loading profile that the data do not know."""

    code = "unknown_container"


@dataclass(frozen=True, slots=True)
class Profile:
    """Rules of a route: limits that are data with a source.

    Parameters
    ----------
    name
        Key in ``loading_profiles.yaml``.
    cargo_g
        Greatest cargo mass by container type name; a type not named keeps its payload.
    balance_share, balance_exception
        Distance of the centre of gravity from the middle as a share of the length: noted above the first, a violation
        above the second. None where balance does not matter.
    floor_g_per_m
        Greatest mass on one running metre of floor by container type name.
    crossing_mm
        How deep cartons of one stop may reach into the slab of the next.
    pair_difference_g
        Two 20-foot boxes on one wagon must differ by less gross mass than this; 0 where boxes go alone.
    """

    name: str
    cargo_g: Mapping[str, int] = field(default_factory=dict)
    balance_share: float | None = None
    balance_exception: float | None = None
    floor_g_per_m: Mapping[str, int] = field(default_factory=dict)
    crossing_mm: int = 0
    pair_difference_g: int = 0

    def cargo_limit(self, container: ContainerType) -> int | None:
        """Greatest cargo mass in g: the lesser of plate and route; None when neither says anything."""
        limits = [limit for limit in (container.payload_g, self.cargo_g.get(container.name, 0)) if limit]
        return min(limits) if limits else None


def container(name: str, *, margin_mm: int | None = None) -> ContainerType:
    """Find a container type by name, its inner size lessened by the planning margin.

    Parameters
    ----------
    name
        20GP, 40GP, 40HC or 45HC; the Chinese 40HQ and 45HQ are taken too.
    margin_mm
        Taken off each inner axis; None takes the named assumption of ``containers.yaml``.

    Raises
    ------
    UnknownContainerError
        The name is none of these.

    Examples
    --------
    >>> container("40HQ", margin_mm=0).height
    2698
    """
    data = read_yaml("containers.yaml")
    row: dict[str, Any] | None = data["containers"].get(name.upper().replace("HQ", "HC"))
    if row is None:
        raise UnknownContainerError(f"container type {name} is unknown; known are {', '.join(data['containers'])}")
    margin = data["assumptions"]["planning_margin_mm"]["value"] if margin_mm is None else margin_mm
    return ContainerType(
        name=name.upper().replace("HQ", "HC"),
        length=row["length"] - margin,
        width=row["width"] - margin,
        height=row["height"] - margin,
        door_width=row["door_width"],
        door_height=row["door_height"],
        payload_g=row["payload_g"],
        tare_g=row["tare_g"],
    )


def container_names() -> tuple[str, ...]:
    """Names of all container types, smallest first."""
    return tuple(read_yaml("containers.yaml")["containers"])


def profile(name: str = "sea") -> Profile:
    """Find the rules of a route by name.

    Raises
    ------
    UnknownContainerError
        The data hold no such profile.
    """
    rows = read_yaml("loading_profiles.yaml")["profiles"]
    if name not in rows:
        raise UnknownContainerError(f"loading profile {name} is unknown; known are {', '.join(rows)}")
    row = rows[name]
    return Profile(
        name=name,
        cargo_g=row["cargo_g"],
        balance_share=row["balance_share"],
        balance_exception=row["balance_exception"],
        floor_g_per_m=row["floor_g_per_m"],
        crossing_mm=row["crossing_mm"],
        pair_difference_g=row.get("pair_difference_g", 0),
    )


#: no route rules at all: for comparison with the literature
PLAIN = Profile("plain")
