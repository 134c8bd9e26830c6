"""Orders of a merchant, and one order with what was made and received of each line."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web import notices
from bolanggu.interfaces.web.acts import offers
from bolanggu.market.goods import selectors as goods
from bolanggu.market.orders import services
from bolanggu.market.orders.models import Order
from bolanggu.market.production import selectors as production
from bolanggu.market.warehousing.models import Receipt
from bolanggu.platform.accounts.grants import may

A_PAGE = 50


@require_safe
@needs("order", "confirm")
def listed(request: HttpRequest) -> HttpResponse:
    """Orders of the merchants one acts for."""
    orders = whose.orders_of_merchant(actor_of(request))
    state = request.GET.get("state", "")
    chosen = orders.filter(state=state) if state in Order.State.values else orders
    present = set(orders.order_by().values_list("state", flat=True).distinct())
    states = [one for one in Order.State.values if one in present]
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "order/listed.html", {"page": page, "state": state, "states": states})


@require_safe
@needs("order", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One order."""
    actor = actor_of(request)
    order = whose.order(actor, number)
    sees_trade = may(actor, "trade", "read") and whose.trades(actor).filter(number=order.group.number).exists()
    facts = {
        "order": order,
        "lines": lines_of(order),
        "sees_trade": sees_trade,
        "may_trace": may(actor, "trace", "walk"),
        "may_confirm": order.state == Order.State.PLACED and may(actor, "order", "confirm", order.merchant.number),
        "acts": offers.of_trade(actor, order.group.number, {"order": number, "line": _only_line(order)}),
    }
    return render(request, "order/one.html", facts)


@require_POST
@needs("order", "confirm")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The merchant says yes."""
    actor = actor_of(request)
    whose.order(actor, number, "confirm")
    return notices.act(
        request,
        lambda: services.confirm(by=actor, at=request.at, numbers=[number]),  # type: ignore[attr-defined]
        reverse("order", args=[number]),
        done=_("The order is confirmed."),
        refused=_("This is not possible now"),
    )


def _only_line(order: Order) -> str:
    """The line of an order that has one line; empty where there is to choose."""
    lines = list(order.lines.values_list("line", flat=True)[:2])
    return lines[0] if len(lines) == 1 else ""


def lines_of(order: Order) -> list[dict[str, Any]]:
    """Lines with titles, production and receipt."""
    rows = list(order.lines.order_by("line"))
    titles = goods.titles([row.product for row in rows])
    tasks = {task["line"]: task for task in production.tasks([order.number])}
    receipts = {receipt.line: receipt for receipt in Receipt.objects.filter(order=order.number)}
    return [
        {
            "line": row,
            "title_zh": titles.get(row.product, ("", ""))[0],
            "title_en": titles.get(row.product, ("", ""))[1],
            "task": tasks.get(row.line),
            "receipt": receipts.get(row.line),
        }
        for row in rows
    ]
