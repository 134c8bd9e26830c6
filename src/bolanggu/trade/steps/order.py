"""Step 4, order (下单): quotes accepted, one order a merchant; terms, engagement, rates and payment plan frozen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.inquiries.services import accept
from bolanggu.market.orders import selectors as orders
from bolanggu.market.orders.services import AcceptedLine, GroupOpened, TermsOffered, confirm, place
from bolanggu.market.settlement import rates
from bolanggu.market.settlement.assumptions import fx_spread_bp
from bolanggu.market.settlement.services import plan
from bolanggu.platform.parties.models import Engagement
from bolanggu.platform.parties.services import Roles, agree
from bolanggu.trade.money import group_due
from bolanggu.trade.stages import Stage
from bolanggu.trade.world.assumptions import world


def prepare(stage: Stage) -> list[AcceptedLine]:
    """Read the quoted lines."""
    return [
        AcceptedLine(
            quote=row["quote__number"],
            merchant=row["quote__merchant_id"],
            currency=row["quote__currency"],
            line=row["line"],
            product=row["product"],
            asked=row["asked"],
            quantity=row["sold"],
            unit_minor=row["unit_minor"],
            remarks=row["remarks"],
        )
        for row in inquiries.quoted(stage.trade.number)
    ]


def act(stage: Stage, lines: list[AcceptedLine]) -> tuple[datetime, dict[str, Any]]:
    """Agree the engagement, accept the quotes, place and confirm the orders, plan the payment."""
    by, at, number = stage.cast.world, stage.clock, stage.trade.number
    if not lines:
        return at, {"orders": 0}
    engagement = _engage(stage)
    accept(by=by, at=at, inquiry=number)
    currencies = sorted({stage.trade.currency, "USD", *(line.currency for line in lines)})
    opened = GroupOpened(
        number=number,
        inquiry=number,
        buyer=stage.trade.buyer_id,
        engagement=engagement.pk,
        currency=stage.trade.currency,
        rates=rates.as_rows(rates.on(at.date()), currencies),
    )
    terms = TermsOffered(deposit_bp=world("deposit_bp"))
    place(by=by, at=at, group=opened, terms=terms, lines=lines)
    placed = [row["number"] for row in orders.orders(number)]
    confirm(by=by, at=at, numbers=placed)
    plan(by=by, at=at, group=group_due(number), rates=rates.from_rows(opened.rates), spread_bp=fx_spread_bp())
    return at, {"orders": len(placed)}


def _engage(stage: Stage) -> Engagement:
    buyer, agent = stage.cast.buyer.number, stage.cast.agent.number
    roles = Roles(
        principal=buyer,
        agent=agent,
        buyer_of_record=buyer,
        operator_1039=stage.cast.operator_1039.number,
        consignee=buyer,
        notify_party=buyer,
        payee=agent,
        funder=agent,
    )
    return agree(
        by=stage.cast.world,
        at=stage.clock,
        number=f"E-{stage.trade.number}",
        roles=roles,
        commission_buyer_bp=world("commission_buyer_bp"),
        commission_merchant_bp=world("commission_merchant_bp"),
    )
