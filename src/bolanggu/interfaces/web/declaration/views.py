"""Declarations: all that one may see, and one with its items, findings, steps and the acts of the workflow."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.acts import offers
from bolanggu.interfaces.web.declaration.steps import open_to
from bolanggu.market.customs import selectors
from bolanggu.market.customs.models import Declaration, DeclarationItem, Step
from bolanggu.platform.accounts.grants import may

A_PAGE = 50
PER_PERCENT = 10_000
#: states in which a declaration may be, in the order of the workflow
STATES = [state.value for state in Declaration.State]


@require_safe
@needs("declaration", "read")
def listed(request: HttpRequest) -> HttpResponse:
    """Standing declarations of the trades one may see, all or of one state."""
    actor = actor_of(request)
    mine = whose.declarations(actor).defer("document")
    state = request.GET.get("state", "")
    chosen = mine.filter(state=state) if state in STATES else mine
    page = Paginator(chosen.order_by("-declared_at", "number"), A_PAGE).get_page(request.GET.get("page"))
    present = set(mine.order_by().values_list("state", flat=True).distinct())
    facts = {"page": page, "state": state, "states": [one for one in STATES if one in present]}
    return render(request, "declaration/listed.html", facts)


@require_safe
@needs("declaration", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Facts, findings, items with the lines behind them, and the states it went through."""
    actor = actor_of(request)
    found = whose.declaration(actor, number)
    trades = whose.trades_in(actor, found)
    facts = {
        "declaration": found,
        "items": _items(found),
        "steps": Step.objects.filter(declaration=found).order_by("stated_at", "pk"),
        "older": Declaration.objects.filter(number=number, superseded=True).defer("document").order_by("-version"),
        "open": open_to(actor, found),
        "way": _way(found),
        "trades": trades,
        "inspections": selectors.inspections(number),
        "reviews": _reviews(found) if may(actor, "declaration", "review") else [],
        "acts": offers.of_trade(actor, trades[0], {"line": ""}, things={"declaration"}) if trades else [],
        "may_trace": may(actor, "trace", "walk"),
        "sees_boxes": may(actor, "container", "read"),
    }
    return render(request, "declaration/one.html", facts)


def _way(found: Declaration) -> list[dict[str, str]]:
    """States of the workflow as steps: those behind, the present one, those to come; inspection only where it was."""
    names = [one for one in STATES if one != "inspecting" or found.state == one]
    if found.mode != "1039":
        names = [one for one in names if one != "exempted"]
    here = names.index(found.state)
    return [
        {"name": name, "state": "done" if place < here else "running" if place == here else "to_come"}
        for place, name in enumerate(names)
    ]


def _reviews(found: Declaration) -> list[dict[str, Any]]:
    """Risk reviews of a declaration, the newest first, with the calibrated probability in percent."""
    rows = found.reviews.order_by("-pk")
    return [{"review": row, "percent": row.score_ppm / PER_PERCENT} for row in rows]


def _items(found: Declaration) -> list[dict[str, Any]]:
    """Items, each with what every order line gave to it."""
    of_item: dict[str, list[dict[str, Any]]] = {}
    for source in selectors.sources(found.number):
        of_item.setdefault(source["item__number"], []).append(source)
    rows = DeclarationItem.objects.filter(declaration=found).order_by("position")
    return [{"item": item, "sources": of_item.get(item.number, [])} for item in rows]
