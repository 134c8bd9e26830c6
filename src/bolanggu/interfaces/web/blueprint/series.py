"""One indicator for the page: values with sources, trend, targets, and two periods compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.safestring import mark_safe

from bolanggu.blueprint import records, selectors
from bolanggu.blueprint.models import Indicator, Observation
from bolanggu.blueprint.time_periods import last_day
from bolanggu.interfaces.web.blueprint import showing
from bolanggu.interfaces.web.blueprint.drawing import Point, trend


def series_of(indicator: Indicator, asked: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page of an indicator shows; ``asked`` names the periods to compare (``a`` and ``b``)."""
    points = selectors.series(indicator)
    shown = sorted((point["shown"] for point in points if point["shown"].period), key=_when)
    targets = [showing.target(one, pace) for one, pace in selectors.targets() if one.indicator_id == indicator.pk]
    aim = next((s.target.value for s in targets if s.target.value is not None), None)
    return {
        "indicator": indicator,
        "label": showing.label(indicator),
        "rows": [_row(point) for point in sorted(points, key=lambda point: _when(point["shown"]), reverse=True)],
        "latest": showing.observed(shown[-1]) if shown else None,
        "trend": _trend(indicator, shown, aim),
        "targets": [{"standing": s, "label": showing.label(s.target)} for s in targets],
        "periods": [one.period for one in shown],
        "a": asked.get("a", ""),
        "b": asked.get("b", ""),
        "compared": _compared(indicator, shown, asked.get("a", ""), asked.get("b", "")),
        "declared": records.declared().get(indicator.code),
        "nodes": [(serving.node, showing.label(serving.node)) for serving in indicator.servings.select_related("node")],
    }


def _when(one: Observation) -> tuple[str, str]:
    return (last_day(one.period).isoformat() if one.period else "", one.period)


def _row(point: dict[str, Any]) -> dict[str, Any]:
    others = [showing.observed(one, how.value) for one, how in point["others"]]
    return {"shown": showing.observed(point["shown"]), "others": others, "conflict": point["conflict"]}


def _trend(indicator: Indicator, shown: list[Observation], aim: Decimal | None) -> str:
    """The line of the length of period that has most values; values of different lengths are not joined."""
    lengths = Counter(len(one.period) for one in shown if not one.comparator)
    if not lengths:
        return ""
    common = lengths.most_common(1)[0][0]
    points = [
        Point(
            showing.period(one.period) or one.period,
            float(one.value),
            showing.value(one.value, indicator.unit, one.bound),
            open=one.bound != "exact",
        )
        for one in shown
        if len(one.period) == common and not one.comparator
    ]
    return mark_safe(  # noqa: S308 - trend escapes
        trend(points, title=showing.label(indicator), aim=float(aim) if aim is not None else None)
    )


def _compared(indicator: Indicator, shown: list[Observation], first: str, second: str) -> dict[str, Any] | None:
    """Two periods side by side: the difference, and the growth for what is no rate, share or rank."""
    of_period = {one.period: one for one in shown}
    a, b = of_period.get(first), of_period.get(second)
    if a is None or b is None:
        return None
    growth = None
    if indicator.nature in {"flow", "stock"} and a.value > 0:
        growth = (b.value / a.value - 1) * 100
    fits = len(a.period) == len(b.period) and a.basis == b.basis
    return {
        "a": showing.observed(a),
        "b": showing.observed(b),
        "difference": showing.value(b.value - a.value, "百分点" if indicator.unit == "%" else indicator.unit),
        "growth": growth,
        "fits": fits,
        "bounded": {a.bound, b.bound} != {"exact"},
    }
