"""One declaration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.market.customs.models import DeclarationItem, Step
from bolanggu.platform.accounts.grants import may


@require_safe
@needs("declaration", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Facts, findings, items and the states it went through."""
    actor = actor_of(request)
    found = whose.declaration(actor, number)
    facts = {
        "declaration": found,
        "items": DeclarationItem.objects.filter(declaration=found).order_by("position"),
        "steps": Step.objects.filter(declaration=found).order_by("stated_at", "pk"),
        "may_trace": may(actor, "trace", "walk"),
    }
    return render(request, "declaration/one.html", facts)
