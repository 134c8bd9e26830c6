"""Who may act in a trade: its own parties; a merchant in her own orders alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bolanggu.market.orders import selectors as orders
from bolanggu.platform.accounts.grants import Actor, NotGranted, may
from bolanggu.trade.models import Trade


def on_its_behalf(by: Actor, trade: Trade, thing: str, action: str, asked: Mapping[str, Any]) -> None:
    """Refuse an actor who may do this for no party of the trade, or a merchant for an order that is not hers.

    Raises
    ------
    NotGranted
        The message names the trade.
    """
    if by.everywhere:
        return
    if "merchant" in by.roles:
        whose = orders.merchants_of(trade.number, order=str(asked.get("order", "")), line=str(asked.get("line", "")))
    else:
        whose = {trade.buyer.number, *trade.cast.values()}
    if not any(may(by, thing, action, party) for party in sorted(whose)):
        raise NotGranted(f"{by.name} acts for no party that may {action} {thing} in trade {trade.number}")
