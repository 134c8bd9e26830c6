"""Today: what waits for this person, section by section, each by its grant."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.desks import buying, declaring, paying, selling, storing
from bolanggu.interfaces.web.desks.sections import Offer
from bolanggu.platform.accounts.grants import may

#: what a desk may show, the most pressing first; who holds the grant has the section
OFFERS = (
    Offer(("order", "confirm"), selling.to_confirm),
    Offer(("production", "finish"), selling.due),
    Offer(("order", "confirm"), selling.paid_in),
    Offer(("receipt", "count"), storing.deliveries),
    Offer(("declaration", "send"), declaring.to_send),
    Offer(("declaration", "release"), declaring.to_release),
    Offer(("declaration", "review"), declaring.signals),
    Offer(("declaration", "exempt"), declaring.running),
    Offer(("trade", "open"), buying.lists),
    Offer(("pool", "read"), storing.pools),
    Offer(("container", "seal"), storing.boxes),
    Offer(("payment", "receive"), paying.to_explain),
    Offer(("payment", "receive"), paying.receipts),
    Offer(("payment", "read"), buying.to_pay),
    Offer(("trade", "read"), buying.trades),
)


@require_safe
@needs("desk", "open")
def today(request: HttpRequest) -> HttpResponse:
    """The desk of a role."""
    actor = actor_of(request)
    made = [offer.make(actor, request.at) for offer in OFFERS if may(actor, *offer.need)]  # type: ignore[attr-defined]
    return render(request, "desks/today.html", {"sections": made})
