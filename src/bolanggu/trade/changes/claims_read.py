"""Claims of a trade as a document shows them."""

from __future__ import annotations

from typing import Any

from bolanggu.market.aftersales import selectors as aftersales


def claims_of(trade: str) -> list[dict[str, Any]]:
    """Claims in the order they were opened, as JSON data."""
    return [
        claim | {"stated_at": claim["stated_at"].isoformat(), "escalates_at": claim["escalates_at"].isoformat()}
        for claim in aftersales.claims(trade)
    ]
