"""What may be done to a trade, and one act with its form; what was changed before, with what became stale."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bolanggu.interfaces.access import clock
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.web import notices
from bolanggu.interfaces.web.acts import offers
from bolanggu.interfaces.web.acts.forms import form_of
from bolanggu.interfaces.web.acts.things import things_of
from bolanggu.platform.accounts.grants import Actor, allowed, may
from bolanggu.trade.changes.models import Change
from bolanggu.trade.changes.refresh import refresh
from bolanggu.trade.changes.scene import Scene
from bolanggu.trade.changes.table import perform
from bolanggu.values.fault import Fault


@require_safe
@needs("change", "read")
def listed(request: HttpRequest, number: str) -> HttpResponse:
    """Acts that may be done to a trade, and its changes so far."""
    actor = actor_of(request)
    _of(actor, number)
    facts = {"number": number, "acts": offers.of_trade(actor, number), "sees_trade": may(actor, "trade", "read")}
    facts["changes"] = _changes(number)
    return render(request, "acts/listed.html", facts)


def _changes(number: str) -> list[dict[str, Any]]:
    """Changes of a trade, the newest first, each with what of it is still to be made again."""
    rows = Change.objects.filter(trade=number).prefetch_related("stale").order_by("-sequence")
    return [
        {
            "change": row,
            "asked": [(name, value) for name, value in row.asked.items() if value not in (None, "")],
            "stale": list(dict.fromkeys(one.step for one in row.stale.all() if one.cleared_by is None)),
        }
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change", "read")
def one(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One act: its form, and the deed."""
    actor = actor_of(request)
    _of(actor, number)
    act = offers.known().get(name)
    if act is None:
        raise NotYours(f"there is no act {name}")
    allowed(actor, act.thing, act.action)
    given = request.GET.dict() | {"key": uuid.uuid4().hex}
    form = form_of(act.fields, things_of(actor, number))(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        return _done(request, actor, number, name, form.cleaned_data)
    facts = {"number": number, "form": form, "act": offers.facts(act)}
    return render(request, "acts/one.html", facts, status=200 if request.method != "POST" else 422)


def _done(request: HttpRequest, actor: Actor, number: str, name: str, said: dict[str, object]) -> HttpResponse:
    key = f"{actor.name}:{said.pop('key')}"
    given = {field: value for field, value in said.items() if value not in (None, "")}
    at = clock.of_trade(request, number)
    back = reverse("acts", args=[number])

    def deed() -> None:
        perform(name, Scene(by=actor, at=at, trade=number, key=key), given, then_refresh=False)
        _refreshed(request, lambda: refresh(number, by=actor, at=at))

    return notices.act(request, deed, back, done=_("Done."), refused=_("This is not possible now"))


def _refreshed(request: HttpRequest, again: Callable[[], object]) -> None:
    """Make again what the act made stale; where that cannot be done yet, the act stands and the page says why."""
    try:
        again()
    except Fault as fault:
        notices.say(request, "warn", _("What depends on it cannot be made again yet"), str(fault))


def _of(actor: Actor, number: str) -> None:
    if not offers.may_act_in(actor, number):
        raise NotYours(f"there is no trade {number} among yours")
