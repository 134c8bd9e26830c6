"""Step 5, deposit (定金): the payment is planned, the buyer pays the deposit, and it is held order by order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.settlement import rates
from bolanggu.market.settlement.assumptions import fx_spread_bp, receipt_tolerance_bp
from bolanggu.market.settlement.inputs import GroupDue
from bolanggu.market.settlement.services import open_trade_accounts, plan, receive
from bolanggu.trade.money import group_due, group_rates
from bolanggu.trade.stages import Stage
from bolanggu.trade.transfer_edges import record_transfers


def prepare(stage: Stage) -> tuple[GroupDue, rates.Rates] | None:
    """Read what is to be paid and the rates frozen on the group; None where nothing was ordered."""
    if not stage.facts["order"]["orders"]:
        return None
    return group_due(stage.trade.number), group_rates(stage.trade.number)


def act(stage: Stage, due: tuple[GroupDue, rates.Rates] | None) -> tuple[datetime, dict[str, Any]]:
    """Open the accounts, plan, and receive the deposit."""
    if due is None:
        return stage.clock, {"deposit_minor": 0}
    group, frozen = due
    by, at = stage.cast.world, stage.clock
    open_trade_accounts(by=by, at=at, group=group)
    made = plan(by=by, at=at, group=group, rates=frozen, spread_bp=fx_spread_bp())
    if made.deposit_minor:
        receive(
            by=by,
            at=at,
            group=group.group,
            number=f"{group.group}-R1",
            minor=made.deposit_minor,
            payer=group.buyer,
            payee=group.payees[0],
            tolerance_bp=receipt_tolerance_bp(),
        )
    record_transfers(group.group)
    return at, {"deposit_minor": made.deposit_minor, "currency": made.currency}
