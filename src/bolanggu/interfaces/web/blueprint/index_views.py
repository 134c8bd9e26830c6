"""The market index: every class with its newest point, one class as a line, two periods compared."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from bolanggu.analytics.market_index import selectors as market_index
from bolanggu.analytics.market_index.models import IndexPoint
from bolanggu.interfaces.access.needs import needs
from bolanggu.interfaces.web.blueprint.drawing import Point, trend


@require_safe
@needs("blueprint", "see")
def classes(request: HttpRequest) -> HttpResponse:
    """All classes; ``?class=…&currency=…`` opens one, ``a`` and ``b`` compare two of its periods."""
    rows: dict[tuple[str, str], list[IndexPoint]] = defaultdict(list)
    for point in market_index.current().order_by("goods_class", "currency", "period"):
        rows[point.goods_class, point.currency].append(point)
    listed = [
        {"name": key[0], "currency": key[1], "newest": points[-1], "n": len(points)} for key, points in rows.items()
    ]
    key = (request.GET.get("class", ""), request.GET.get("currency", ""))
    opened = rows.get(key, [])
    context: dict[str, Any] = {
        "classes": listed,
        "name": key[0] if opened else "",
        "currency": key[1] if opened else "",
        "points": opened[::-1],
        "periods": [point.period for point in opened],
        "a": request.GET.get("a", ""),
        "b": request.GET.get("b", ""),
        "trend": _trend(key[0], opened),
        "compared": _compared(opened, request.GET.get("a", ""), request.GET.get("b", "")),
    }
    return render(request, "blueprint/index.html", context)


def _trend(name: str, points: list[IndexPoint]) -> str:
    drawn = [Point(p.period, float(p.value), f"{p.value:.1f}") for p in points if p.value is not None]
    return mark_safe(trend(drawn, title=name))  # noqa: S308 - trend escapes


def _compared(points: list[IndexPoint], first: str, second: str) -> dict[str, Any] | None:
    of_period = {point.period: point for point in points if point.value is not None}
    a, b = of_period.get(first), of_period.get(second)
    if a is None or b is None or not a.value or b.value is None:
        return None
    return {"a": a, "b": b, "change": (b.value / a.value - 1) * 100}
