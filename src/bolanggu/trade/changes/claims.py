"""A box arrives with cartons missing: the buyer claims, the claim is settled through the ledger."""

from __future__ import annotations

from typing import Any, Literal

from bolanggu.market.aftersales import selectors as aftersales
from bolanggu.market.aftersales.services import Missing, open_claim, refuse_claim, settle_claim
from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement.services import pay_claim
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import miss
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.money import group_rates
from bolanggu.trade.transfer_edges import record_transfers
from bolanggu.values.money import Money

Liable = Literal["carrier", "merchant", "agent"]


@act("claim", "open", title="Cartons are missing", zh="短少索赔", touches=("orders",))
def claim_missing(stand: Stand, *, box: str, cartons: tuple[str, ...], liable: Liable, reason: str) -> dict[str, Any]:
    """A box was opened and cartons are not in it: a claim by line, for what the buyer paid for them.

    Parameters
    ----------
    box
        Number of the planned box, as the dossier names it, or of the container.
    cartons
        SSCCs of the missing cartons.
    liable
        Who answers for it: the carrier, the merchant, or the agent.
    reason
        What was found on opening.
    """
    inside = _in_box(stand, box)
    if unknown := sorted(set(cartons) - set(inside)) or ([] if cartons else ["no carton"]):
        raise NotPossible(f"{unknown[0]} is not among the {len(inside)} cartons of trade {stand.number} in box {box}")
    missing = _missing(stand, cartons)
    if liable == "merchant" and len({one.merchant for one in missing}) > 1:
        raise NotPossible("the cartons are of several merchants; claim from each by itself")
    party = missing[0].merchant if liable == "merchant" else stand.trade.cast[liable]
    miss(by=stand.hand, at=stand.at, ssccs=list(cartons))
    made = open_claim(
        by=stand.hand,
        at=stand.at,
        number=f"{stand.name}-claim",
        trade=stand.number,
        box=box,
        liable=liable,
        party=party,
        currency=stand.trade.currency,
        missing=missing,
        reason=reason,
    )
    return {"claim": made.number, "minor": made.minor, "currency": made.currency, "party": party, "touches": []}


@act("claim", "settle", title="Settle a claim", zh="理赔", touches=("money",))
def claim_settled(stand: Stand, *, claim: str, answer: str, minor: int | None = None) -> dict[str, Any]:
    """The liable party pays a claim, or a part of it; the money goes to the buyer.

    Parameters
    ----------
    claim
        Number of the claim.
    answer
        On what it was agreed, or how it was decided.
    minor
        What is paid, minor units of the claim's currency; all of it, if empty.
    """
    standing = _claim(stand, claim)
    paid = standing["minor"] if minor is None else minor
    transfer = pay_claim(by=stand.hand, at=stand.at, group=stand.number, number=claim, minor=paid)
    made = settle_claim(by=stand.hand, at=stand.at, number=claim, minor=paid, answer=answer, transfer=transfer)
    record_transfers(stand.number)
    return {"claim": claim, "settled_minor": made.settled_minor, "currency": made.currency}


@act("claim", "settle", title="Reject or withdraw a claim", zh="驳回或撤回索赔", touches=())
def claim_ended(
    stand: Stand, *, claim: str, answer: str, outcome: Literal["rejected", "withdrawn"] = "rejected"
) -> dict[str, Any]:
    """A claim ends without payment.

    Parameters
    ----------
    claim
        Number of the claim.
    answer
        Why.
    outcome
        rejected by the liable party's side or a decision, or withdrawn by the buyer.
    """
    _claim(stand, claim)
    refuse_claim(by=stand.hand, at=stand.at, number=claim, outcome=outcome, answer=answer)
    return {"claim": claim, "outcome": outcome}


def _claim(stand: Stand, number: str) -> dict[str, Any]:
    standing = next((one for one in aftersales.claims(stand.number) if one["number"] == number), None)
    if standing is None:
        raise NotPossible(f"trade {stand.number} has no claim {number}")
    return standing


def _in_box(stand: Stand, number: str) -> dict[str, dict[str, Any]]:
    """The trade's cartons in a box that has left."""
    boxes = consolidation.boxes(stand.number)
    box = next((b for b in boxes if number in (b["plan__number"], (b["equipment"] or {}).get("number"))), None)
    if box is None:
        raise NotPossible(
            f"trade {stand.number} has no box {number}; write one of "
            f"{', '.join(b['plan__number'] for b in boxes) or 'none yet'}"
        )
    done = stand.shipments[box["plan__shipment"]]
    if "depart" not in done or done["depart"].get("held"):
        raise NotPossible(f"box {number} has not left yet; count it again in the warehouse")
    placed = {where[0] for where in box["plan__placements"]}
    return {carton["sscc"]: carton for carton in warehousing.cartons(stand.number) if carton["sscc"] in placed}


def _missing(stand: Stand, cartons: tuple[str, ...]) -> list[Missing]:
    """Pieces by line of each carton, with their part of what the buyer paid: goods at the frozen rate."""
    lines = {row["line"]: row for row in orders.lines(stand.number)}
    edges = EdgeRow.objects.filter(
        aspect="goods", from_kind="line", to_kind="carton", to_id__in=list(cartons), superseded=False
    ).order_by("to_id", "from_id")
    rates, currency = group_rates(stand.number), stand.trade.currency
    found = []
    for line, carton, pieces, minor, of in edges.values_list("from_id", "to_id", "pieces", "minor", "currency"):
        worth = Money(of, minor)
        due = worth if of == currency else rates.between(of, currency).convert(worth)
        found.append(Missing(line, carton, pieces, max(1, due.minor), lines[line]["order__merchant__number"]))
    return found
