"""Quotes that ran out before they were accepted are asked for anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bolanggu.market.inquiries.services import expire, renew
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.world.assumptions import world


@act("quote", "ask", title="Ask for quotes anew", zh="重新报价", touches=())
def renew_quotes(stand: Stand, *, reason: str = "the quotes ran out") -> dict[str, Any]:
    """Quotes that expired get a new version with a new day; nobody can accept one that has run out.

    Parameters
    ----------
    reason
        Why.
    """
    stand.need("quote", "new quotes", "ask for quotes first")
    if "order" in stand.done:
        raise NotPossible(f"trade {stand.number} is ordered; its quotes are accepted")
    gone = expire(by=stand.hand, at=stand.at, inquiry=stand.number)
    if not gone:
        raise NotPossible(f"no quote of trade {stand.number} has run out; accept them")
    until = stand.at + timedelta(days=world("quote_valid_days"))
    made = renew(by=stand.hand, at=stand.at, inquiry=stand.number, valid_until=until, reason=reason)
    return {"expired": gone, "renewed": [quote.number for quote in made], "valid_until": until}
