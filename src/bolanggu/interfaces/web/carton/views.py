"""One carton, and the scan field that leads to any numbered thing."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.web.acts import offers
from bolanggu.interfaces.web.carton.label import barcode
from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry
from bolanggu.market.goods import selectors as goods
from bolanggu.market.orders.models import OrderLine
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.values.quantity import cubic_metres

SSCC = re.compile(r"(?:\(?00\)?)?(\d{18})")
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@require_safe
@needs("carton", "read")
def one(request: HttpRequest, sscc: str) -> HttpResponse:
    """A carton."""
    actor = actor_of(request)
    carton = whose.carton(actor, sscc)
    facts = {
        "carton": carton,
        "sizes": _sizes(carton),
        "cbm": cubic_metres(carton.l_mm * carton.w_mm * carton.h_mm),
        "contents": _contents(carton),
        "entry": PoolEntry.objects.filter(sscc=sscc).first(),
        "box": _box(actor, carton),
        "may_trace": may(actor, "trace", "walk"),
        "sees_order": may(actor, "order", "read"),
        "acts": offers.of_trade(actor, carton.trade, _about(carton)),
    }
    return render(request, "carton/one.html", facts)


@require_safe
@needs("carton", "read")
def label(request: HttpRequest, sscc: str) -> HttpResponse:
    """The carton's GS1-128 barcode with its SSCC, as SVG."""
    carton = whose.carton(actor_of(request), sscc)
    try:
        drawn = barcode(carton.sscc)
    except ValueError as error:
        raise NotYours(str(error)) from error
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})


def _about(carton: Carton) -> dict[str, str]:
    """What acts on the carton are about: the line in it, and the carton itself."""
    lines = list(carton.contents.values_list("line", flat=True)[:2])
    return {"cartons": carton.sscc, "line": lines[0] if len(lines) == 1 else ""}


def _sizes(carton: Carton) -> list[dict[str, Any]]:
    """Promised beside measured; more than promised is marked."""
    pairs = [("L", "l_mm"), ("W", "w_mm"), ("H", "h_mm"), ("G", "gross_g")]
    return [
        {"name": name, "promised": getattr(carton, f"promised_{column}"), "measured": getattr(carton, column)}
        for name, column in pairs
    ]


def _contents(carton: Carton) -> list[dict[str, Any]]:
    rows = list(carton.contents.order_by("line"))
    product = dict(OrderLine.objects.filter(line__in=[row.line for row in rows]).values_list("line", "product"))
    titles = goods.titles(list(product.values()))
    return [
        {
            "line": row.line,
            "pieces": row.pieces,
            "net_g": row.net_g,
            "product": product.get(row.line, ""),
            "title_zh": titles.get(product.get(row.line, ""), ("", ""))[0],
            "title_en": titles.get(product.get(row.line, ""), ("", ""))[1],
        }
        for row in rows
    ]


def _box(actor: Actor, carton: Carton) -> LoadPlan | None:
    """The standing planned box that holds the carton, if the actor may see boxes."""
    if not may(actor, "container", "read"):
        return None
    plans = LoadPlan.objects.filter(shares__trade=carton.trade, superseded=False).order_by("number")
    return next((plan for plan in plans if any(placed[0] == carton.sscc for placed in plan.placements)), None)


@require_safe
@needs("carton", "read")
def scan(request: HttpRequest) -> HttpResponse:
    """A field for a scanner that types like a keyboard: what it reads is opened."""
    text = request.GET.get("code", "").replace("\0", "").strip()[:96]
    target = _target(actor_of(request), text) if text else ""
    if target:
        return redirect(target)
    newest = whose.cartons(actor_of(request)).order_by("-stated_at", "-pk")[:8]
    status = 404 if text else 200
    return render(request, "carton/scan.html", {"text": text, "newest": newest}, status=status)


def _target(actor: Actor, text: str) -> str:
    """The page of what was scanned, if the actor may see it."""
    compact = re.sub(r"[\s()]", "", text).upper()
    tries = (_carton, _container, _order)
    for find in tries:
        try:
            return find(actor, compact)
        except NotYours:
            continue
    return ""


def _carton(actor: Actor, text: str) -> str:
    found = SSCC.fullmatch(text)
    return reverse("carton", args=[whose.carton(actor, found[1] if found else "").sscc])


def _container(actor: Actor, text: str) -> str:
    loaded = Equipment.objects.filter(number=text).order_by("-stated_at").select_related("plan").first()
    number = loaded.plan.number if loaded else text
    if not may(actor, "container", "read"):
        raise NotYours(number)
    return reverse("container", args=[whose.box(actor, number)[0].number])


def _order(actor: Actor, text: str) -> str:
    if may(actor, "order", "read"):
        return reverse("order", args=[whose.order(actor, text).number])
    if may(actor, "receipt", "count"):
        return reverse("receive", args=[whose.delivery(actor, text).number])
    raise NotYours(text)
