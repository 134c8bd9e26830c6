"""Subscribe to events, and acknowledge what was handed out: nothing is skipped, nothing acknowledged comes again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.tracking.models import Subscription, TrackingEvent
from bolanggu.market.tracking.querying import check
from bolanggu.platform.accounts.grants import Actor, requires


class NameInUse(ValueError):
    """A subscription of this name stands with another query."""

    code = "name_in_use"


class NotHandedOut(ValueError):
    """What is to be acknowledged was never captured."""

    code = "not_handed_out"


@requires("tracking", "subscribe")
@transaction.atomic
def subscribe(
    *, by: Actor, at: datetime, name: str, query: Mapping[str, Any], from_start: bool = False
) -> Subscription:
    """Subscribe from now on, or from the first event; the same again changes nothing.

    Raises
    ------
    NameInUse
        The name stands for another query.
    Fault
        The query has a key that is not known.
    """
    wanted = check(query)
    last = TrackingEvent.objects.filter(market=1).order_by("-position").values_list("position", flat=True).first()
    facts = {"query": wanted, "acknowledged": 0 if from_start else last or 0}
    facts |= {"source": by.source.value, "stated_at": at}
    row, made = Subscription.objects.get_or_create(market=1, owner=by.name, name=name, defaults=facts)
    if not made and row.query != wanted:
        raise NameInUse(f"subscription {name} stands with another query; end it first or take another name")
    return row


@requires("tracking", "subscribe")
@transaction.atomic
def acknowledge(*, by: Actor, at: datetime, name: str, position: int) -> Subscription:  # noqa: ARG001
    """Move on to ``position``, the last one handed out; an earlier one changes nothing.

    Raises
    ------
    NotHandedOut
        No event has so high a position.
    """
    row = Subscription.objects.select_for_update().get(market=1, owner=by.name, name=name)
    last = TrackingEvent.objects.filter(market=1).order_by("-position").values_list("position", flat=True).first() or 0
    if position > last:
        raise NotHandedOut(f"position {position} was never handed out; the last event is {last}")
    if position > row.acknowledged:
        row.acknowledged = position
        row.save(update_fields=["acknowledged"])
    return row


@requires("tracking", "subscribe")
@transaction.atomic
def unsubscribe(*, by: Actor, at: datetime, name: str) -> bool:  # noqa: ARG001
    """End a subscription; False where there is none."""
    count, _ = Subscription.objects.filter(market=1, owner=by.name, name=name).delete()
    return count > 0
