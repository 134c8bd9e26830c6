"""What every page knows: who is looking, in which role, in which language and light, and where they may go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.web import notices
from bolanggu.interfaces.web.words import word
from bolanggu.platform.accounts.acting import PUBLIC, VISITOR, roles_of
from bolanggu.platform.accounts.grants import Actor, may

#: name of the route, its word, the grant it needs
PLACES = [
    ("start", _("Today"), ("desk", "open")),
    ("trades", _("Trades"), ("trade", "read")),
    ("orders", _("Orders"), ("order", "confirm")),
    ("scan", _("Scan"), ("receipt", "count")),
    ("receiving", _("Receive"), ("receipt", "count")),
    ("pool", _("Pool"), ("pool", "read")),
    ("declarations", _("Declarations"), ("declaration", "send")),
    ("money", _("Money"), ("money", "open")),
    ("goods", _("Goods"), ("goods", "find")),
    ("ways", _("Ways"), ("route", "read")),
    ("trace", _("Trace"), ("trace", "walk")),
    ("people", _("People"), ("grant", "give")),
    ("market", _("Market today"), ("market", "see")),
    ("blueprint", _("Blueprint"), ("blueprint", "see")),
]
THEMES = ("light", "dark")


def of_every_page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template that is rendered for a request."""
    actor: Actor = getattr(request, "actor", VISITOR)
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": actor,
        "signed_in": actor is not VISITOR,
        "role": next(iter(actor.roles - {PUBLIC}), PUBLIC),
        "roles": _roles(request, actor),
        "places": list(_places(request, actor)),
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "theme": theme if theme in THEMES else "",
        "here": request.get_full_path(),
        "notices": notices.told(request),
    }


def _roles(request: HttpRequest, actor: Actor) -> list[tuple[str, str]]:
    if actor is VISITOR or not request.user.is_authenticated:
        return []
    return [(role, word(role, "role")) for role in roles_of(request.user, request.at)]  # type: ignore[attr-defined]


def _places(request: HttpRequest, actor: Actor) -> Iterator[dict[str, Any]]:
    for name, called, need in PLACES:
        if may(actor, *need):
            url = reverse(name)
            yield {
                "url": url,
                "word": called,
                "here": request.path == url or (url != "/" and request.path.startswith(url)),
            }
