"""Keeping what a change replaces: written in the same transaction as the change, never altered afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.platform.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Version:
    """A superseded version as it stood, and why it stands no more."""

    kind: str
    number: str
    version: int
    facts: Mapping[str, Any]
    reason: str
    actor: str
    source: str
    at: datetime


@transaction.atomic
def supersede(
    *, kind: str, facts: Sequence[tuple[str, Mapping[str, Any]]], at: datetime, by: Actor, reason: str, market: int = 1
) -> dict[str, int]:
    """Keep facts that are about to be replaced, each ``(number, facts as JSON data)``.

    The caller holds the rows locked that state the facts. Returns the number of the version that each fact has now:
    a fact that was never changed before was version 1 and becomes version 2.
    """
    from bolanggu.platform.versions.models import Superseded

    before = _counts(kind, [number for number, _ in facts], market)
    rows = []
    for number, old in facts:
        before[number] += 1
        rows.append(
            Superseded(
                market=market,
                kind=kind,
                number=number,
                version=before[number],
                facts=dict(old),
                reason=reason[:300],
                actor=by.name,
                source=by.source.value,
                stated_at=at,
            )
        )
    Superseded.objects.bulk_create(rows, batch_size=300)
    return {number: before[number] + 1 for number, _ in facts}


def _counts(kind: str, numbers: Sequence[str], market: int) -> Counter[str]:
    from bolanggu.platform.versions.models import Superseded

    found: Counter[str] = Counter()
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 500):
        rows = Superseded.objects.filter(market=market, kind=kind, number__in=wanted[start : start + 500])
        found.update(rows.values_list("number", flat=True))
    return found


def current(kind: str, number: str, *, market: int = 1) -> int:
    """Number of the version in force; 1 for a fact that was never changed."""
    return _counts(kind, [number], market)[number] + 1


def history(kind: str, number: str, *, market: int = 1) -> list[Version]:
    """The superseded versions of a fact, the oldest first."""
    from bolanggu.platform.versions.models import Superseded

    rows = Superseded.objects.filter(market=market, kind=kind, number=number).order_by("version")
    fields = ("kind", "number", "version", "facts", "reason", "actor", "source", "stated_at")
    return [Version(*row) for row in rows.values_list(*fields)]
