"""Acts on users and grants (用户与授权): register, invite, give and take a role; sign-in is in `signing_in`."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from bolanggu.data import read_yaml
from bolanggu.platform import outbox
from bolanggu.platform.accounts.acting import WHOLE_MARKET
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.accounts.models import Grant, User

#: roles that no person holds: `public` is everyone's, `world` is the simulation's
NOT_FOR_PEOPLE = frozenset({"public", "world"})


class UnknownRole(ValueError):
    """A role that the role table does not have, or that no person can hold."""

    code = "unknown_role"


class UnknownUser(LookupError):
    """No user goes by that name."""

    code = "unknown_user"


def roles_for_people() -> list[str]:
    """Roles of the role table that people can hold."""
    return [role for role in read_yaml("grants/roles.yaml")["roles"] if role not in NOT_FOR_PEOPLE]


@requires("user", "register")
@transaction.atomic
def register_user(*, by: Actor, at: datetime, name: str, language: str = "en") -> User:
    """Register a user without a password; the same name again returns the one that stands."""
    user, made = User.objects.get_or_create(username=name, defaults={"language": language, "date_joined": at})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        outbox.write(kind="user.registered", subject=name, at=at, by=by)
    return user


@requires("user", "invite")
@transaction.atomic
def invite(*, by: Actor, at: datetime, name: str) -> str:
    """Return a token by which a user chooses a password, once: ``uid/token`` of a link. It holds for a day."""
    user = _user(name)
    outbox.write(kind="user.invited", subject=name, at=at, by=by)
    return f"{urlsafe_base64_encode(force_bytes(user.pk))}/{default_token_generator.make_token(user)}"


@requires("grant", "give")
@transaction.atomic
def give(
    *,
    by: Actor,
    at: datetime,
    name: str,
    role: str,
    party: str = "",
    everywhere: bool = False,
    until: datetime | None = None,
) -> Grant:
    """Let a user act in a role for a party, or for all of the market; what is held already is returned.

    Raises
    ------
    UnknownRole
        The role table has no such role for people.
    UnknownUser
        Nobody goes by that name.
    """
    if role not in roles_for_people():
        raise UnknownRole(f"there is no role {role}; the roles are {', '.join(roles_for_people())}")
    grant, made = Grant.objects.get_or_create(
        user=_user(name),
        role=role,
        thing="",
        action="",
        party=party,
        area=WHOLE_MARKET if everywhere else "",
        field="",
        purpose="trade",
        defaults={"valid_from": at, "valid_to": until},
    )
    if not made and grant.valid_to != until:
        grant.valid_to = until
        grant.save(update_fields=["valid_to"])
    if made:
        outbox.write(kind="grant.given", subject=name, at=at, by=by, payload={"role": role, "party": party})
    return grant


@requires("grant", "take")
@transaction.atomic
def take(*, by: Actor, at: datetime, name: str, role: str, party: str = "") -> int:
    """End a user's grants of a role for a party; returns how many ended."""
    held = Grant.objects.filter(user=_user(name), role=role, party=party, valid_from__lt=at, valid_to__isnull=True)
    ended = held.update(valid_to=at)
    if ended:
        outbox.write(kind="grant.taken", subject=name, at=at, by=by, payload={"role": role, "party": party})
    return ended


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise UnknownUser(f"no user is called {name}; register them first")
    return user
