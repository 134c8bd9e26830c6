"""A box: its picture, seal and masses, the shares and cartons one may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.web.acts import offers
from bolanggu.interfaces.web.container import layers
from bolanggu.interfaces.web.container import shares as parts
from bolanggu.interfaces.web.trades.views import SVG_POLICY
from bolanggu.market.consolidation.models import Equipment, LoadPlan, Share
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.trade.papers.pictures import box_picture

A_PAGE = 24


@require_safe
@needs("container", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One box."""
    actor = actor_of(request)
    plan, shares = whose.box(actor, number)
    cartons = Carton.objects.filter(trade__in=[share.trade for share in shares], sscc__in=_of_plan(plan, shares))
    facts = {
        "plan": plan,
        "equipment": Equipment.objects.filter(plan=plan).first(),
        "shares": parts.shown(plan, shares),
        "others": parts.others(plan, shares),
        "page": Paginator(cartons.order_by("order", "position", "sscc"), A_PAGE).get_page(request.GET.get("page")),
        "heights": layers.heights(plan),
        "acts": _acts(actor, plan, shares),
        "may_trace": may(actor, "trace", "walk"),
        "sees_carton": may(actor, "carton", "read"),
    }
    return render(request, "container/one.html", facts)


def _acts(actor: Actor, plan: LoadPlan, shares: list[Share]) -> list[offers.Offered]:
    """What may be done about the box, in the first trade that has a share of it."""
    return offers.of_trade(actor, shares[0].trade, {"box": plan.number, "shipment": plan.shipment})


def _of_plan(plan: LoadPlan, shares: list[Share]) -> list[str]:
    """SSCCs placed in the plan that belong to the shares' trades."""
    placed = {placement[0] for placement in plan.placements}
    mine = Carton.objects.filter(trade__in=[share.trade for share in shares]).values_list("sscc", flat=True)
    return [sscc for sscc in mine if sscc in placed]


@require_safe
@needs("container", "read")
def layer(request: HttpRequest, number: str, height: int) -> HttpResponse:
    """The cartons that stand at a height in mm, seen from above, as SVG."""
    plan, _ = whose.box(actor_of(request), number)
    drawn = layers.drawn(plan).get(height)
    if drawn is None:
        raise NotYours(f"no carton of box {number} stands at {height} mm")
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})


@require_safe
@needs("container", "read")
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """The box as it is stowed, as SVG."""
    plan, _ = whose.box(actor_of(request), number)
    drawn = box_picture(plan.number)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})
