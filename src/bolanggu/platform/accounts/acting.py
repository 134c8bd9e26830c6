"""Acting (以何身份行事): a signed-in person as an actor, in one role at a time, over the parties of that role."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from bolanggu.platform.accounts.actor import Actor, Permit
from bolanggu.platform.accounts.models import Grant, User

PUBLIC = "public"
#: the purpose of a grant that names no other
TRADE = "trade"
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


def purposes_of(user: User, at: datetime) -> list[str]:
    """Purposes for which a user holds a grant, ``trade`` first."""
    found = valid_grants(user, at).order_by("pk").values_list("purpose", flat=True)
    return list(dict.fromkeys([TRADE, *found]))


def actor_of(user: User, *, at: datetime, role: str = "", purpose: str = TRADE) -> Actor:
    """Make the actor of a user in one role: the wished one if it is granted, else the first, else the public one.

    Roles are not added up: parties held in one role never widen another. Grants of a single act go with every role.
    Only grants for the ``purpose`` count.
    """
    grants = list(valid_grants(user, at).filter(purpose=purpose).order_by("pk"))
    held = dict.fromkeys(grant.role for grant in grants if grant.role)
    acting = role if role in held else next(iter(held), PUBLIC)
    mine = [grant for grant in grants if grant.role == acting]
    return Actor(
        user.get_username(),
        frozenset({acting, PUBLIC}),
        parties=frozenset(grant.party for grant in mine if grant.party),
        everywhere=any(grant.area == WHOLE_MARKET for grant in mine),
        purpose=purpose,
        permits=frozenset(_permit(grant) for grant in grants if not grant.role),
    )


def _permit(grant: Grant) -> Permit:
    return Permit(grant.thing, grant.action, grant.party, grant.field, grant.area == WHOLE_MARKET)
