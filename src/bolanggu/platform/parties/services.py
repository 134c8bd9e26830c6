"""Acts on parties: register them, agree who does what for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.parties.models import Engagement, Party


class UnknownParty(LookupError):
    """A party number that is not registered."""

    code = "unknown_party"


@dataclass(frozen=True, slots=True)
class Roles:
    """Party numbers of an engagement, by role."""

    principal: str
    agent: str
    buyer_of_record: str
    operator_1039: str
    consignee: str
    notify_party: str
    payee: str
    funder: str | None = None


@requires("party", "register")
@transaction.atomic
def register(
    *,
    by: Actor,
    at: datetime,
    number: str,
    kind: str,
    name_en: str,
    name_zh: str = "",
    country: str = "CN",
    uscc: str | None = None,
) -> Party:
    """Register a party; the same number again returns the one that stands."""
    party, made = Party.objects.get_or_create(
        number=number,
        defaults={
            "kind": kind,
            "name_en": name_en,
            "name_zh": name_zh,
            "country": country,
            "uscc": uscc,
            "synthetic": by.source == "simulated",
        },
    )
    if made:
        outbox.write(kind="party.registered", subject=number, at=at, by=by, payload={"kind": kind, "country": country})
    return party


@requires("engagement", "agree")
@transaction.atomic
def agree(
    *, by: Actor, at: datetime, number: str, roles: Roles, commission_buyer_bp: int, commission_merchant_bp: int
) -> Engagement:
    """Agree an engagement between registered parties; the same number again returns the one that stands."""
    standing = Engagement.objects.filter(number=number).first()
    if standing is not None:
        return standing
    named = {role: getattr(roles, role) for role in Roles.__dataclass_fields__ if getattr(roles, role)}
    found = _by_number(named.values())
    engagement = Engagement.objects.create(
        number=number,
        state=Engagement.State.AGREED,
        source=by.source.value,
        stated_at=at,
        commission_buyer_bp=commission_buyer_bp,
        commission_merchant_bp=commission_merchant_bp,
        **{role: found[party] for role, party in named.items()},
    )
    outbox.write(kind="engagement.agreed", subject=number, at=at, by=by, payload=named)
    return engagement


def _by_number(numbers: Iterable[str]) -> dict[str, Party]:
    wanted = set(numbers)
    found = {party.number: party for party in Party.objects.filter(number__in=wanted)}
    if missing := wanted - set(found):
        raise UnknownParty(f"no party has the number {', '.join(sorted(missing))}; register it first")
    return found
