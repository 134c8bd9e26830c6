"""A box: its picture, seal and masses, the shares and cartons one may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.trades.views import SVG_POLICY
from bolanggu.market.consolidation.models import Equipment, LoadPlan, Share
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.accounts.grants import may
from bolanggu.trade.papers.pictures import box_picture
from bolanggu.values.quantity import cubic_metres

A_PAGE = 100


@require_safe
@needs("container", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One box."""
    actor = actor_of(request)
    plan, shares = whose.box(actor, number)
    seen = [placed[0] for placed in plan.placements]
    cartons = Carton.objects.filter(trade__in=[share.trade for share in shares], sscc__in=_of_plan(plan, shares))
    facts = {
        "plan": plan,
        "equipment": Equipment.objects.filter(plan=plan).first(),
        "shares": [{"share": share, "cbm": cubic_metres(share.cubic_mm)} for share in shares],
        "others": plan.cartons - sum(share.cartons for share in shares),
        "page": Paginator(cartons.order_by("order", "position", "sscc"), A_PAGE).get_page(request.GET.get("page")),
        "placed": len(seen),
        "may_trace": may(actor, "trace", "walk"),
    }
    return render(request, "container/one.html", facts)


def _of_plan(plan: LoadPlan, shares: list[Share]) -> list[str]:
    """SSCCs placed in the plan that belong to the shares' trades."""
    placed = {placement[0] for placement in plan.placements}
    mine = Carton.objects.filter(trade__in=[share.trade for share in shares]).values_list("sscc", flat=True)
    return [sscc for sscc in mine if sscc in placed]


@require_safe
@needs("container", "read")
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """The box as it is stowed, as SVG."""
    plan, _ = whose.box(actor_of(request), number)
    drawn = box_picture(plan.number)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})
