"""Trace any id."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.access.walks import walk as walked

MOST_STEPS = 400


@require_safe
@needs("trace", "walk")
def walk(request: HttpRequest) -> HttpResponse:
    """A thing's walk back to buyers' lines and forward to what became of it, with shares."""
    number = request.GET.get("id", "").replace("\0", "").strip()[:96]
    if not number:
        return render(request, "trace/walk.html", {"number": ""})
    try:
        found = walked(actor_of(request), number)
    except NotYours:
        return render(request, "trace/walk.html", {"number": number, "unknown": True}, status=404)
    return render(request, "trace/walk.html", {"number": number, "ways": _ways(found), "found": found})


def _ways(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Back and forward, the longest part of each that a page can hold."""
    return [
        {
            "way": way,
            "steps": found[way][:MOST_STEPS],
            "cut": max(0, len(found[way]) - MOST_STEPS),
            "hidden": found["hidden"][way],
        }
        for way in ("back", "forward")
    ]
