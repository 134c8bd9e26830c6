"""Step 5, deposit (定金): the buyer pays the deposit, and it is held order by order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.assumptions import receipt_tolerance_bp
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.market.settlement.services import receive
from bolanggu.trade.stages import Stage
from bolanggu.trade.transfer_edges import record_transfers


def prepare(stage: Stage) -> PaymentPlan | None:
    """Read how the group is paid; None where nothing was ordered."""
    return settlement.plan_of(stage.trade.number) if stage.facts["order"]["orders"] else None


def act(stage: Stage, plan: PaymentPlan | None) -> tuple[datetime, dict[str, Any]]:
    """Receive the deposit, or what of it the buyer has not paid before."""
    if plan is None:
        return stage.clock, {"deposit_minor": 0}
    if missing := max(0, plan.deposit_minor - settlement.due(plan.group).paid):
        receive(
            by=stage.cast.world,
            at=stage.clock,
            group=plan.group,
            number=f"{plan.group}-R1",
            minor=missing,
            payer=plan.buyer,
            payee=plan.payees[0],
            tolerance_bp=receipt_tolerance_bp(),
        )
    record_transfers(plan.group)
    return stage.clock, {"deposit_minor": plan.deposit_minor, "currency": plan.currency}
