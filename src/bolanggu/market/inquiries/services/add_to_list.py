"""Add a line to a list that was sent; and quote lines beside the quotes that stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.inquiries.models import Inquiry, InquiryLine, Quote
from bolanggu.market.inquiries.services.quote import QuotedLine, write_quotes
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("inquiry", "send")
@transaction.atomic
def add_to_list(*, by: Actor, at: datetime, inquiry: str, text: str, pieces: int, product: str) -> str:
    """Put goods that the buyer chose at the end of her list; returns the number of the new line."""
    sent = Inquiry.objects.select_for_update().get(number=inquiry)
    last = sent.lines.order_by("-row").first()
    row = (last.row if last else 0) + 1
    made = InquiryLine.objects.create(
        number=f"{inquiry}-L{row:04d}",
        inquiry=sent,
        row=row,
        text=text[:1000],
        quantity=pieces,
        state=InquiryLine.State.MATCHED,
        product=product,
        candidates=[{"code": product, "score": 1.0, "title": text[:200]}],
        score=1.0,
    )
    outbox.write(
        kind="inquiry.line_added", subject=made.number, at=at, by=by, payload={"product": product, "pieces": pieces}
    )
    return made.number


@requires("quote", "send")
@transaction.atomic
def quote_more(
    *, by: Actor, at: datetime, inquiry: str, valid_until: datetime, lines: Sequence[QuotedLine]
) -> list[Quote]:
    """Quote lines in addition to what was quoted, and accept them at once, since the buyer asked for just these."""
    asked = Inquiry.objects.select_for_update().get(number=inquiry)
    numbers = asked.quotes.values_list("number", flat=True).distinct().count()
    quotes = write_quotes(asked, lines, valid_until, by=by, at=at, after=numbers)
    Quote.objects.filter(pk__in=[quote.pk for quote in quotes]).update(state=Quote.State.ACCEPTED)
    notices = [outbox.Notice("quote.sent", q.number, {"inquiry": inquiry}) for q in quotes]
    notices += [outbox.Notice("quote.accepted", q.number) for q in quotes]
    outbox.write_many(notices, at=at, by=by)
    return quotes
