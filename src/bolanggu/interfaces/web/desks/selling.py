"""What waits for a merchant: orders to confirm, goods due, money paid in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.web.desks.sections import ROWS, Row, Section
from bolanggu.interfaces.web.templatetags.shown import day, figure, money
from bolanggu.market.production.models import ProductionTask
from bolanggu.market.settlement.models import Payout
from bolanggu.platform.accounts.grants import Actor

SOON = timedelta(days=7)


def to_confirm(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Orders that were placed and not confirmed."""
    found = whose.orders_of_merchant(actor).filter(state="placed")
    rows = [
        Row(
            reverse("order", args=[one.number]),
            one.number,
            day(one.placed_at),
            "placed",
            money(one.amount_minor, one.currency),
        )
        for one in found[:ROWS]
    ]
    return Section(_("Orders to confirm"), rows, found.count(), _("Nothing waits for you."), reverse("orders"))


def due(actor: Actor, at: datetime) -> Section:
    """Lines that were promised and are not ready: those of the next days, and those that are late."""
    mine = whose.orders_of_merchant(actor).values("number")
    found = ProductionTask.objects.filter(order__in=mine, state="started").order_by("promised_at", "line")
    rows = [
        Row(
            reverse("order", args=[task.order]),
            task.line,
            f"{_('Pieces')} {figure(task.pieces)}",
            "late" if task.promised_at < at else "due" if task.promised_at < at + SOON else "started",
            day(task.promised_at),
        )
        for task in found[:ROWS]
    ]
    return Section(_("Goods to deliver"), rows, found.count(), _("No goods are due."), reverse("orders"))


def paid_in(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """The newest payments."""
    mine = whose.orders_of_merchant(actor).values("number")
    found = Payout.objects.filter(order__order__in=mine).select_related("order").order_by("-stated_at", "-pk")
    rows = [
        Row(
            reverse("order", args=[one.order.order]),
            one.order.order,
            day(one.stated_at),
            "settled",
            money(one.minor, one.currency),
        )
        for one in found[:ROWS]
    ]
    return Section(_("Money received"), rows, found.count(), _("No money has come in yet."), reverse("money"))
