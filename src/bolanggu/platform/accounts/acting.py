"""Acting (以何身份行事): a signed-in person as an actor, in one role at a time, over the parties of that role."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.accounts.models import Grant, User

PUBLIC = "public"
#: value of `Grant.area` that lets a role act for all parties of the market
WHOLE_MARKET = "market"
#: whoever is not signed in
VISITOR = Actor("visitor", frozenset({PUBLIC}))


def valid_grants(user: User, at: datetime) -> QuerySet[Grant]:
    """Grants of a user that hold at a moment."""
    return Grant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), user=user, valid_from__lte=at)


def roles_of(user: User, at: datetime) -> list[str]:
    """Roles a user may act in, in the order they were given."""
    found = valid_grants(user, at).exclude(role="").order_by("pk").values_list("role", flat=True)
    return list(dict.fromkeys(found))


def actor_of(user: User, *, at: datetime, role: str = "") -> Actor:
    """Make the actor of a user in one role: the wished one if it is granted, else the first, else the public one.

    Roles are not added up: parties held in one role never widen another.
    """
    grants = list(valid_grants(user, at).exclude(role="").order_by("pk").values_list("role", "party", "area"))
    held = dict.fromkeys(name for name, _, _ in grants)
    acting = role if role in held else next(iter(held), PUBLIC)
    mine = [(party, area) for name, party, area in grants if name == acting]
    return Actor(
        user.get_username(),
        frozenset({acting, PUBLIC}),
        parties=frozenset(party for party, _ in mine if party),
        everywhere=any(area == WHOLE_MARKET for _, area in mine),
    )
