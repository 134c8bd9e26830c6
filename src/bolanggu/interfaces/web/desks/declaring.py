"""What waits for the broker and for customs: declarations to review, to send, to release, and terms that run."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.web.desks.sections import ROWS, Row, Section
from bolanggu.interfaces.web.templatetags.shown import day, money, percent
from bolanggu.market.customs import selectors
from bolanggu.market.customs.models import Declaration
from bolanggu.platform.accounts.grants import Actor


def _mine(actor: Actor) -> QuerySet[Declaration]:
    return whose.declarations(actor).defer("document").order_by("-declared_at", "number")


def _row(one: Declaration) -> Row:
    state = one.verdict if one.verdict != "ok" and one.state == "loaded" else one.state
    sub = f"{one.mode} → {one.destination} · {day(one.declared_at)}"
    return Row(reverse("declaration", args=[one.number]), one.number, sub, state, money(one.value_cents, "USD"))


def to_send(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Declarations that are drafted and not sent."""
    found = _mine(actor).filter(state="loaded")
    return Section(
        _("Declarations to send"), [_row(one) for one in found[:ROWS]], found.count(), _("Nothing is to be sent.")
    )


def to_release(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Declarations that customs has before it."""
    found = _mine(actor).filter(state__in=["declared", "inspecting"])
    rows = [_row(one) for one in found[:ROWS]]
    return Section(_("Declarations before customs"), rows, found.count(), _("No declaration is before customs."))


def signals(actor: Actor, at: datetime) -> Section:  # noqa: ARG001
    """Risk signals whose review is open, the strongest first."""
    seen = set(whose.declarations(actor).values_list("number", flat=True))
    found = [row for row in selectors.reviews() if row["declaration__number"] in seen]
    rows = [
        Row(
            reverse("declaration", args=[row["declaration__number"]]),
            row["declaration__number"],
            day(row["stated_at"]),
            row["lane"],
            percent(row["score_ppm"] / 10_000),
        )
        for row in found[:ROWS]
    ]
    return Section(_("Risk signals"), rows, len(found), _("No signal is open."), reverse("declarations"))


def running(actor: Actor, at: datetime) -> Section:
    """Released declarations whose next step has a term: receipt of the proceeds, exemption return."""
    found = _mine(actor).filter(state__in=["released", "settled"]).annotate(due=Max("steps__due_at"))
    found = found.filter(due__isnull=False).order_by("due", "number")
    rows = [
        Row(
            reverse("declaration", args=[one.number]),
            one.number,
            one.trade,
            "late" if one.due < at else one.state,
            day(one.due),
        )
        for one in found[:ROWS]
    ]
    return Section(_("Terms that run"), rows, found.count(), _("No term runs."))
