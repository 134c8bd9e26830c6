"""Shares of a box (分摊): what each trade that one may see has in it and bears of its cost, the whole box beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bolanggu.market.consolidation.models import LoadPlan, Share
from bolanggu.values.quantity import cubic_metres


@dataclass(frozen=True, slots=True)
class Part:
    """One share with its volume in m³ and its percent of what lies in the box."""

    share: Share
    cbm: float
    percent: float
    begins: float
    shade: int


@dataclass(frozen=True, slots=True)
class Others:
    """What belongs to trades that one may not see: cartons, percent of what lies in the box, where the bar goes on."""

    cartons: int
    percent: float
    begins: float


def _whole(plan: LoadPlan) -> int:
    """Cubic millimetres of all cartons in the box."""
    return sum(placed[4] * placed[5] * placed[6] for placed in plan.placements) or 1


def shown(plan: LoadPlan, shares: Sequence[Share]) -> list[Part]:
    """Shares one after the other; percents are of the box's inner volume."""
    scale, begins, parts = plan.fill_percent / _whole(plan), 0.0, []
    for place, share in enumerate(shares):
        percent = share.cubic_mm * scale
        parts.append(Part(share, cubic_metres(share.cubic_mm), round(percent, 2), round(begins, 2), place % 8))
        begins += percent
    return parts


def others(plan: LoadPlan, shares: Sequence[Share]) -> Others | None:
    """The rest of the box; None where all of it is seen."""
    cartons = plan.cartons - sum(share.cartons for share in shares)
    if cartons <= 0:
        return None
    begins = sum(share.cubic_mm for share in shares) * plan.fill_percent / _whole(plan)
    return Others(cartons, round(plan.fill_percent - begins, 2), round(begins, 2))
