"""The page of ways: the Pareto set to a place, on a map, in a chart, and up to three ways side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bolanggu.engines.routing.drawing import route_map
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.templatetags.shown import mode_chain
from bolanggu.interfaces.web.way.chart import Dot, pareto_chart
from bolanggu.interfaces.web.way.forms import Question
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.itinerary import Journey
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.sketch import leg_data, sheet_data
from bolanggu.platform.accounts.grants import may
from bolanggu.values.fault import Fault

#: Ways that stand side by side.
MOST = 3


@require_safe
@needs("route", "read")
def search(request: HttpRequest) -> HttpResponse:
    """Search ways, or ask what to search."""
    asked = Question(request.GET) if "to" in request.GET else None
    facts: dict[str, Any] = {"form": asked or Question(initial={"ready": timezone.localdate()}), "asked": False}
    if asked is not None and asked.is_valid():
        facts |= _answer(request, asked)
    return render(request, "way/search.html", facts)


def _answer(request: HttpRequest, asked: Question) -> dict[str, Any]:
    given = asked.cleaned_data
    try:
        ways = plan(
            given["to"],
            given["ready"],
            scenario=given["scenario"] or "suez",
            teu=given["teu"],
            left=transport.space_left(given["ready"]),
        )
    except Fault as fault:
        asked.add_error("to", fault.message)
        return {}
    ways = tuple(way for way in ways if way.legs)
    marked = _marked(request, len(ways))
    rows = [_row(number, way, number in marked) for number, way in enumerate(ways, 1)]
    title = _("Every way that no other beats in arrival, cost and CO₂e at once")
    return {
        "asked": True,
        "ways": rows,
        "compared": [_compared(number, ways[number - 1]) for number in sorted(marked)],
        "map": route_map([_drawn(way, number in marked) for number, way in enumerate(ways, 1)], title=title),
        "chart": pareto_chart(
            [_dot(number, way) for number, way in enumerate(ways, 1)],
            title=_("Cost against days; the larger a dot, the more CO₂e"),
            days=_("days"),
            cost=ways[0].cost.currency if ways else "",
            marked=frozenset(marked),
        ),
        "may_trade": may(actor_of(request), "trade", "open"),
    }


def _marked(request: HttpRequest, count: int) -> set[int]:
    """Numbers of the ways to compare, as ticked; without any the first, the cheapest is told by the chart."""
    ticked = [int(text) for text in request.GET.getlist("way") if text.isascii() and text.isdigit() and len(text) < 5]
    return set([number for number in dict.fromkeys(ticked) if 1 <= number <= count][:MOST])


def _days(way: Journey) -> float:
    return (way.arrive - way.ready).total_seconds() / 86_400


def _row(number: int, way: Journey, marked: bool) -> dict[str, Any]:
    return {
        "number": number,
        "marked": marked,
        "mode_chain": way.mode_chain,
        "arrive": way.arrive,
        "days": round(_days(way), 1),
        "cost": float(way.cost.decimal()),
        "currency": way.cost.currency,
        "co2e_kg": way.co2e_g / 1000,
    }


def _compared(number: int, way: Journey) -> dict[str, Any]:
    return _row(number, way, marked=True) | {
        "legs": [leg_data(leg) | {"cutoff_at": leg.cutoff} for leg in way.legs],
        "sheet": sheet_data(way.sheet),
    }


def _drawn(way: Journey, chosen: bool) -> dict[str, Any]:
    return {"chosen": chosen, "legs": [leg_data(leg) for leg in way.legs]}


def _dot(number: int, way: Journey) -> Dot:
    main = max(way.legs, key=lambda leg: leg.km)
    told = f"{number}: {mode_chain(way.mode_chain)}, {_days(way):.1f} d, {way.cost}, {way.co2e_g / 1000:,.0f} kg CO₂e"
    return Dot(number, _days(way), float(way.cost.decimal()), way.co2e_g / 1000, main.mode, told)
