"""Progress of a trade: which of the twelve steps are done, and how the list that was handed in fares."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.uploads.models import Upload
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.marks import marks_of
from bolanggu.trade.models import Mark, Trade
from bolanggu.trade.process import STEPS


def of(actor: Actor, number: str) -> dict[str, Any]:
    """Upload, trade (either may be missing, not both), steps, and whether a worker is at it; or NotYours."""
    trade = whose.trades(actor).filter(number=number).select_related("buyer").first()
    upload = Upload.objects.filter(trade=number).first() if trade else whose.uploads(actor).filter(trade=number).first()
    if trade is None and upload is None:
        raise NotYours(f"there is no trade {number} among yours")
    busy = upload is not None and upload.state in {Upload.State.WAITING, Upload.State.RUNNING}
    steps = steps_of(trade, busy=busy)
    return {
        "number": number,
        "trade": trade,
        "upload": upload,
        "busy": busy,
        "steps": steps,
        "done": sum(step["state"] == "done" for step in steps),
        "of": len(steps),
    }


def marks(trade: Trade) -> dict[str, Mark]:
    """The newest mark of each step, the trade's own and those of its shipments."""
    return {mark.name: mark for mark in marks_of(trade)}


def steps_of(trade: Trade | None, *, busy: bool) -> list[dict[str, Any]]:
    """The twelve steps in order, each done, running or to come."""
    done = {mark.name: mark for mark in marks_of(trade)} if trade else {}
    steps = []
    running = busy
    for name in STEPS:
        mark = done.get(name)
        state = "done" if mark else "running" if running else "to_come"
        running = running and mark is not None
        steps.append({"name": name, "state": state, "at": mark.at if mark else None})
    return steps


@require_safe
@needs("trade", "read")
def part(request: HttpRequest, number: str) -> HttpResponse:
    """The part of the page that renews itself; when the work ends, the whole page is loaded anew."""
    found = of(actor_of(request), number)
    if not found["busy"] and request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "parts/progress.html", found)
