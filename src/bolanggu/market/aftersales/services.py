"""Acts of claims (索赔): open one, settle it, end it without payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from bolanggu.market.aftersales.models import Claim, ClaimLine
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.lineage.edges import supersede

#: Talks end and a decision may be asked for on the fourth day (practice of a large platform, see docs/guides).
TALKS = timedelta(days=3)
OPEN = (Claim.State.NEGOTIATING, Claim.State.ESCALATED)


class ClaimNotOpen(ValueError):
    """A claim that is settled, rejected or withdrawn."""

    code = "claim_not_open"


class ClaimedBefore(ValueError):
    """A carton's pieces stand in another claim."""

    code = "claimed_before"


class SettledTooMuch(ValueError):
    """More was to be paid than is claimed, or nothing."""

    code = "settled_too_much"


@dataclass(frozen=True, slots=True)
class Missing:
    """Pieces of a line missing with a carton, worth ``minor`` to the buyer in her currency."""

    line: str
    carton: str
    pieces: int
    minor: int
    merchant: str = ""


@requires("claim", "open")
@transaction.atomic
def open_claim(
    *,
    by: Actor,
    at: datetime,
    number: str,
    trade: str,
    box: str,
    liable: str,
    party: str,
    currency: str,
    missing: Sequence[Missing],
    reason: str,
) -> Claim:
    """Open a claim for what is missing in a box; the same number again returns the one that stands.

    Writes the edges line → claim and carton → claim (aspect claim): pieces and minor units.

    Raises
    ------
    ClaimedBefore
        A carton is in an open or settled claim already.
    """
    standing = Claim.objects.filter(number=number).first()
    if standing is not None:
        return standing
    taken = (
        ClaimLine.objects.filter(carton__in=[one.carton for one in missing], open=True).select_related("claim").first()
    )
    if taken is not None:
        raise ClaimedBefore(f"carton {taken.carton} is claimed in {taken.claim.number} already")
    made = Claim.objects.create(
        number=number,
        trade=trade,
        box=box,
        liable=liable,
        party=party,
        currency=currency,
        minor=sum(one.minor for one in missing),
        reason=reason[:500],
        escalates_at=at + TALKS,
        source=by.source.value,
        stated_at=at,
    )
    ClaimLine.objects.bulk_create(
        [
            ClaimLine(claim=made, line=one.line, carton=one.carton, pieces=one.pieces, minor=one.minor)
            for one in missing
        ],
        batch_size=300,
    )
    lineage.record(_edges(made, missing))
    payload = {"trade": trade, "box": box, "party": party, "currency": currency, "minor": made.minor}
    outbox.write(kind="claim.opened", subject=number, at=at, by=by, payload=payload)
    return made


def _edges(claim: Claim, missing: Sequence[Missing]) -> list[Edge]:
    sums: dict[str, tuple[int, int]] = {}
    for one in missing:
        pieces, minor = sums.get(one.line, (0, 0))
        sums[one.line] = pieces + one.pieces, minor + one.minor
    return [
        Edge("claim", "line", line, "claim", claim.number, pieces, 0, minor, claim.currency)
        for line, (pieces, minor) in sorted(sums.items())
    ]


@requires("claim", "settle")
@transaction.atomic
def settle_claim(*, by: Actor, at: datetime, number: str, minor: int, answer: str, transfer: UUID) -> Claim:
    """Record that a claim was paid, wholly or in part, by a transfer; said again, it changes nothing.

    Raises
    ------
    ClaimNotOpen, SettledTooMuch
        See the errors.
    """
    claim = Claim.objects.select_for_update().get(number=number)
    if claim.state == Claim.State.SETTLED and (claim.settled_minor, claim.transfer) == (minor, transfer):
        return claim
    _need_open(claim)
    if not 0 < minor <= claim.minor:
        raise SettledTooMuch(
            f"claim {number} is for {claim.currency} {claim.minor} minor units; {minor} cannot be paid"
        )
    claim.state, claim.settled_minor, claim.transfer = Claim.State.SETTLED, minor, transfer
    claim.answer, claim.ended_at = answer[:500], at
    claim.save()
    lineage.record([Edge("claim", "claim", number, "transfer", str(transfer), minor=minor, currency=claim.currency)])
    payload = {"currency": claim.currency, "minor": minor, "answer": answer}
    outbox.write(kind="claim.settled", subject=number, at=at, by=by, payload=payload)
    return claim


@requires("claim", "settle")
@transaction.atomic
def refuse_claim(*, by: Actor, at: datetime, number: str, outcome: str, answer: str) -> Claim:
    """End a claim without payment: ``rejected`` or ``withdrawn``; its cartons may be claimed anew.

    Raises
    ------
    ClaimNotOpen
        It has ended already.
    """
    claim = Claim.objects.select_for_update().get(number=number)
    if claim.state == outcome:
        return claim
    _need_open(claim)
    claim.state, claim.answer, claim.ended_at = Claim.State(outcome).value, answer[:500], at
    claim.save()
    claim.lines.update(open=False)
    supersede(to_kind="claim", to_ids=[number])
    outbox.write(kind=f"claim.{outcome}", subject=number, at=at, by=by, payload={"answer": answer})
    return claim


@requires("claim", "open")
@transaction.atomic
def escalate(*, by: Actor, at: datetime) -> list[str]:
    """Claims whose talks led nowhere in time wait for a decision; returns those that do so now."""
    due = Claim.objects.select_for_update().filter(state=Claim.State.NEGOTIATING, escalates_at__lte=at)
    numbers = list(due.order_by("number").values_list("number", flat=True))
    Claim.objects.filter(number__in=numbers).update(state=Claim.State.ESCALATED)
    outbox.write_many([outbox.Notice("claim.escalated", number) for number in numbers], at=at, by=by)
    return numbers


def _need_open(claim: Claim) -> None:
    if claim.state not in OPEN:
        raise ClaimNotOpen(f"claim {claim.number} is {claim.state}; only an open one can be decided")
