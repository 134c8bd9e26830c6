"""Signing in (登录): by a password; after ten failures in a minute nobody is let in by that name or address."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db.models import Q
from django.http import HttpRequest

from bolanggu.platform.accounts.models import SignInFailure, User

MOST_FAILURES = 10
WITHIN = timedelta(minutes=1)
KEPT = timedelta(days=30)


class LockedOut(PermissionError):
    """Too many failures by this name or from this address; it opens again after a minute."""

    code = "locked_out"


def check_password(request: HttpRequest, *, name: str, password: str, address: str, at: datetime) -> User | None:
    """Return the user if the password is hers, else None; a failure is noted.

    Raises
    ------
    LockedOut
        Ten failures in the last minute by this name or from this address. The password is not looked at.
    """
    name = name[:150]
    recent = SignInFailure.objects.filter(at__gt=at - WITHIN)
    by_name = recent.filter(name=name).count()
    from_address = recent.filter(address=address).count()
    if max(by_name, from_address) >= MOST_FAILURES:
        raise LockedOut(f"{MOST_FAILURES} failures in a minute; try again in {WITHIN.seconds} seconds")
    user = authenticate(request, username=name, password=password)
    if isinstance(user, User):
        SignInFailure.objects.filter(Q(name=name) | Q(at__lt=at - KEPT)).delete()
        return user
    SignInFailure.objects.create(name=name, address=address, at=at)
    return None
