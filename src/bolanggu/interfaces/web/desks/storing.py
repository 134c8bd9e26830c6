"""What waits for the warehouse and the forwarder: goods expected, cartons staged, boxes to load."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.web.desks.sections import ROWS, Row, Section
from bolanggu.interfaces.web.receiving.expected import expected
from bolanggu.interfaces.web.templatetags.shown import day, figure, percent
from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry, Share
from bolanggu.platform.accounts.grants import Actor


def deliveries(actor: Actor, at: datetime) -> Section:
    """Orders whose goods are still to come in."""
    found = expected(actor)
    rows = [
        Row(
            reverse("receive", args=[one.order]),
            one.order,
            f"{_('Lines')} {figure(one.lines)} · {_('Pieces')} {figure(one.pieces)}",
            "late" if one.promised_at < at else "due",
            day(one.promised_at),
        )
        for one in found[:ROWS]
    ]
    act = (reverse("scan"), _("Scan"))
    return Section(_("Deliveries expected"), rows, len(found), _("Nothing is expected."), reverse("receiving"), act)


def pools(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Cartons that wait, by destination."""
    waiting = PoolEntry.objects.filter(state="waiting", trade__in=whose.trades(actor).values("number"))
    found = waiting.values("destination").annotate(
        n=Count("pk"), trades=Count("trade", distinct=True), since=Min("ready_at")
    )
    rows = [
        Row(
            reverse("pool_of", args=[one["destination"]]),
            one["destination"],
            f"{_('Trades')} {figure(one['trades'])} · {_('Waits since')} {day(one['since'])}",
            "waiting",
            f"{_('Cartons')} {figure(one['n'])}",
        )
        for one in found.order_by("-n")[:ROWS]
    ]
    return Section(_("Cartons waiting"), rows, sum(1 for _one in found), _("No cartons wait."), reverse("pool"))


def boxes(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Planned boxes that are not sealed."""
    mine = Share.objects.filter(trade__in=whose.trades(actor).values("number")).values("plan")
    found = LoadPlan.objects.filter(pk__in=mine, superseded=False).exclude(pk__in=Equipment.objects.values("plan"))
    rows = [
        Row(
            reverse("container", args=[plan.number]),
            plan.number,
            f"{plan.service} {plan.type} → {plan.destination} · {_('Cartons')} {figure(plan.cartons)}",
            "stale" if plan.stale else "planned",
            percent(plan.fill_percent),
        )
        for plan in found.order_by("-stated_at", "number")[:ROWS]
    ]
    return Section(_("Boxes to load"), rows, found.count(), _("No box waits to be loaded."), reverse("pool"))
