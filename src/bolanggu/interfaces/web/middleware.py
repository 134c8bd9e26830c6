"""Middleware: security headers on every answer; who asks, in which role; refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseBase

from bolanggu.interfaces.access.needs import NotYours, SignInFirst
from bolanggu.interfaces.web import refusals
from bolanggu.platform.accounts.acting import VISITOR, actor_of
from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.accounts.api_keys import actor_of_key
from bolanggu.platform.accounts.grants import NotGranted

Answer = Callable[[HttpRequest], HttpResponseBase]

#: nothing is loaded from elsewhere, no script or style stands inside a page, no page stands inside another
POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: Answer) -> Answer:
    """Set the content security policy and its companions, unless the view set its own."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    return answer


class ActorMiddleware:
    """Set ``request.actor`` and ``request.at``: the holder of a key, the signed-in user in one role, or a visitor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a signed-in person's pages are kept by nobody on the way."""
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]
        request.actor = _actor(request, request.at)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.actor is not VISITOR:  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Turn a refusal into its page; anything else is a fault of ours."""
        if isinstance(error, SignInFirst):
            return refusals.sign_in_first(request)
        if isinstance(error, NotGranted):
            return refusals.page(request, 403)
        if isinstance(error, NotYours):
            return refusals.page(request, 404)
        return None


def _actor(request: HttpRequest, at: datetime) -> Actor:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        found = actor_of_key(key.strip(), at=at) if scheme.lower() == "bearer" else None
        return found or VISITOR
    if request.user.is_authenticated:
        return actor_of(request.user, at=at, role=request.session.get("role", ""))
    return VISITOR
