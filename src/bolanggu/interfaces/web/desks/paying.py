"""What waits for finance: money that is not what was due, and what came in."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.web.desks.sections import ROWS, Row, Section
from bolanggu.interfaces.web.templatetags.shown import day, money
from bolanggu.market.settlement import boards
from bolanggu.market.settlement.models import Receipt, Unmatched
from bolanggu.platform.accounts.grants import Actor


def to_explain(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Money that came in and is not what was due: short, over, doubled, in another currency, or of nobody known."""
    plans = whose.trades(actor).values("number")
    kept = Unmatched.objects.filter(left_minor__gt=0, plan__group__in=plans).select_related("plan")
    entries = boards.unmatched_entries() if actor.everywhere else boards.unmatched_entries().none()
    rows = [
        Row(
            reverse("money_of", args=[one.plan.group]),
            one.number,
            one.reason[:120],
            "unmatched_money",
            money(one.left_minor, one.currency),
        )
        for one in kept.order_by("-stated_at", "-pk")[:ROWS]
    ]
    rows += [
        Row(
            reverse("money"),
            one.reference or one.party or str(one.position),
            one.why[:120],
            "review",
            money(one.minor, one.statement.currency),
        )
        for one in entries[: ROWS - len(rows)]
    ]
    return Section(
        _("Money to explain"), rows, kept.count() + entries.count(), _("Everything is matched."), reverse("money")
    )


def receipts(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """The newest money that came in."""
    mine = whose.trades(actor).values("number")
    found = Receipt.objects.filter(plan__group__in=mine).select_related("plan").order_by("-stated_at", "-pk")
    rows = [
        Row(
            reverse("money_of", args=[one.plan.group]),
            one.number,
            f"{one.payer} · {day(one.stated_at)}",
            "settled",
            money(one.minor, one.currency),
        )
        for one in found[:ROWS]
    ]
    return Section(_("Receipts"), rows, found.count(), _("No money has come in yet."), reverse("money"))
