"""Grants (授权): one model for every page, command and service: role × thing × action × party × field × purpose.

Deny by default. The roles' standing grants are data (``data/grants/roles.yaml``); grants to one person or
party are rows (`accounts.Grant`). A service declares what it needs with `requires`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from bolanggu.data import read_yaml
from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.again import again

__all__ = ["Actor", "NotGranted", "allowed", "may", "needs_of", "requires"]

P = ParamSpec("P")
R = TypeVar("R")


class NotGranted(PermissionError):
    """The actor holds no grant for this act."""

    code = "not_granted"


@cache
def standing() -> dict[tuple[str, str], frozenset[str]]:
    """Roles that may do (thing, action), from the role table."""
    table: dict[tuple[str, str], set[str]] = {}
    for role, things in read_yaml("grants/roles.yaml")["roles"].items():
        for thing, actions in things.items():
            for action in actions:
                table.setdefault((thing, action), set()).add(role)
    return {need: frozenset(roles) for need, roles in table.items()}


def may(actor: Actor, thing: str, action: str, party: str | None = None) -> bool:
    """True if one of the actor's roles grants the act, and the actor acts for ``party`` where one is given."""
    if actor.roles.isdisjoint(standing().get((thing, action), frozenset())):
        return False
    return party is None or actor.over(party)


def allowed(actor: Actor, thing: str, action: str, party: str | None = None) -> None:
    """Raise NotGranted unless `may`."""
    if not may(actor, thing, action, party):
        whose = f" of {party}" if party else ""
        holders = ", ".join(sorted(standing().get((thing, action), ()))) or "nobody"
        raise NotGranted(f"{actor.name} may not {action} {thing}{whose}; granted to: {holders}")


def requires(thing: str, action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a service needs; the call is refused unless ``by=`` holds the grant.

    A service that the database broke off to end a circle of waiting is done again, see `platform.again`.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            by = kwargs.get("by")
            if not isinstance(by, Actor):
                raise NotGranted(f"{service.__name__} needs by=, the actor who does it")
            allowed(by, thing, action)
            return again(lambda: service(*args, **kwargs))

        guarded.needs = (thing, action)  # type: ignore[attr-defined]
        return guarded

    return decorate


def needs_of(service: Callable[..., Any]) -> tuple[str, str] | None:
    """What a service declared with `requires`, or None."""
    declared: tuple[str, str] | None = getattr(service, "needs", None)
    return declared


def undeclared(services: Iterable[Callable[..., Any]]) -> list[str]:
    """Names of services that declare no need."""
    return [f"{s.__module__}.{s.__name__}" for s in services if needs_of(s) is None]
