"""Acts on users and grants (用户与授权): register, invite, give and take a role; sign-in is in `signing_in`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from bolanggu.data import read_yaml
from bolanggu.platform import outbox
from bolanggu.platform.accounts.acting import TRADE, WHOLE_MARKET
from bolanggu.platform.accounts.grants import Actor, requires, standing
from bolanggu.platform.accounts.models import Grant, User

#: roles that no person holds: `public` is everyone's, `world` is the simulation's
NOT_FOR_PEOPLE = frozenset({"public", "world"})


class UnknownRole(ValueError):
    """A role that the role table does not have, or that no person can hold."""

    code = "unknown_role"


class UnknownAct(ValueError):
    """An act that no role of the role table may do."""

    code = "unknown_act"


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
    purpose: str = TRADE,
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
    return _given(by, at, name, _Scope(role=role, party=party, everywhere=everywhere, purpose=purpose), until)


@requires("grant", "give")
@transaction.atomic
def give_act(
    *,
    by: Actor,
    at: datetime,
    name: str,
    thing: str,
    action: str,
    party: str = "",
    everywhere: bool = False,
    field: str = "",
    purpose: str = TRADE,
    until: datetime | None = None,
) -> Grant:
    """Let a user do one act beside her role, over a party's things or the whole market, of one field or all of it.

    Raises
    ------
    UnknownAct
        No role may do that, so nobody is given it.
    UnknownUser
        Nobody goes by that name.
    """
    if (thing, action) not in standing():
        raise UnknownAct(f"no role may {action} {thing}; a grant names an act of the role table")
    scope = _Scope(thing=thing, action=action, party=party, everywhere=everywhere, field=field, purpose=purpose)
    return _given(by, at, name, scope, until)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """What a grant is for: a role, or an act; over whom; of what; to which purpose."""

    role: str = ""
    thing: str = ""
    action: str = ""
    party: str = ""
    everywhere: bool = False
    field: str = ""
    purpose: str = TRADE

    def row(self) -> dict[str, str]:
        """Columns of `Grant`."""
        names = ("role", "thing", "action", "party", "field", "purpose")
        return {name: getattr(self, name) for name in names} | {"area": WHOLE_MARKET if self.everywhere else ""}


def _given(by: Actor, at: datetime, name: str, scope: _Scope, until: datetime | None) -> Grant:
    """The grant as it stands afterwards; an event where it is new, was over, or ends at another time."""
    times = {"valid_from": at, "valid_to": until}
    grant, made = Grant.objects.get_or_create(user=_user(name), **scope.row(), defaults=times)
    if not made and grant.valid_to != until:
        grant.valid_to = until
        grant.save(update_fields=["valid_to"])
        made = True
    if made:
        payload = {key: value for key, value in scope.row().items() if value}
        payload |= {"until": until.isoformat()} if until else {}
        outbox.write(kind="grant.given", subject=name, at=at, by=by, payload=payload)
    return grant


@requires("grant", "take")
@transaction.atomic
def take(*, by: Actor, at: datetime, name: str, role: str, party: str = "") -> int:
    """End a user's grants of a role for a party, those with an end of their own too; returns how many ended."""
    return _ended(by, at, name, Q(role=role, party=party), {"role": role, "party": party})


@requires("grant", "take")
@transaction.atomic
def take_act(*, by: Actor, at: datetime, name: str, thing: str, action: str, party: str = "") -> int:
    """End a user's grants of a single act for a party; returns how many ended."""
    which = {"thing": thing, "action": action, "party": party}
    return _ended(by, at, name, Q(role="", **which), which)


def _ended(by: Actor, at: datetime, name: str, which: Q, payload: dict[str, str]) -> int:
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=at)
    ended = Grant.objects.filter(running, which, user=_user(name), valid_from__lt=at).update(valid_to=at)
    if ended:
        outbox.write(kind="grant.taken", subject=name, at=at, by=by, payload=payload)
    return ended


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise UnknownUser(f"no user is called {name}; register them first")
    return user
