"""Keys for programs (接口密钥): made once, shown once, kept as a digest; a key acts in one role of its user."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from bolanggu.platform import outbox
from bolanggu.platform.accounts.acting import actor_of, roles_of
from bolanggu.platform.accounts.grants import Actor, NotGranted, requires
from bolanggu.platform.accounts.models import ApiKey, User

VALID = timedelta(days=90)


@requires("api_key", "make")
@transaction.atomic
def make_key(*, by: Actor, at: datetime, user: User, role: str) -> str:
    """Make a key of a user for one of her roles and return it; it cannot be shown again. It holds for 90 days."""
    if role not in roles_of(user, at):
        raise NotGranted(f"{user.get_username()} does not act as {role}; a key needs a role that its user holds")
    key = f"blg_{secrets.token_urlsafe(32)}"
    ApiKey.objects.create(user=user, role=role, sha256=_digest(key), made_at=at, valid_to=at + VALID)
    outbox.write(kind="api_key.made", subject=user.get_username(), at=at, by=by, payload={"role": role})
    return key


def actor_of_key(key: str, *, at: datetime) -> Actor | None:
    """Return the actor a key stands for, or None if it is unknown, has ended, or its user or role is no more."""
    held = (
        ApiKey.objects.filter(sha256=_digest(key), valid_to__gt=at, user__is_active=True).select_related("user").first()
    )
    if held is None or held.role not in roles_of(held.user, at):
        return None
    return actor_of(held.user, at=at, role=held.role)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
