"""Refusals as pages: what happened, and what the reader can do."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def page(request: HttpRequest, status: int) -> HttpResponse:
    """A refusal page of a status."""
    titles = {
        400: (_("This request cannot be used"), _("Go back, reload the page and try again.")),
        403: (
            _("Your role does not allow this"),
            _("Choose another of your roles, or ask the market operator for a grant."),
        ),
        404: (_("Not found"), _("Nothing of this name is among the things you may see.")),
        429: (_("Too many attempts"), _("Wait a minute, then try again.")),
    }
    title, advice = titles[status]
    return render(request, "refusal.html", {"title": title, "advice": advice, "status": status}, status=status)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in page, and back afterwards; a part of a page reloads the whole."""
    target = f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return page(request, 400)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for a form that did not come from a page of ours, or whose page is too old."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500: plain, as templates or the database may be what broke."""
    return HttpResponse("Something broke here. 系统出错。\n", status=500, content_type="text/plain; charset=utf-8")
