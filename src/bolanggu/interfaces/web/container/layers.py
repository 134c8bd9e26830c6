"""Layers of a box (分层图): the cartons that stand at one height, seen from above."""

from __future__ import annotations

from bolanggu.engines.loading import CartonType, Placement, Plan, container
from bolanggu.engines.loading.drawing import layers
from bolanggu.market.consolidation.models import LoadPlan
from bolanggu.market.warehousing.models import Carton

#: heights that a page offers; a box of many small cartons stands at many heights
MOST = 24


def heights(plan: LoadPlan) -> list[int]:
    """Heights in mm at which cartons stand, from the floor."""
    return sorted({int(placed[3]) for placed in plan.placements})[:MOST]


def drawn(plan: LoadPlan) -> dict[int, str]:
    """Height in mm → SVG document, cartons coloured by order."""
    placements = tuple(Placement(*placed) for placed in plan.placements)
    keys = [placement.key for placement in placements]
    order_of: dict[str, str] = {}
    for start in range(0, len(keys), 500):
        order_of.update(Carton.objects.filter(sscc__in=keys[start : start + 500]).values_list("sscc", "order"))
    volume = sum(placement.volume for placement in placements)
    stowed = Plan(container(plan.type), placements, dict.fromkeys(keys, 1), (), volume, plan.gross_g, (0.0, 0.0, 0.0))
    return layers(stowed, [CartonType(key, 1, 1, 1, 1, group=order_of.get(key, "")) for key in keys])
