"""Endpoints of money and papers of a trade."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.api.problems import ALWAYS
from bolanggu.interfaces.api.shapes_of_links import MoneyShape, PapersShape
from bolanggu.interfaces.web.trades import papers
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.models import PaymentPlan

router = Router(tags=["trades"])


@router.get("/{number}/money", response={200: MoneyShape, **ALWAYS}, summary="What a trade has to pay and has paid")
@needs("payment", "read")
def money(request: HttpRequest, number: str) -> Any:
    """Minor units of the buyer's currency."""
    trade = whose.trade(actor_of(request), number)
    plan = PaymentPlan.objects.filter(group=trade.number).first()
    if plan is None:
        raise NotYours(f"trade {number} has no payment plan yet")
    due = settlement.due(trade.number)
    receipts = list(plan.receipts.order_by("stated_at", "number").values("number", "minor", "stated_at"))
    return {
        "trade": trade.number,
        "currency": due.currency,
        "goods_minor": due.goods,
        "commission_minor": due.commission,
        "charges_minor": due.charges,
        "deposit_minor": due.deposit,
        "due_minor": due.total,
        "paid_minor": due.paid,
        "outstanding_minor": due.outstanding,
        "receipts": receipts,
    }


@router.get("/{number}/papers", response={200: PapersShape, **ALWAYS}, summary="Papers of a trade")
@needs("paper", "read")
def paper_list(request: HttpRequest, number: str) -> Any:
    """The standing version of each paper that the role may have, with its digest and seal."""
    actor = actor_of(request)
    trade = whose.trade(actor, number)
    rows = [
        {name: fact for name, fact in one.items() if name != "path"} for one in papers.of_trade(actor, trade.number)
    ]
    return {"trade": trade.number, "papers": rows}
