"""Grants (授权): one model for every page, command and service: role × thing × action × party × field × purpose.

Deny by default. The roles' standing grants are data (``data/grants/roles.yaml``): all fields, over the parties that
the actor acts for. Grants to one person are rows (`accounts.Grant`): a role, or a single act (`Permit`) over one party,
of one field; each holds for one purpose. A service declares what it needs with `requires`, and whose thing it is with
``of``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from bolanggu.data import read_yaml
from bolanggu.platform.accounts.actor import Actor, Permit
from bolanggu.platform.again import again

__all__ = ["Actor", "NotGranted", "Permit", "allowed", "may", "needs_of", "over", "requires"]

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


def may(actor: Actor, thing: str, action: str, party: str | None = None, field: str = "") -> bool:
    """True if a role or a permit of the actor grants the act, over ``party`` and of ``field`` where these are given.

    Without ``field`` the whole thing is asked for, which a permit of one field does not open.
    """
    if _by_role(actor, thing, action) and (party is None or actor.over(party)):
        return True
    return any(
        (one.thing, one.action) == (thing, action)
        and one.field in {"", field}
        and (party is None or one.everywhere or one.party == party or (not one.party and actor.over(party)))
        for one in actor.permits
    )


def over(actor: Actor, thing: str, action: str) -> frozenset[str] | None:
    """Numbers of the parties over whose things the actor may do the act; None for the whole market."""
    own = _by_role(actor, thing, action)
    permits = [one for one in actor.permits if (one.thing, one.action, one.field) == (thing, action, "")]
    if (own and actor.everywhere) or any(one.everywhere for one in permits):
        return None
    named = frozenset(one.party for one in permits if one.party)
    return named | (actor.parties if own or any(not one.party for one in permits) else frozenset())


def _by_role(actor: Actor, thing: str, action: str) -> bool:
    return not actor.roles.isdisjoint(standing().get((thing, action), frozenset()))


def allowed(actor: Actor, thing: str, action: str, party: str | None = None, field: str = "") -> None:
    """Raise NotGranted unless `may`."""
    if not may(actor, thing, action, party, field):
        whose = f" of {party}" if party else ""
        holders = ", ".join(sorted(standing().get((thing, action), ()))) or "nobody"
        raise NotGranted(f"{actor.name} may not {action} {thing}{whose}; granted to: {holders}")


def requires(
    thing: str, action: str, *, of: Callable[[Mapping[str, Any]], Iterable[str]] | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a service needs; the call is refused unless ``by=`` holds the grant.

    ``of`` reads from the call's arguments the numbers of the parties whose things are acted on; the grant must hold
    over every one of them. A service that the database broke off to end a circle of waiting is done again, see
    `platform.again`.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            by = kwargs.get("by")
            if not isinstance(by, Actor):
                raise NotGranted(f"{service.__name__} needs by=, the actor who does it")
            allowed(by, thing, action)
            if of is not None and not by.everywhere:
                for party in sorted(set(of(kwargs))):
                    allowed(by, thing, action, party)
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
