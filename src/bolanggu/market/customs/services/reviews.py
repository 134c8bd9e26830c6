"""Review what a risk signal points at (研判): opened with reasons and evidence, concluded by a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bolanggu.engines.risk.scoring import Assessment
from bolanggu.market.customs.models import Declaration, RiskReview
from bolanggu.market.customs.risk_records import as_dict
from bolanggu.market.customs.workflow import WrongState
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class NothingSaid(ValueError):
    """A review is concluded with what was found, cleared or confirmed."""

    code = "nothing_said"


@requires("declaration", "review")
@transaction.atomic
def open_reviews(*, by: Actor, at: datetime, assessments: Iterable[Assessment]) -> list[RiskReview]:
    """Open a review for each assessment of the yellow or red lane that has none open; nothing else changes.

    The declaration keeps its state: a signal asks for a look.
    """
    asked = {one.subject: one for one in assessments if one.lane != "green"}
    found = (
        Declaration.objects.filter(number__in=asked, superseded=False).exclude(reviews__outcome="").defer("document")
    )
    made = []
    for declaration in found.order_by("number"):
        one = asked[declaration.number]
        made.append(
            RiskReview.objects.create(
                declaration=declaration,
                score_ppm=round(one.score * 1_000_000),
                lane=one.lane,
                reasons=as_dict(one)["reasons"],
                source=by.source.value,
                stated_at=at,
            )
        )
        payload = {
            "lane": one.lane,
            "score": round(one.score, 4),
            "indicators": [r.signal.indicator for r in one.reasons],
        }
        outbox.write(kind="declaration.review_opened", subject=declaration.number, at=at, by=by, payload=payload)
    return made


@requires("declaration", "review")
@transaction.atomic
def conclude_review(*, by: Actor, at: datetime, number: str, outcome: str, found: str) -> RiskReview:
    """Conclude the open review of a declaration as ``cleared`` or ``confirmed``; later scores read the outcome.

    Raises
    ------
    WrongState
        No review of the declaration is open.
    NothingSaid
        ``found`` is empty.
    """
    review = RiskReview.objects.select_for_update().filter(declaration__number=number, outcome="").first()
    if review is None:
        raise WrongState(f"no review of declaration {number} is open")
    if not found.strip():
        raise NothingSaid(f"say what the review of {number} found")
    review.outcome, review.found = RiskReview.Outcome(outcome), found.strip()[:500]
    review.concluded_at, review.concluded_by = at, by.name
    review.save(update_fields=["outcome", "found", "concluded_at", "concluded_by"])
    payload = {"outcome": review.outcome, "found": review.found}
    outbox.write(kind="declaration.review_concluded", subject=number, at=at, by=by, payload=payload)
    return review
