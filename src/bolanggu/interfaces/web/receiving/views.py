"""Deliveries expected, and counting one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.web import notices
from bolanggu.interfaces.web.acts import offers
from bolanggu.interfaces.web.receiving.expected import expected
from bolanggu.market.goods import selectors as goods
from bolanggu.market.orders.models import Order
from bolanggu.market.production.models import ProductionTask
from bolanggu.market.warehousing.models import Receipt
from bolanggu.market.warehousing.services import Counted, count
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.models import Trade

MOST_DIGITS = 9


@require_safe
@needs("receipt", "count")
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that is to come."""
    return render(request, "receiving/listed.html", {"deliveries": expected(actor_of(request)), "at": request.at})  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("receipt", "count")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Count an order's lines: received and rejected of each; lines counted before stand."""
    actor = actor_of(request)
    order = whose.delivery(actor, number)
    rows = _rows(order)
    if request.method == "POST":
        faults = _read(rows, request.POST)
        counted = [_counted(order, row) for row in rows if row["received"] is not None]
        if not faults and counted:
            return notices.act(
                request,
                lambda: count(
                    by=actor,
                    at=request.at,  # type: ignore[attr-defined]
                    warehouse=_warehouse(actor, order),
                    counted=counted,
                ),
                reverse("receive", args=[number]),
                done=_("The count is kept."),
                refused=_("The count was not kept"),
            )
        notices.say(request, "bad", _("Write whole numbers; rejected is at most received."), ", ".join(faults))
    facts = {
        "order": order,
        "rows": rows,
        "acts": offers.of_trade(actor, order.group.number, {"order": number, "line": ""}),
    }
    return render(request, "receiving/one.html", facts, status=200 if request.method != "POST" else 422)


def _rows(order: Order) -> list[dict[str, Any]]:
    lines = list(order.lines.order_by("line"))
    titles = goods.titles([line.product for line in lines])
    tasks = {task.line: task for task in ProductionTask.objects.filter(order=order.number)}
    receipts = {receipt.line: receipt for receipt in Receipt.objects.filter(order=order.number)}
    return [
        {
            "line": line,
            "title_zh": titles.get(line.product, ("", ""))[0],
            "title_en": titles.get(line.product, ("", ""))[1],
            "task": tasks.get(line.line),
            "receipt": receipts.get(line.line),
            "received": None,
            "rejected": None,
        }
        for line in lines
    ]


def _read(rows: list[dict[str, Any]], given: QueryDict) -> list[str]:
    """Fill in what was counted; returns the lines whose numbers cannot be used. A line left empty is not counted."""
    faults = []
    for row in rows:
        received, rejected = (given.get(f"{name}-{row['line'].line}", "").strip() for name in ("received", "rejected"))
        if row["receipt"] is not None or not received:
            continue
        try:
            row["received"], row["rejected"] = _whole(received), _whole(rejected or "0")
        except ValueError:
            faults.append(row["line"].line)
            continue
        if row["rejected"] > row["received"]:
            faults.append(row["line"].line)
    return faults


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise ValueError(text)
    return int(text)


def _counted(order: Order, row: dict[str, Any]) -> Counted:
    received, rejected = row["received"], row["rejected"]
    return Counted(row["line"].line, order.number, row["line"].quantity, received, received - rejected, rejected)


def _warehouse(actor: Actor, order: Order) -> str:
    """The warehouse of the trade, which the actor acts for."""
    found = Trade.objects.filter(number=order.group.number).values_list("cast", flat=True).first() or {}
    warehouse = str(found.get("warehouse", ""))
    if not warehouse or not actor.over(warehouse):
        raise NotYours(f"order {order.number} is delivered to a warehouse that is not yours")
    return warehouse
