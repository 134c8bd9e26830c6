"""Stowing (配载): the loading engine asked for the boxes of a shipment, equal cartons told to it once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bolanggu.engines.loading import CartonType, Mix, Offer, Placement, Plan, Ticks, container, fill, profile
from bolanggu.engines.loading.screening import refusal
from bolanggu.market.consolidation.services import PlannedBox
from bolanggu.market.transport.assumptions import assumed
from bolanggu.trade.cargo import Row, measure
from bolanggu.trade.world.assumptions import world

#: A groupage box, and a box that is filled from a pool, is a high cube.
HIGH_CUBE = "40HC"
#: what a container costs beside one TEU, in thousandths: the mix that is cheapest on one way is so on all
_PER_TEU = 1000


@dataclass(frozen=True, slots=True)
class Stowage:
    """Planned boxes without their price; cartons that no box takes with the reason; cartons that found no room."""

    boxes: tuple[PlannedBox, ...]
    left: tuple[tuple[str, str], ...]
    no_room: tuple[str, ...]

    @property
    def placed(self) -> set[str]:
        """SSCCs of the cartons in the boxes."""
        return {where[0] for box in self.boxes for where in box.placements}

    @property
    def types(self) -> list[str]:
        """Type of each box."""
        return [box.type for box in self.boxes]


def stow(
    rows: Sequence[Row], *, service: str, rules: str, most_boxes: int | None = None, groupage: bool = False
) -> Stowage:
    """Plan boxes for cartons.

    Parameters
    ----------
    rules
        Name of the loading profile, such as ``sea`` or ``rail``.
    most_boxes
        High cubes that may be filled, None for the cheapest mix of all types.
    groupage
        True stows into groupage boxes, which are high cubes.
    """
    kinds = _kinds(rows)
    costs = assumed("offers.teu")
    names = [HIGH_CUBE] if groupage or most_boxes else list(costs)
    offers = [Offer(container(name), round(costs[name] * _PER_TEU), most_boxes) for name in names]
    mix = fill(
        [_type(key, alike[0], len(alike)) for key, alike in kinds.items()],
        offers,
        seconds=_seconds(rows),
        seed=0,
        profile=profile(rules),
        stopwatch=Ticks(),
    )
    return _stowage(mix, kinds, service, rules)


def refused(row: Row, rules: str) -> str | None:
    """Why no container takes a carton; None if one does."""
    largest = sorted(assumed("offers.teu"), key=lambda name: -container(name).volume)
    reasons = [refusal(_type("one", row, 1), container(name), profile(rules)) for name in largest]
    return None if None in reasons else reasons[0]


def _seconds(rows: Sequence[Row]) -> float:
    """Nominal seconds of search: so many for each box that the cargo may fill, up to a limit for very large cargo."""
    boxes = measure(rows).cubic_mm / container(HIGH_CUBE).volume
    return float(world("loading_seconds")) * min(max(1.0, boxes), float(world("loading_most_boxes")))


def _kinds(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Cartons of a trade that are alike to a stower, under a key that the loading engine keeps."""
    alike: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["trade"], row["order"], row["sscc"])):
        facts = (row["trade"], row["l_mm"], row["w_mm"], row["h_mm"], row["gross_g"])
        alike[*facts, row["this_side_up"], row["fragile"], row["apart"]].append(row)
    return {f"{position:04d}": same for position, same in enumerate(alike.values())}


def _type(key: str, row: Row, quantity: int) -> CartonType:
    upright = row["this_side_up"] or row["fragile"]
    return CartonType(
        key=key,
        length=row["l_mm"],
        width=row["w_mm"],
        height=row["h_mm"],
        quantity=quantity,
        grams=row["gross_g"],
        upright=(not upright, not upright, True),
        group=row["trade"],
        max_load_above_g=world("fragile_bears") * row["gross_g"] if row["fragile"] else None,
        apart=row["apart"],
    )


def _stowage(mix: Mix, kinds: Mapping[str, Sequence[Row]], service: str, rules: str) -> Stowage:
    stock = {key: iter([row["sscc"] for row in alike]) for key, alike in kinds.items()}
    boxes = tuple(_box(made, stock, service) for made in mix.plans)
    left, no_room = [], []
    for item in mix.leftovers:
        reason = refused(kinds[item.key][0], rules)
        for _ in range(item.quantity):
            if reason is None:
                no_room.append(next(stock[item.key]))
            else:
                left.append((next(stock[item.key]), reason))
    return Stowage(boxes, tuple(left), tuple(no_room))


def _box(made: Plan, stock: Mapping[str, Any], service: str) -> PlannedBox:
    def placed(p: Placement) -> tuple[str, int, int, int, int, int, int]:
        return next(stock[p.key]), p.x, p.y, p.z, p.dx, p.dy, p.dz

    return PlannedBox(
        type=made.container.name,
        service=service,
        placements=[placed(p) for p in made.placements],
        fill_percent=made.fill_percent,
        tare_g=made.container.tare_g,
        payload_g=made.container.payload_g,
        certificate=made.certificate.as_dict(),
    )
