"""Trades, the form for a list, and the dossier."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.uploads.models import Upload
from bolanggu.interfaces.uploads.services import Wishes, hand_in
from bolanggu.interfaces.web.trades import papers, progress
from bolanggu.interfaces.web.trades.forms import HandIn
from bolanggu.interfaces.web.trades.paper_list import grouped
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.trade.dossier import dossier
from bolanggu.trade.marks import steps_done
from bolanggu.trade.models import Trade
from bolanggu.trade.papers.pictures import route_picture
from bolanggu.trade.process import STEPS
from bolanggu.values.fault import Fault

A_PAGE = 50
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@require_safe
@needs("trade", "read")
def listed(request: HttpRequest) -> HttpResponse:
    """All trades one may see, the newest first, and the lists that are not trades yet."""
    actor = actor_of(request)
    page = Paginator(whose.trades(actor).order_by("-stated_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    pending = whose.uploads(actor).exclude(state=Upload.State.DONE).order_by("-handed_in_at")[:20]
    facts = {"page": page, "rows": _rows(page.object_list), "pending": pending}
    return render(request, "trades/listed.html", facts | {"may_open": may(actor, "trade", "open")})


def _rows(trades: Any) -> list[dict[str, Any]]:
    """Trades with how many of their steps are done."""
    rows = list(trades.select_related("buyer"))
    done = steps_done([trade.number for trade in rows])
    return [{"trade": trade, "done": done[trade.number], "of": len(STEPS)} for trade in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("trade", "open")
def hand_in_list(request: HttpRequest) -> HttpResponse:
    """Hand a list in: what cannot be used is named by file, row and column; else its trade begins."""
    actor = actor_of(request)
    form = HandIn(request.POST or None, request.FILES or None, initial={"key": uuid.uuid4().hex, "currency": "USD"})
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _handed_in(request, actor, form)
        except Fault as fault:
            faults = [fault]
        except ExceptionGroup as group:
            faults = [fault for fault in group.exceptions if isinstance(fault, Fault)]
            if len(faults) < len(group.exceptions):
                raise
        else:
            return redirect("trade", made.trade)
    status = 200 if request.method != "POST" else 422
    return render(request, "trades/new.html", {"form": form, "faults": faults}, status=status)


def _handed_in(request: HttpRequest, actor: Actor, form: HandIn) -> Upload:
    sent = form.cleaned_data["list"]
    return hand_in(
        by=actor,
        at=request.at,  # type: ignore[attr-defined]
        name=sent.name,
        content=sent.read(),
        wishes=Wishes(**form.wishes()),
        key=form.cleaned_data["key"],
    )


@require_safe
@needs("trade", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A trade: progress while it runs, then its dossier, each part by its own grant."""
    actor = actor_of(request)
    facts = progress.of(actor, number)
    if facts["trade"] is not None and not facts["busy"]:
        facts |= _dossier(actor, facts["trade"])
    return render(request, "trades/one.html", facts)


def _dossier(actor: Actor, trade: Trade) -> dict[str, Any]:
    parts = {
        "sees_list": may(actor, "inquiry", "read"),
        "sees_lines": may(actor, "order", "read"),
        "sees_boxes": may(actor, "container", "read"),
        "sees_declarations": may(actor, "declaration", "read"),
        "sees_ways": may(actor, "route", "read"),
        "sees_money": may(actor, "payment", "read"),
        "sees_payouts": may(actor, "payout", "read"),
    }
    return parts | {"dossier": dossier(trade), "papers": grouped(papers.of_trade(actor, trade.number))}


@require_safe
@needs("route", "read")
def map_picture(request: HttpRequest, number: str) -> HttpResponse:
    """The chosen way on a map, as SVG."""
    trade = whose.trade(actor_of(request), number)
    drawn = route_picture(dossier(trade)["routes"])
    if not drawn:
        raise NotYours(f"trade {number} has no way yet")
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})
