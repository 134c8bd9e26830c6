"""Endpoints of declarations: one with its items and findings, and the steps of its workflow."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from bolanggu.interfaces.access import clock, whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.api.problems import ALWAYS, Problem
from bolanggu.interfaces.api.shapes_of_links import DeclarationShape
from bolanggu.market.customs import selectors, services
from bolanggu.platform.accounts.grants import allowed

router = Router(tags=["declarations"])


class StepTaken(Schema):
    """A step and what is said with it: the signed reason of a broker, the note of an officer."""

    step: Literal["send", "inspect", "release", "settle", "exempt", "close"]
    note: str = Field("", max_length=500)


@router.get("/{number}", response={200: DeclarationShape, **ALWAYS}, summary="One declaration")
@needs("declaration", "read")
def one(request: HttpRequest, number: str) -> Any:
    """The standing version with items and findings; values are decimal strings in USD."""
    found = whose.declaration(actor_of(request), number)
    return next(row for row in selectors.declarations(found.trade) if row["id"] == number)


@router.post("/{number}/steps", response={200: DeclarationShape, 409: Problem, **ALWAYS}, summary="Take a step")
@needs("declaration", "read")
def step(request: HttpRequest, number: str, taken: StepTaken) -> Any:
    """Send, inspect, release, settle, exempt or close, each by its own grant and in the order of the workflow."""
    actor, at = actor_of(request), clock.of_declaration(request, number)
    found = whose.declaration(actor, number)
    allowed(actor, "declaration", taken.step)
    note = taken.note.replace("\0", " ")
    if taken.step == "send":
        services.send(by=actor, at=at, number=number, reason=note)
    else:
        getattr(services, taken.step)(by=actor, at=at, number=number, note=note)
    return next(row for row in selectors.declarations(found.trade) if row["id"] == number)
