"""Sign in and out, choose a first password, a role, a language, a light; keys for programs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.web import refusals
from bolanggu.interfaces.web.account.forms import FirstPassword, SignIn
from bolanggu.interfaces.web.context import THEMES
from bolanggu.platform.accounts.acting import PUBLIC, roles_of
from bolanggu.platform.accounts.api_keys import make_key
from bolanggu.platform.accounts.models import User
from bolanggu.platform.accounts.signing_in import LockedOut, check_password

_YEAR = 365 * 24 * 3600


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("account", "sign_in")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; too many failures lock out for a minute."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = check_password(request, address=_address(request), at=request.at, **form.cleaned_data)  # type: ignore[attr-defined]
        except LockedOut:
            locked = refusals.page(request, 429)
            locked.headers["Retry-After"] = "60"
            return locked
        if user is not None:
            return _signed_in(request, user)
        form.add_error(None, _("Name or password is wrong."))
    return render(request, "account/sign_in.html", {"form": form, "next": _next(request)})


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    auth.login(request, user)
    return _in_language(redirect(_next(request) or settings.LOGIN_REDIRECT_URL), user.language)


@require_POST
@needs("account", "sign_in")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("market")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("account", "sign_in")
def first_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a password by a link that works once."""
    user = _invited(uid, token)
    form = FirstPassword(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        return _signed_in(request, user)
    return render(request, "account/first_password.html", {"form": form, "name": user.get_username()})


@require_POST
@needs("desk", "open")
def choose_role(request: HttpRequest) -> HttpResponse:
    """Act in another of one's roles from now on."""
    role = request.POST.get("role", "")
    if role in roles_of(request.user, request.at):  # type: ignore[arg-type, attr-defined]
        request.session["role"] = role
    return redirect("start")


@require_POST
@needs("account", "sign_in")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; a signed-in person's choice is remembered."""
    wished = request.POST.get("language", "")
    answer = redirect(_next(request) or "/")
    if wished in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=wished)
        _in_language(answer, wished)
    return answer


@require_POST
@needs("account", "sign_in")
def choose_light(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says."""
    answer = redirect(_next(request) or "/")
    wished = request.POST.get("light", "")
    if wished in THEMES:
        answer.set_cookie(
            "theme", wished, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    else:
        answer.delete_cookie("theme")
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk", "open")
def account(request: HttpRequest) -> HttpResponse:
    """One's own roles and parties; make a key for programs."""
    actor = actor_of(request)
    facts: dict[str, Any] = {"parties": sorted(actor.parties), "everywhere": actor.everywhere}
    if request.method == "POST":
        role = next(iter(actor.roles - {PUBLIC}), PUBLIC)
        facts["key"] = make_key(by=actor, at=request.at, user=request.user, role=role)  # type: ignore[attr-defined, arg-type]
    return render(request, "account/account.html", facts)


def _invited(uid: str, token: str) -> User:
    """The user an invitation is for, or NotYours if it was used, is too old or false."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(uid)), is_active=True).first()
    except (ValueError, OverflowError):
        user = None
    if user is None or not default_token_generator.check_token(user, token):
        raise NotYours("this link was used, is older than a day, or was copied badly; ask for a new one")
    return user


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site, or nowhere."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def _address(request: HttpRequest) -> str:
    """The caller's address; behind a proxy that ends TLS, the last one the proxy names."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return (told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))[:45]


def _in_language(answer: HttpResponseRedirect, language: str) -> HttpResponseRedirect:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return answer
