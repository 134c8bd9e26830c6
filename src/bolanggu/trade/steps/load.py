"""Step 8, load (装柜): cartons from the pool into planned boxes, and the plan into sealed equipment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bolanggu.engines.loading import CartonType, Mix, Offer, Placement, Ticks, container, fill, profile
from bolanggu.market.consolidation.services import PlannedBox, Waiting, join_pool, load, plan
from bolanggu.market.transport.services import cancel
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import load_out
from bolanggu.trade.process import Stage
from bolanggu.trade.values_of_lines import values_of_cartons
from bolanggu.trade.world.assumptions import world
from bolanggu.values.money import Money


@dataclass(frozen=True, slots=True)
class Stowage:
    """What the loading engine planned: boxes, what stays behind with the reason, and the cartons that waited."""

    boxes: list[PlannedBox]
    left: list[tuple[str, str]]
    cartons: list[Waiting]


def prepare(stage: Stage) -> Stowage:
    """Plan the boxes for all cartons that wait for the destination in this trade."""
    rows = warehousing.cartons(stage.trade.number)
    if not rows:
        return Stowage([], [], [])
    of_type = _by_type(rows)
    service = stage.facts["book"]["service"]
    offers = [Offer(container(name), cost) for name, cost in stage.facts["book"]["offers"]]
    mix = fill(
        _types(of_type, rows),
        offers,
        seconds=world("loading_seconds"),
        seed=0,
        profile=profile(world("loading_profile")),
        stopwatch=Ticks(),
    )
    minor = values_of_cartons(stage.trade.number)
    return Stowage(*_boxes(mix, of_type, service), [_waiting(row, stage.trade.number, minor) for row in rows])


def act(stage: Stage, stowage: Stowage) -> tuple[datetime, dict[str, Any]]:
    """Join the pool, record the plans, load and seal the boxes."""
    by, number, at = stage.cast.world, stage.trade.number, stage.clock
    if stowage.cartons:
        join_pool(by=by, at=at, destination=stage.trade.destination, cartons=stowage.cartons)
    plan(
        by=by,
        at=at,
        trade=number,
        destination=stage.trade.destination,
        boxes=stowage.boxes,
        cartons=stowage.cartons,
        left=stowage.left,
    )
    loaded_at = at + timedelta(hours=world("loading_hours"))
    load(
        by=by,
        at=loaded_at,
        trade=number,
        boxes=stowage.boxes,
        cartons=stowage.cartons,
        owner="carrier",
        free_days=world("free_days"),
    )
    load_out(by=by, at=loaded_at, ssccs=[placed[0] for box in stowage.boxes for placed in box.placements])
    if stowage.cartons and not stowage.boxes:
        cancel(by=by, at=at, number=stage.facts["book"]["booking"], reason="nothing could be loaded")
    return loaded_at, {
        "boxes": len(stowage.boxes),
        "left": len(stowage.left),
        "freight": _freight(stage, stowage.boxes),
    }


def _freight(stage: Stage, boxes: Sequence[PlannedBox]) -> dict[str, Any]:
    """What the carrier is owed for what was really loaded: by box, or by part where cargo is priced by measure."""
    booked = stage.facts["book"]["freight"]
    if stage.facts["book"]["service"] == "FCL":
        cost = dict(stage.facts["book"]["offers"])
        return {"currency": booked["currency"], "minor": sum(cost[box.type] for box in boxes)}
    loaded = sum(dx * dy * dz for box in boxes for _, _, _, _, dx, dy, dz in box.placements)
    part = Money(booked["currency"], booked["minor"]).portion(loaded, max(1, stage.facts["book"].get("cubic_mm", 1)))
    return {"currency": part.currency, "minor": part.minor}


def _by_type(rows: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """SSCCs of equal cartons of one order, by a key that the loading engine keeps."""
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row in rows:
        facts = (row["order"], row["article"], row["l_mm"], row["w_mm"], row["h_mm"], row["gross_g"])
        alike[facts].append(row["sscc"])
    return {f"{position:04d}": ssccs for position, ssccs in enumerate(alike.values())}


def _types(of_type: Mapping[str, Sequence[str]], rows: Sequence[dict[str, Any]]) -> list[CartonType]:
    first = {row["sscc"]: row for row in rows}
    return [_type(key, first[ssccs[0]], len(ssccs)) for key, ssccs in of_type.items()]


def _type(key: str, row: dict[str, Any], quantity: int) -> CartonType:
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


def _boxes(
    mix: Mix, of_type: Mapping[str, Sequence[str]], service: str
) -> tuple[list[PlannedBox], list[tuple[str, str]]]:
    stock = {key: iter(ssccs) for key, ssccs in of_type.items()}

    def placed(placement: Placement) -> tuple[str, int, int, int, int, int, int]:
        p = placement
        return next(stock[p.key]), p.x, p.y, p.z, p.dx, p.dy, p.dz

    boxes = [
        PlannedBox(
            type=made.container.name,
            service=service,
            placements=[placed(p) for p in made.placements],
            fill_percent=made.fill_percent,
            tare_g=made.container.tare_g,
            payload_g=made.container.payload_g,
            certificate=made.certificate.as_dict(),
        )
        for made in mix.plans
    ]
    left = [(next(stock[item.key]), item.reason) for item in mix.leftovers for _ in range(item.quantity)]
    return boxes, left


def _waiting(row: dict[str, Any], trade: str, minor: Mapping[str, tuple[int, str]]) -> Waiting:
    value, currency = minor[row["sscc"]]
    return Waiting(
        sscc=row["sscc"],
        trade=trade,
        pieces=sum(content["pieces"] for content in row["contents"]),
        grams=row["gross_g"],
        net_g=row["net_g"],
        cubic_mm=row["l_mm"] * row["w_mm"] * row["h_mm"],
        minor=value,
        currency=currency,
    )
