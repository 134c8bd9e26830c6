"""Pictures of a trade: the box as it is stowed, and the ways on a map. SVG text."""

from __future__ import annotations

from typing import Any

from bolanggu.engines.loading import CartonType, Placement, container
from bolanggu.engines.loading.drawing import isometric_of
from bolanggu.engines.routing.drawing import route_map
from bolanggu.market.consolidation.models import LoadPlan
from bolanggu.market.warehousing.models import Carton


def box_picture(plan_number: str) -> str:
    """An isometric view of a planned box, cartons coloured by order."""
    plan = LoadPlan.objects.filter(number=plan_number).order_by("-version").first()
    if plan is None:
        return ""
    ssccs = [placed[0] for placed in plan.placements]
    order_of: dict[str, str] = {}
    for start in range(0, len(ssccs), 900):
        rows = Carton.objects.filter(sscc__in=ssccs[start : start + 900]).values_list("sscc", "order")
        order_of.update(rows)
    placements = [Placement(*placed) for placed in plan.placements]
    cartons = [CartonType(s, 1, 1, 1, 1, group=order_of.get(s, "")) for s in ssccs]
    return isometric_of(container(plan.type), placements, cartons)


def route_picture(routes: list[dict[str, Any]]) -> str:
    """The ways of the Pareto set on a map of lines and ports; empty where no leg has coordinates."""
    return route_map(routes)
