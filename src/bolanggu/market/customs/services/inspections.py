"""Inspect goods and say what was found (查验): an officer opens it with a reason and concludes it with an outcome."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.customs.models import Declaration, Inspection
from bolanggu.market.customs.services.storing import advance, locked
from bolanggu.market.customs.workflow import WrongState, must_not_run_back
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class NothingFound(ValueError):
    """An inspection that ends with a difference has to say which."""

    code = "nothing_found"


@requires("declaration", "inspect")
@transaction.atomic
def inspect(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Customs opens the goods (查验); ``note`` says why these. Opening again changes nothing.

    Raises
    ------
    WrongState
        The declaration is not declared.
    """
    declaration = locked(number)
    if declaration.state == Declaration.State.INSPECTING:
        return declaration
    advance(declaration, Declaration.State.INSPECTING, by=by, at=at, note=note)
    Inspection.objects.create(declaration=declaration, reason=note[:500], source=by.source.value, stated_at=at)
    return declaration


@requires("declaration", "inspect")
@transaction.atomic
def conclude(*, by: Actor, at: datetime, number: str, outcome: str, found: str = "") -> Inspection:
    """Say what an inspection found: ``conforms``, ``differs`` or ``referred``.

    Goods that conform can be released; goods that differ wait for the broker's amendment, which is declared anew.

    Raises
    ------
    WrongState
        No inspection of the declaration is open.
    NothingFound
        The outcome is not ``conforms`` and ``found`` is empty.
    """
    declaration = locked(number)
    inspection = declaration.inspections.select_for_update().filter(concluded_at=None).first()
    if inspection is None:
        raise WrongState(f"declaration {number} is {declaration.state}; no inspection of it is open")
    stated = Inspection.Outcome(outcome)
    if stated != Inspection.Outcome.CONFORMS and not found.strip():
        raise NothingFound(f"the inspection of {number} ends as {stated.value}; say what was found")
    close_inspection(inspection, stated, by=by, at=at, found=found)
    return inspection


def close_inspection(
    inspection: Inspection, outcome: Inspection.Outcome, *, by: Actor, at: datetime, found: str = ""
) -> None:
    """Write the outcome and its event."""
    number = inspection.declaration.number
    must_not_run_back(number, inspection.stated_at, at)
    inspection.outcome, inspection.found = outcome, found.strip()[:500]
    inspection.concluded_at, inspection.concluded_by = at, by.name
    inspection.save(update_fields=["outcome", "found", "concluded_at", "concluded_by"])
    payload = {"outcome": outcome.value, "found": inspection.found}
    outbox.write(kind="declaration.inspected", subject=number, at=at, by=by, payload=payload)
