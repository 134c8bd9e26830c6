"""Pictures of a trade: the box as it is stowed, and the ways on a map. SVG text."""

from __future__ import annotations

from typing import Any

from bolanggu.engines.loading import CartonType, Placement, Plan, container
from bolanggu.engines.loading.drawing import isometric
from bolanggu.engines.routing.drawing import Spot, Stroke, draw
from bolanggu.market.consolidation.models import LoadPlan
from bolanggu.market.warehousing.models import Carton
from bolanggu.values.place import Position


def box_picture(plan_number: str) -> str:
    """An isometric view of a planned box, cartons coloured by order."""
    stowed = LoadPlan.objects.filter(number=plan_number).order_by("-version").first()
    if stowed is None:
        return ""
    placements = tuple(Placement(*placed) for placed in stowed.placements)
    order_of = _orders([placement.key for placement in placements])
    volume = sum(placement.volume for placement in placements)
    loaded = dict.fromkeys(order_of, 1)
    plan = Plan(container(stowed.type), placements, loaded, (), volume, stowed.gross_g, (0.0, 0.0, 0.0))
    return isometric(plan, [CartonType(sscc, 1, 1, 1, 1, group=order) for sscc, order in order_of.items()])


def _orders(ssccs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(ssccs), 900):
        found.update(Carton.objects.filter(sscc__in=ssccs[start : start + 900]).values_list("sscc", "order"))
    return found


def route_picture(routes: list[dict[str, Any]]) -> str:
    """The chosen way on a map of lines and places; empty where there is none."""
    chosen = next((way for way in routes if way["chosen"]), None)
    if chosen is None:
        return ""
    strokes = [
        Stroke(
            leg["mode"],
            Spot(leg["from_name"], Position(*leg["from_at"])),
            Spot(leg["to_name"], Position(*leg["to_at"])),
            tuple(Position(*point) for point in leg["way"]),
        )
        for leg in chosen["legs"]
    ]
    return draw(strokes, title=f"{chosen['mode_chain']}, arrives {chosen['arrive'][:10]}")
