"""Quotes run out with time, and are renewed as a next version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.inquiries.models import Quote, QuoteLine
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("quote", "send")
@transaction.atomic
def expire(*, by: Actor, at: datetime, inquiry: str = "") -> list[str]:
    """Quotes that were sent and are no longer valid at ``at`` are expired from now on; returns their numbers."""
    due = Quote.objects.select_for_update().filter(state=Quote.State.SENT, valid_until__lt=at)
    rows = list((due.filter(inquiry__number=inquiry) if inquiry else due).order_by("number"))
    Quote.objects.filter(pk__in=[row.pk for row in rows]).update(state=Quote.State.EXPIRED)
    outbox.write_many([outbox.Notice("quote.expired", row.number) for row in rows], at=at, by=by)
    return [row.number for row in rows]


@requires("quote", "send")
@transaction.atomic
def renew(*, by: Actor, at: datetime, inquiry: str, valid_until: datetime, reason: str) -> list[Quote]:
    """Send expired quotes of an inquiry anew, each as its next version at the same prices; the old ones stay."""
    standing = set(
        Quote.objects.filter(inquiry__number=inquiry, state__in=[Quote.State.SENT, Quote.State.ACCEPTED]).values_list(
            "number", flat=True
        )
    )
    gone = Quote.objects.select_for_update().filter(inquiry__number=inquiry, state=Quote.State.EXPIRED)
    last = {row.number: row for row in gone.order_by("version") if row.number not in standing}
    made = [_next(row, valid_until, by, at) for row in last.values()]
    notices = [outbox.Notice("quote.sent", q.number, {"version": q.version, "reason": reason}) for q in made]
    outbox.write_many(notices, at=at, by=by)
    return made


def _next(row: Quote, valid_until: datetime, by: Actor, at: datetime) -> Quote:
    lines = list(row.lines.all())
    fresh = Quote.objects.create(
        number=row.number,
        version=row.version + 1,
        inquiry_id=row.inquiry_id,
        merchant_id=row.merchant_id,
        currency=row.currency,
        valid_until=valid_until,
        source=by.source.value,
        stated_at=at,
    )
    for line in lines:
        line.pk, line.quote = None, fresh
    QuoteLine.objects.bulk_create(lines, batch_size=500)
    return fresh
