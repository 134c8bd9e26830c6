"""Accept (批准): the kept lines of a reviewed proposal become the tree; by another person than the one who proposed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.blueprint.models import Change, Proposal
from bolanggu.blueprint.services.applying import Applying
from bolanggu.blueprint.services.review import NotOpen
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class SamePerson(PermissionError):
    """Whoever proposed a change cannot accept it."""

    code = "same_person"


@requires("blueprint", "accept")
@transaction.atomic
def accept(*, by: Actor, at: datetime, number: str) -> Proposal:
    """Apply a reviewed proposal.

    Raises
    ------
    NotOpen
        The proposal is not reviewed.
    SamePerson
        The actor proposed it.
    ChangeDoesNotFit
        A line names what does not stand, or alters what changed since.
    """
    proposal = Proposal.objects.select_for_update().get(number=number)
    if proposal.state != Proposal.State.REVIEWED:
        raise NotOpen(f"proposal {number} is {proposal.state}; only a reviewed one can be accepted")
    if by.name == proposal.proposed_by:
        raise SamePerson(f"{by.name} proposed {number}; another person accepts it")
    applying = Applying(by, at, proposal.document)
    kept = proposal.changes.filter(verdict=Change.Verdict.KEEP).order_by("position")
    for change in kept:
        applying.apply(change)
    proposal.state, proposal.accepted_by, proposal.accepted_at = Proposal.State.ACCEPTED, by.name, at
    proposal.save(update_fields=["state", "accepted_by", "accepted_at"])
    outbox.write(kind="blueprint.accepted", subject=number, at=at, by=by, payload={"lines": len(kept)})
    return proposal


@requires("blueprint", "accept")
@transaction.atomic
def refuse(*, by: Actor, at: datetime, number: str, reason: str) -> Proposal:
    """Refuse an open proposal and say why.

    Raises
    ------
    NotOpen
        The proposal was accepted or refused before, or no reason is given.
    """
    proposal = Proposal.objects.select_for_update().get(number=number)
    if proposal.state not in {Proposal.State.PROPOSED, Proposal.State.REVIEWED} or not reason:
        raise NotOpen(f"proposal {number} is {proposal.state}; an open one can be refused, with a reason")
    proposal.state, proposal.reason = Proposal.State.REFUSED, reason
    proposal.save(update_fields=["state", "reason"])
    outbox.write(kind="blueprint.refused", subject=number, at=at, by=by, payload={"reason": reason})
    return proposal
