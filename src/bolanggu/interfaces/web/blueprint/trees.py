"""The trees for the page: boxes with labels, latest values of their indicators, targets by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bolanggu.blueprint import selectors
from bolanggu.blueprint.models import Indicator, Node
from bolanggu.blueprint.time_periods import last_day
from bolanggu.interfaces.web.blueprint import showing


@dataclass(slots=True)
class Box:
    """A box for the page with the boxes under it."""

    node: Node
    label: str
    driver: str
    under: list[Box] = field(default_factory=list)


def whole() -> dict[str, Any]:
    """Roots with all that is under them, and targets by the year they are due."""
    boxes: dict[int, Box] = {}
    roots: list[Box] = []
    for node in selectors.tree():
        made = boxes[node.pk] = Box(node, showing.label(node), showing.label(node, "driver"))
        (boxes[node.parent_id].under if node.parent_id in boxes else roots).append(made)
    years: dict[str, list[showing.Standing]] = defaultdict(list)
    for target, pace in selectors.targets():
        years[target.by].append(showing.target(target, pace))
    silent = sum(standing.pace.state == "not assessable" for year in years.values() for standing in year)
    labels = {s.target.pk: showing.label(s.target) for year in years.values() for s in year}
    rows = [
        {"year": year, "targets": [{"standing": s, "label": labels[s.target.pk]} for s in found]}
        for year, found in years.items()
    ]
    return {"roots": roots, "years": rows, "silent": silent, "all_targets": sum(map(len, years.values()))}


def box(node: Node) -> dict[str, Any]:
    """One box with its way from the root."""
    return {
        "node": node,
        "label": showing.label(node),
        "driver": showing.label(node, "driver"),
        "above": [(one, showing.label(one)) for one in selectors.above(node)],
        "under": [(one, showing.label(one), showing.label(one, "driver")) for one in node.children.all()],
        "indicators": [latest(serving.indicator) for serving in node.servings.all()],
        "targets": [
            {"standing": showing.target(one, pace), "label": showing.label(one), "stage": showing.label(one, "stage")}
            for one, pace in selectors.targets([node])
        ],
        "reforms": [(one, showing.label(one)) for one in node.reforms.all()],
        "quote": selectors.sentence(node),
        "mentions": [(one, selectors.sentence(one)) for one in node.mentions.all()],
    }


def latest(indicator: Indicator) -> dict[str, Any]:
    """An indicator with the value of its newest period."""
    points = [point["shown"] for point in selectors.series(indicator)]
    dated = [one for one in points if one.period]
    newest = max(dated, key=lambda one: (last_day(one.period), len(one.period)), default=points[0] if points else None)
    return {
        "indicator": indicator,
        "label": showing.label(indicator),
        "value": showing.observed(newest) if newest else None,
    }
