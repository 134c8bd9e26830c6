"""The buyer's side accepts quotes that are open and not expired."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.inquiries.models import Quote
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class QuoteNotOpen(ValueError):
    """A quote that is no longer open, or has expired, was to be accepted."""

    code = "quote_not_open"


@requires("quote", "accept")
@transaction.atomic
def accept(*, by: Actor, at: datetime, inquiry: str) -> list[Quote]:
    """Accept every open quote of an inquiry; quotes accepted before stay so."""
    quotes = list(
        Quote.objects.select_for_update()
        .filter(inquiry__number=inquiry, state__in=[Quote.State.SENT, Quote.State.ACCEPTED])
        .order_by("number")
    )
    fresh = [quote for quote in quotes if quote.state == Quote.State.SENT]
    for quote in fresh:
        if quote.valid_until < at:
            raise QuoteNotOpen(f"quote {quote.number} expired on {quote.valid_until:%Y-%m-%d}; ask for a new version")
    Quote.objects.filter(pk__in=[quote.pk for quote in fresh]).update(state=Quote.State.ACCEPTED)
    outbox.write_many([outbox.Notice("quote.accepted", q.number) for q in fresh], at=at, by=by)
    return quotes
