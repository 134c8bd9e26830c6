"""Acts of the workflow as buttons: send, inspect, conclude, release, settle, exempt, close; each by its own grant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bolanggu.interfaces.access import clock, whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web import notices
from bolanggu.market.customs import services
from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.services.reviews import conclude_review
from bolanggu.platform.accounts.grants import Actor, may

MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class Step:
    """One act: its name (route and grant), words, the states it is open in, and the note it takes."""

    name: str
    action: str
    word: Any
    states: frozenset[str]
    note: Any = ""
    outcomes: tuple[str, ...] = ()


STEPS = (
    Step("send", "send", _("Send to customs"), frozenset({"loaded"}), _("Reason, where findings ask for one")),
    Step("release", "release", _("Release"), frozenset({"declared", "inspecting"}), _("Note")),
    Step("inspect", "inspect", _("Open an inspection"), frozenset({"declared"}), _("Why these goods")),
    Step(
        "conclude",
        "inspect",
        _("Conclude the inspection"),
        frozenset({"inspecting"}),
        _("What was found"),
        ("conforms", "differs", "referred"),
    ),
    Step("settle", "settle", _("Proceeds settled"), frozenset({"released"}), _("Note")),
    Step("exempt", "exempt", _("File the exemption return"), frozenset({"settled"}), _("Reason, where it is late")),
    Step("close", "close", _("Close"), frozenset({"exempted", "settled"}), _("Note")),
)


REVIEW = Step(
    "review",
    "review",
    _("Conclude the review"),
    frozenset(Declaration.State.values),
    _("What was found"),
    ("cleared", "confirmed"),
)


def open_to(actor: Actor, declaration: Declaration) -> list[Step]:
    """Acts that the actor may do to a declaration as it stands."""
    steps = [*STEPS, REVIEW] if declaration.reviews.filter(outcome="").exists() else STEPS
    return [one for one in steps if declaration.state in one.states and may(actor, "declaration", one.action)]


def view_of(step: Step) -> Callable[..., HttpResponse]:
    """The view that does an act and goes back to the declaration."""

    @require_POST
    @needs("declaration", step.action)
    def do(request: HttpRequest, number: str) -> HttpResponse:
        actor = actor_of(request)
        whose.declaration(actor, number)
        note = request.POST.get("note", "").replace("\0", "").strip()[:MOST_LETTERS]
        outcome = request.POST.get("outcome", "")
        return notices.act(
            request,
            lambda: _deed(step, actor, request, number, note, outcome),
            reverse("declaration", args=[number]),
            done=_("Done."),
            refused=_("This is not possible now"),
        )

    return do


def _deed(step: Step, actor: Actor, request: HttpRequest, number: str, note: str, outcome: str) -> None:
    at = clock.of_declaration(request, number)
    if step.name == "send":
        services.send(by=actor, at=at, number=number, reason=note)
    elif step.outcomes:
        chosen = outcome if outcome in step.outcomes else step.outcomes[0]
        deed = services.conclude if step.name == "conclude" else conclude_review
        deed(by=actor, at=at, number=number, outcome=chosen, found=note)
    else:
        getattr(services, step.name)(by=actor, at=at, number=number, note=note)
