"""Looking (查阅留痕): who looked at what, in which role, noted once a day, so that its owners can be told."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.accounts.models import Look

PUBLIC = "public"


def note(actor: Actor, thing: str, number: str, *, whole: str, at: datetime) -> bool:
    """Note that an actor looked at a thing, part of a whole; the second look of a day writes nothing. True if new."""
    role = next(iter(sorted(actor.roles - {PUBLIC})), PUBLIC)
    row = {"name": actor.name[:150], "role": role, "thing": thing, "number": number[:64], "day": at.date()}
    if Look.objects.filter(**row).exists():
        return False
    try:
        with transaction.atomic():
            Look.objects.create(**row, whole=whole, at=at)
    except IntegrityError:
        return False
    return True
