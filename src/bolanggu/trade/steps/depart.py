"""Step 10, depart (发运): the boxes leave on the booked way, and the balance is settled against the papers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bolanggu.market.transport.services import depart
from bolanggu.trade.process import Stage
from bolanggu.trade.settling import Account, account_of, settle
from bolanggu.trade.world.assumptions import world


def prepare(stage: Stage) -> Account | None:
    """Gather what is to be settled; None where nothing was loaded: then no balance falls due and deposits stay held."""
    return account_of(stage) if stage.facts["load"]["boxes"] else None


def act(stage: Stage, account: Account | None) -> tuple[datetime, dict[str, Any]]:
    """Depart unless a declaration is not released; settle, since the balance falls due on loading."""
    if account is None:
        return stage.clock, {"past": [], "held": []}
    by, at = stage.cast.world, stage.clock
    held = stage.facts["declare"].get("with_the_broker", [])
    if not held:
        at = max(at, datetime.fromisoformat(stage.facts["book"]["legs"][0]["depart"]))
        depart(by=by, at=at, number=stage.facts["book"]["booking"])
    settled = settle(stage, account, at + timedelta(days=world("balance_days")))
    past = [("received", stage.facts["receive"]["at"]), ("loaded", stage.facts["load"]["at"])]
    return at, {"past": past, "held": held, **settled}
