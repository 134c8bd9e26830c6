"""The people of the market with their grants; giving one, taking one, inviting anew."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web import notices
from bolanggu.interfaces.web.people.forms import Give
from bolanggu.platform.accounts import services
from bolanggu.platform.accounts.acting import valid_grants
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.accounts.models import Grant, User

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs("grant", "give")
def listed(request: HttpRequest) -> HttpResponse:
    """Users and what each holds now; the form that gives more."""
    form = Give(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _given(request, form)
    users = User.objects.filter(is_active=True).order_by("username")
    page = Paginator(users, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"user": user, "grants": valid_grants(user, request.at).order_by("pk")} for user in page.object_list]  # type: ignore[attr-defined]
    status = 200 if request.method != "POST" else 422
    return render(request, "people/listed.html", {"form": form, "page": page, "rows": rows}, status=status)


def _given(request: HttpRequest, form: Give) -> HttpResponse:
    by, at, name = actor_of(request), request.at, form.cleaned_data["name"]  # type: ignore[attr-defined]
    services.register_user(by=by, at=at, name=name)
    if role := form.cleaned_data["role"]:
        services.give(by=by, at=at, name=name, role=role, **form.scope())
    else:
        thing, action = form.cleaned_data["act"].split(" ", 1)
        services.give_act(by=by, at=at, name=name, thing=thing, action=action, **form.scope())
    user = User.objects.get(username=name)
    if user.has_usable_password():
        notices.say(request, "good", _("The grant is given."))
    else:
        link = request.build_absolute_uri(f"/first/{services.invite(by=by, at=at, name=name)}/")
        notices.say(request, "good", _("The grant is given. A password is chosen once, within a day, at:"), link)
    return redirect("people")


@require_POST
@needs("grant", "take")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """End one grant."""
    grant = get_object_or_404(Grant.objects.select_related("user"), pk=pk)
    return notices.act(
        request,
        lambda: _taken(actor_of(request), request, grant),
        reverse("people"),
        done=_("The grant is taken."),
        refused=_("This is not possible now"),
    )


def _taken(by: Actor, request: HttpRequest, grant: Grant) -> None:
    which: dict[str, Any] = {"name": grant.user.get_username(), "party": grant.party}
    at = request.at  # type: ignore[attr-defined]
    if grant.role:
        services.take(by=by, at=at, role=grant.role, **which)
    else:
        services.take_act(by=by, at=at, thing=grant.thing, action=grant.action, **which)
