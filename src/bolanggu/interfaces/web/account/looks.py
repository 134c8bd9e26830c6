"""Who saw my things: looks of others at trades and orders, told to those they are of."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.market.consolidation.models import ShipmentTrade
from bolanggu.platform.accounts.models import Look

A_PAGE = 100


@require_safe
@needs("desk", "open")
def listed(request: HttpRequest) -> HttpResponse:
    """Looks at the actor's things by others; those of her own user are left out."""
    actor = actor_of(request)
    trades = whose.trades(actor).values("number")
    shipments = ShipmentTrade.objects.filter(trade__in=trades).values("shipment__number")
    mine = Q(whole__in=trades) | Q(whole__in=shipments)
    if "merchant" in actor.roles:
        mine |= Q(number__in=whose.orders_of_merchant(actor).values("number"))
    found = Look.objects.filter(mine).exclude(name=actor.name).order_by("-at", "-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/looks.html", {"page": page})
