"""Notices (回执): what an act did, or why it was not possible, told on the next page once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bolanggu.platform.accounts.grants import NotGranted

KEPT = 5


def say(request: HttpRequest, mood: str, text: Any, detail: str = "") -> None:
    """Keep a notice for the next page: its mood (good, warn, bad), its words, and a message of the service."""
    told = [*request.session.get("notices", []), {"mood": mood, "text": str(text), "detail": detail[:600]}]
    request.session["notices"] = told[-KEPT:]


def told(request: HttpRequest) -> list[dict[str, str]]:
    """Notices for this page; they are gone afterwards."""
    if not hasattr(request, "session") or "notices" not in request.session:
        return []
    found: list[dict[str, str]] = request.session.pop("notices")
    return found


def act(request: HttpRequest, deed: Callable[[], Any], back: str, *, done: Any, refused: Any) -> HttpResponse:
    """Do a deed and go back; a refusal that the service words (an error with a ``code``) is told instead."""
    try:
        deed()
    except NotGranted:
        raise
    except (ValueError, LookupError) as error:
        if not getattr(error, "code", ""):
            raise
        say(request, "bad", refused, str(error))
    else:
        say(request, "good", done)
    return HttpResponseRedirect(back)
