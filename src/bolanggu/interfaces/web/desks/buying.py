"""What waits for a buyer or her agent: lists at work, trades on their way, money to pay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.uploads.models import Upload
from bolanggu.interfaces.web.desks.sections import ROWS, Row, Section
from bolanggu.interfaces.web.templatetags.shown import day, money
from bolanggu.interfaces.web.words import word
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.trade.marks import marks_of
from bolanggu.trade.models import Trade
from bolanggu.trade.process import STEPS


def lists(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Lists that were handed in and are not done."""
    found = whose.uploads(actor).exclude(state=Upload.State.DONE).order_by("-handed_in_at")
    rows = [
        Row(
            reverse("trade", args=[one.trade]),
            one.list_name,
            one.why[:120] or day(one.handed_in_at),
            one.state,
            one.destination,
            name_is_code=False,
        )
        for one in found[:ROWS]
    ]
    act = (reverse("new_trade"), _("Hand in a purchase list")) if may(actor, "trade", "open") else ("", "")
    return Section(_("Lists at work"), rows, found.count(), _("No list is at work."), act=act)


def trades(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """The newest trades and how far each has come."""
    found = whose.trades(actor).order_by("-stated_at", "-pk")
    rows = [_trade(one) for one in found.select_related("buyer")[:ROWS]]
    nothing = _(
        "No trades yet. A purchase list becomes a trade: its lines are matched to goods, ordered, loaded, declared "
        "and paid."
    )
    return Section(_("Latest trades"), rows, found.count(), nothing, reverse("trades"))


def _trade(one: Trade) -> Row:
    marks = marks_of(one)
    step = word(marks[-1].name, "step") if marks else ""
    done = len({mark.name for mark in marks})
    return Row(
        reverse("trade", args=[one.number]),
        one.number,
        f"{one.buyer.number} → {one.destination}",
        "",
        f"{step} {done}/{len(STEPS)}",
    )


def to_pay(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Payment plans of which something is outstanding."""
    plans = PaymentPlan.objects.filter(group__in=whose.trades(actor).values("number"))
    received = plans.annotate(paid=Sum("receipts__minor"))
    open_ones = received.exclude(paid__gte=F("goods_minor") + F("commission_minor")).order_by("-planned_at", "-pk")
    rows = [
        Row(
            reverse("money_of", args=[plan.group]),
            plan.group,
            plan.buyer,
            "deposit_held" if plan.paid else "due",
            money(plan.goods_minor + plan.commission_minor - (plan.paid or 0), plan.currency),
        )
        for plan in open_ones[:ROWS]
    ]
    return Section(_("Payments open"), rows, open_ones.count(), _("Nothing is to be paid."), reverse("money"))
