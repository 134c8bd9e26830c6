"""Review (审阅): each line of a proposal is kept or dropped, by position."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from bolanggu.blueprint.models import Change, Proposal
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class NotOpen(ValueError):
    """A proposal that is not in the state the act needs."""

    code = "proposal_not_open"


@requires("blueprint", "review")
@transaction.atomic
def review(*, by: Actor, at: datetime, number: str, drop: Collection[int] = ()) -> Proposal:
    """Keep every line of a proposal but the positions in ``drop``.

    Raises
    ------
    NotOpen
        The proposal was accepted or refused before.
    """
    proposal = Proposal.objects.select_for_update().get(number=number)
    if proposal.state not in {Proposal.State.PROPOSED, Proposal.State.REVIEWED}:
        raise NotOpen(f"proposal {number} is {proposal.state}; only an open one can be reviewed")
    unknown = set(drop) - set(proposal.changes.values_list("position", flat=True))
    if unknown:
        raise NotOpen(f"proposal {number} has no line {', '.join(map(str, sorted(unknown)))}")
    proposal.changes.update(verdict=Change.Verdict.KEEP)
    proposal.changes.filter(position__in=drop).update(verdict=Change.Verdict.DROP)
    proposal.state, proposal.reviewed_by, proposal.reviewed_at = Proposal.State.REVIEWED, by.name, at
    proposal.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    outbox.write(kind="blueprint.reviewed", subject=number, at=at, by=by, payload={"dropped": sorted(drop)})
    return proposal
