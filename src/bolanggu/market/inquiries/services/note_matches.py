"""Note what goods were found for each line; below the threshold it is unmatched, with the reason and best guesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.inquiries.models import Inquiry, InquiryLine
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one row: the goods chosen, or the reason why none; candidates best first."""

    row: int
    product: str
    score: float | None
    reason: str
    candidates: Sequence[dict[str, Any]]


@requires("inquiry", "send")
@transaction.atomic
def note_matches(*, by: Actor, at: datetime, number: str, matches: Sequence[Match]) -> int:
    """Store matches on the readable lines of an inquiry; returns how many lines now have goods."""
    inquiry = Inquiry.objects.select_for_update().get(number=number)
    lines = {line.row: line for line in inquiry.lines.exclude(state=InquiryLine.State.UNREADABLE)}
    for match in matches:
        line = lines[match.row]
        line.product, line.score = match.product, match.score
        line.reason, line.candidates = match.reason[:500], list(match.candidates)
        line.state = InquiryLine.State.MATCHED if match.product else InquiryLine.State.UNMATCHED
    InquiryLine.objects.bulk_update(
        lines.values(), ["product", "score", "reason", "candidates", "state"], batch_size=200
    )
    found = sum(1 for match in matches if match.product)
    outbox.write(kind="inquiry.matched", subject=number, at=at, by=by, payload={"found": found, "lines": len(matches)})
    return found
