"""A merchant quotes: one quote a merchant and currency, every line with the rung reached and asked → sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bolanggu.market.inquiries.models import Inquiry, Quote, QuoteLine
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.bulk import insert


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line of a quote: merchant (party id), line number, goods, pieces asked and sold, price in minor units."""

    merchant: int
    currency: str
    line: str
    product: str
    asked: int
    sold: int
    rung: int
    unit_minor: int
    remarks: str


@requires("quote", "send")
@transaction.atomic
def quote(*, by: Actor, at: datetime, inquiry: str, valid_until: datetime, lines: Sequence[QuotedLine]) -> list[Quote]:
    """Send one quote for each merchant and currency among ``lines``; quotes that stand already are returned."""
    asked = Inquiry.objects.get(number=inquiry)
    if standing := list(asked.quotes.filter(state__in=[Quote.State.SENT, Quote.State.ACCEPTED])):
        return standing
    quotes = write_quotes(asked, lines, valid_until, by=by, at=at, after=0)
    outbox.write_many([outbox.Notice("quote.sent", q.number, {"inquiry": inquiry}) for q in quotes], at=at, by=by)
    return quotes


def write_quotes(
    asked: Inquiry, lines: Sequence[QuotedLine], valid_until: datetime, *, by: Actor, at: datetime, after: int
) -> list[Quote]:
    """Write one quote for each merchant and currency, numbered on from ``after``."""
    sellers = sorted({(line.merchant, line.currency) for line in lines})
    quotes = Quote.objects.bulk_create(
        [
            Quote(
                number=f"{asked.number}-Q{position:03d}",
                inquiry=asked,
                merchant_id=merchant,
                currency=currency,
                valid_until=valid_until,
                source=by.source.value,
                stated_at=at,
            )
            for position, (merchant, currency) in enumerate(sellers, after + 1)
        ]
    )
    of = dict(zip(sellers, quotes, strict=True))
    facts = ("line", "product", "asked", "sold", "rung", "unit_minor")
    insert(
        QuoteLine,
        ("quote_id", "amount_minor", "remarks", *facts),
        [
            (
                of[line.merchant, line.currency].pk,
                line.unit_minor * line.sold,
                line.remarks[:500],
                *(getattr(line, name) for name in facts),
            )
            for line in lines
        ],
    )
    return quotes
