"""Needs of routes: each view and endpoint declares the grant it needs; one that declares none is refused by a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest

from bolanggu.interfaces.access import looks
from bolanggu.platform.accounts.grants import Actor, NotGranted, allowed

V = TypeVar("V", bound=Callable[..., Any])


class SignInFirst(PermissionError):
    """Nobody is signed in, and visitors hold no grant for this."""

    code = "sign_in_first"


class NotYours(LookupError):
    """No such thing among those the actor may see. Says the same whether it exists or not."""

    code = "not_found"


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, as the middleware found out."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def needs(thing: str, action: str) -> Callable[[V], V]:
    """Declare the grant a view needs; refuse the request before the view runs unless the actor holds it.

    What was shown of somebody's thing is noted, see `looks`.

    Raises
    ------
    SignInFirst
        The visitor is not signed in.
    NotGranted
        The actor's role holds no such grant.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = actor_of(request)
            try:
                allowed(actor, thing, action)
            except NotGranted:
                if request.user.is_authenticated or "HTTP_AUTHORIZATION" in request.META:
                    raise
                raise SignInFirst(f"sign in to {action} {thing}") from None
            answer = view(request, *args, **kwargs)
            looks.noted(request, actor, thing, answer, kwargs)
            return answer

        guarded.needs = (thing, action)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate
