"""The pool, and one destination of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.pool import filling
from bolanggu.market.transport.places import find
from bolanggu.platform.accounts.grants import may
from bolanggu.values.fault import Fault


@require_safe
@needs("pool", "read")
def listed(request: HttpRequest) -> HttpResponse:
    """Destinations for which cartons wait."""
    actor = actor_of(request)
    rows = [
        row | {"name": _name(row["destination"]), "pools": filling.pools(actor, row["destination"])}
        for row in filling.destinations(actor)
    ]
    return render(request, "pool/listed.html", {"rows": rows})


@require_safe
@needs("pool", "read")
def one(request: HttpRequest, destination: str) -> HttpResponse:
    """One destination: what waits, the boxes planned, and why lines wait."""
    actor = actor_of(request)
    facts = {
        "destination": destination,
        "name": _name(destination),
        "pools": filling.pools(actor, destination),
        "boxes": filling.planned(actor, destination),
        "reasons": filling.reasons(actor, destination),
        "left": filling.left(actor, destination),
        "sees_boxes": may(actor, "container", "read"),
    }
    return render(request, "pool/one.html", facts)


def _name(destination: str) -> str:
    try:
        return find(destination).name
    except Fault:
        return ""
