"""The public page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access.needs import needs
from bolanggu.interfaces.web.market import figures


@require_safe
@needs("market", "see")
def today(request: HttpRequest) -> HttpResponse:
    """What the market does today."""
    return render(request, "market/today.html", figures.today(request.at))  # type: ignore[attr-defined]
