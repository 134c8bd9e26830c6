"""Step 10, depart (发运): the boxes leave on the booked way, and balances are settled against the papers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bolanggu.market.customs import selectors as customs
from bolanggu.market.customs.models import Declaration
from bolanggu.market.transport.services import depart
from bolanggu.trade.charges import borne
from bolanggu.trade.settling import Account, account_of, book_charges, settle
from bolanggu.trade.shipping import is_complete
from bolanggu.trade.stages import ShippingStage
from bolanggu.trade.world.assumptions import world


def prepare(stage: ShippingStage) -> dict[str, Account]:
    """Gather what is to be settled, by trade; nothing where nothing was loaded: then deposits stay held."""
    if not stage.facts["load"]["boxes"]:
        return {}
    found = borne(stage)
    return {trade: account_of(trade, stage, found) for trade in stage.trades}


def act(stage: ShippingStage, accounts: dict[str, Account]) -> tuple[datetime, dict[str, Any]]:
    """Depart unless a declaration is not released; book the charges, and settle the trades that are loaded whole.

    The balance falls due when the last cartons of a trade are loaded; what it ships before is charged with it.
    """
    if not accounts:
        return stage.clock, {"held": [], "settled": {}}
    by, at = stage.cast.world, stage.clock
    held = held_back(stage)
    if not held:
        at = max(at, datetime.fromisoformat(stage.facts["book"]["legs"][0]["depart"]))
        depart(by=by, at=at, number=stage.facts["book"]["booking"])
    paid_at = at + timedelta(days=world("balance_days"))
    settled = {}
    for trade, account in accounts.items():
        book_charges(account, by=by, at=paid_at)
        if is_complete(trade, beside=stage.number):
            settled[trade] = settle(account, by=by, at=paid_at)
    return at, {"held": held, "settled": settled}


def held_back(stage: ShippingStage) -> list[str]:
    """Declarations of the shipment that customs has not released; the boxes stay while there is one."""
    references = [one["ref"] for one in stage.facts["declare"].get("references", [])]
    waiting = {Declaration.State.LOADED, Declaration.State.DECLARED, Declaration.State.INSPECTING}
    return [one.number for reference in references for one in customs.current(reference) if one.state in waiting]
