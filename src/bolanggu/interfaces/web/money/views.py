"""The board of payments and statements, and the money of one trade."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.web.acts import offers
from bolanggu.market.settlement import boards
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.models import Allocation, PaymentPlan, PlanOrder, Unmatched
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.platform.ledger import selectors as ledger

A_PAGE = 25
MOST = 100
PERCENT = 100


@require_safe
@needs("money", "open")
def board(request: HttpRequest) -> HttpResponse:
    """Payment plans, statements and totals, as far as the actor may see each."""
    actor = actor_of(request)
    facts: dict[str, Any] = {}
    if may(actor, "payment", "read"):
        plans = PaymentPlan.objects.filter(group__in=whose.trades(actor).values("number")).order_by(
            "-planned_at", "-pk"
        )
        page = Paginator(plans, A_PAGE).get_page(request.GET.get("page"))
        facts |= {"page": page, "plans": _plans(list(page.object_list)), "reads_plans": True}
    if may(actor, "order", "confirm"):
        facts["statements"] = _statements(actor)
    if may(actor, "ledger", "post") or (actor.everywhere and may(actor, "payout", "read")):
        facts["desk"] = _desk() if actor.everywhere else None
        facts["sums"] = sorted((code, sum_.posted) for code, sum_ in ledger.sums().items())
    return render(request, "money/board.html", facts)


def _plans(plans: list[PaymentPlan]) -> list[dict[str, Any]]:
    """Plans with what is due, what is paid, and whether the deposit is there."""
    rows = []
    for plan in plans:
        due = settlement.due(plan.group)
        state = "settled" if due.paid >= due.total else "deposit_held" if due.paid >= due.deposit else "due"
        percent = max(0, min(PERCENT, PERCENT * due.paid / due.total)) if due.total else PERCENT
        rows.append({"plan": plan, "due": due, "state": state, "percent": percent})
    return rows


def _statements(actor: Actor) -> list[dict[str, Any]]:
    """Of each merchant an actor acts for: its orders with what arrived and was paid out, and its movements."""
    if actor.everywhere:
        return []
    mine = whose.orders_of_merchant(actor).values("number")
    pairs = PlanOrder.objects.filter(order__in=mine).order_by("merchant", "currency")
    found = []
    for merchant, currency in pairs.values_list("merchant", "currency").distinct():
        orders = [row for row in boards.merchant_orders(merchant) if row["currency"] == currency]
        lines = settlement.merchant_statement(merchant, currency)
        paid = sum(row["paid_out_minor"] for row in orders)
        to_come = sum(row["to_come_minor"] for row in orders)
        found.append(
            {
                "merchant": merchant,
                "currency": currency,
                "orders": orders[::-1][:MOST],
                "lines": lines[::-1][:MOST],
                "paid": paid,
                "to_come": to_come,
            }
        )
    return found


def _desk() -> dict[str, Any]:
    """What waits for the finance desk of the whole market."""
    return {
        "entries": boards.unmatched_entries()[:MOST],
        "receipts": boards.unmatched_receipts()[:MOST],
        "unmatched": Unmatched.objects.filter(left_minor__gt=0).select_related("plan").order_by("-stated_at")[:MOST],
        "holds": boards.open_holds()[:MOST],
    }


@require_safe
@needs("payment", "read")
def of_trade(request: HttpRequest, number: str) -> HttpResponse:
    """What one trade has to pay and has paid, in the buyer's currency."""
    actor = actor_of(request)
    trade = whose.trade(actor, number)
    plan = PaymentPlan.objects.filter(group=number).first()
    if plan is None:
        raise NotYours(f"trade {number} has no payment plan yet")
    summary = settlement.summary(number)
    facts = {
        "trade": trade,
        "plan": plan,
        "money": summary,
        "row": _plans([plan])[0],
        "rates": [rate | {"shown": Decimal(rate["numerator"]) / rate["denominator"]} for rate in summary["rates"]],
        "orders": _orders(plan),
        "payouts": summary["payouts"] if may(actor, "payout", "read") else [],
        "sees_order": may(actor, "order", "read"),
        "acts": offers.of_trade(actor, number, things={"payment"}),
    }
    return render(request, "money/of_trade.html", facts)


def _orders(plan: PaymentPlan) -> list[dict[str, Any]]:
    """Orders of a plan: what the buyer pays for each, its deposit, and how much of it is allocated."""
    orders = list(plan.orders.order_by("order"))
    sums = (
        Allocation.objects.filter(order__in=orders)
        .values("order")
        .annotate(deposit=Sum("minor", filter=Q(stage="deposit")), balance=Sum("minor", filter=Q(stage="balance")))
    )
    got = {row["order"]: row for row in sums}
    return [
        {
            "order": order,
            "got": (got.get(order.pk, {}).get("deposit") or 0) + (got.get(order.pk, {}).get("balance") or 0),
        }
        for order in orders
    ]
