"""Send an inquiry: the list becomes lines that keep their numbers for life."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.inquiries.models import Inquiry, InquiryLine
from bolanggu.market.inquiries.purchase_list import ListLine, PurchaseList
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.money import NotMoney, parse


@requires("inquiry", "send")
@transaction.atomic
def send(
    *, by: Actor, at: datetime, number: str, buyer: int, purchase_list: PurchaseList, destination: str, currency: str
) -> Inquiry:
    """Record a buyer's list; ``buyer`` is the party's id. The same number again returns the one that stands."""
    standing = Inquiry.objects.filter(number=number).first()
    if standing is not None:
        return standing
    inquiry = Inquiry.objects.create(
        number=number,
        buyer_id=buyer,
        list_name=purchase_list.name[:200],
        list_sha256=purchase_list.sha256,
        destination=destination,
        currency=currency,
        faults=[fault.as_dict() for fault in purchase_list.faults],
        source=by.source.value,
        stated_at=at,
    )
    InquiryLine.objects.bulk_create([_line(inquiry, line, currency) for line in purchase_list.lines], batch_size=500)
    outbox.write(
        kind="inquiry.sent",
        subject=number,
        at=at,
        by=by,
        payload={"lines": len(purchase_list.lines), "list_sha256": purchase_list.sha256, "destination": destination},
    )
    return inquiry


def _line(inquiry: Inquiry, line: ListLine, currency: str) -> InquiryLine:
    unreadable = line.quantity is None
    wish_currency = line.currency or currency
    return InquiryLine(
        number=f"{inquiry.number}-L{line.row:04d}",
        inquiry=inquiry,
        row=line.row,
        text=line.text,
        language=line.language,
        quantity=line.quantity,
        target_minor=_wish(line.target_price, wish_currency),
        target_currency=wish_currency if line.target_price else "",
        state=InquiryLine.State.UNREADABLE if unreadable else InquiryLine.State.READ,
        reason=line.problem[:500],
    )


def _wish(price: str | None, currency: str) -> int | None:
    """A wished unit price in minor units; one with more digits than the currency knows is no wish that can be met."""
    if price is None:
        return None
    try:
        return parse(price, currency).minor
    except NotMoney:
        return None
