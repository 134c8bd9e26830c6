"""Reads of events: milestones of a trade, the latest state of a thing, pages of a query, what waits for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from bolanggu.engines.following.state import Known, latest
from bolanggu.market.tracking.models import Subscription, TrackingEvent
from bolanggu.market.tracking.querying import check, matching
from bolanggu.values.evidence import Tense

#: Events of one page or one delivery.
PAGE = 500
_FACTS = (
    "position",
    "event_id",
    "trade",
    "thing_kind",
    "thing",
    "tense",
    "milestone",
    "place",
    "happens_at",
    "stated_at",
    "form",
    "body",
)


def milestones(*numbers: str) -> list[dict[str, Any]]:
    """Events of trades and shipments in order of time; actual and planned ones both stand, void ones do not."""
    return list(
        TrackingEvent.objects.filter(market=1, trade__in=numbers, void=False)
        .order_by("happens_at", "thing", "milestone", "tense")
        .values("thing_kind", "thing", "tense", "milestone", "place", "happens_at", "source", "detail")
    )


def latest_of(things: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The latest actual event of each thing, by time of event, of record, and name."""
    rows = TrackingEvent.objects.filter(market=1, thing__in=list(things), tense=Tense.ACTUAL.value, void=False)
    known: dict[str, dict[Known, dict[str, Any]]] = {}
    for row in rows.values("thing", "event_id", "milestone", "place", "happens_at", "stated_at", "source"):
        event = Known(row["happens_at"], row["stated_at"], row["event_id"], Tense.ACTUAL)
        known.setdefault(row["thing"], {})[event] = row
    return {thing: events[greatest] for thing, events in known.items() if (greatest := latest(events))}


def events(
    query: Mapping[str, Any], *, after: int = 0, limit: int = PAGE, among: QuerySet[Any] | Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """One page of events that a query asks for, behind position ``after``; ``among`` are the trades one may see.

    An event of several things is there once, with the position of its last row.
    """
    rows = matching(check(query)).filter(position__gt=after, void=False)
    if among is not None:
        rows = rows.filter(trade__in=among)
    page = list(rows[:limit].values(*_FACTS))
    if page:
        last = page[-1]
        page += rows.filter(position__gt=last["position"], event_id=last["event_id"]).values(*_FACTS)
    once = {row["event_id"]: row for row in reversed(page)}
    ends = {row["event_id"]: row["position"] for row in page}
    return [row | {"position": ends[name]} for name, row in reversed(once.items())]


def waiting(
    owner: str, name: str, *, limit: int = PAGE, among: QuerySet[Any] | Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """What a subscription has not acknowledged yet; asked again it is the same until it is acknowledged."""
    row = Subscription.objects.get(market=1, owner=owner, name=name)
    return events(row.query, after=row.acknowledged, limit=limit, among=among)


def subscriptions(owner: str) -> list[dict[str, Any]]:
    """Subscriptions of one owner."""
    rows = Subscription.objects.filter(market=1, owner=owner).order_by("name")
    return list(rows.values("name", "query", "acknowledged", "stated_at"))
