"""What pages show of money: a merchant's orders, a buyer's board in her currency, the finance desk (财务台).

Every function reads a fixed number of times, whatever the number of rows. Amounts are minor units.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from bolanggu.market.settlement.models import (
    Advance,
    BankEntry,
    BankStatement,
    Charge,
    PaymentPlan,
    Payout,
    PayoutHold,
    PlanOrder,
    Position,
    Receipt,
)
from bolanggu.market.settlement.selectors import deposit_gates
from bolanggu.market.settlement.services.pay_out import covers_of
from bolanggu.platform.ledger import selectors as ledger

#: Explanations of a bank's entry that leave nothing to do.
_DONE = ("matched", "fee")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of what a buyer owes; ``due_on`` None waits for the event that the terms name."""

    what: str
    currency: str
    minor: int
    paid_minor: int
    due_on: date | None

    def overdue(self, on: date) -> int:
        """What should have been paid by a day and was not."""
        return self.minor - self.paid_minor if self.due_on is not None and self.due_on < on else 0


def merchant_orders(merchant: str) -> list[dict[str, Any]]:
    """到账明细 by order: worth, deposit held, what arrived, what was taken, refunded, held back, paid out, left."""
    orders = list(PlanOrder.objects.filter(merchant=merchant).select_related("plan").order_by("order"))
    covers = covers_of(orders)
    gates = {order: (asked, held) for order, asked, held in deposit_gates([o.order for o in orders])}
    rows = []
    for order in orders:
        cover = covers[order.pk]
        asked, held = gates[order.order]
        rows.append(
            {
                "order": order.order,
                "group": order.plan.group,
                "currency": order.currency,
                "minor": order.minor,
                "deposit_minor": order.deposit_minor,
                "deposit_held": held >= asked,
                "arrived_minor": cover.allocated,
                "advanced_minor": cover.advanced,
                "commission_minor": cover.commission,
                "charged_minor": cover.charged,
                "refunded_minor": cover.refunded,
                "held_back_minor": min(cover.held, max(0, cover.payable + cover.held)),
                "paid_out_minor": cover.earlier,
                "payable_minor": max(0, cover.payable),
                "to_come_minor": order.minor - cover.allocated,
            }
        )
    return rows


def buyer_board(buyer: str) -> list[dict[str, Any]]:
    """What a buyer owes and has paid for each of her groups, in the currency in which she pays."""
    plans = list(PaymentPlan.objects.filter(buyer=buyer).order_by("-planned_at", "group"))
    charged = _sums(Charge.objects.filter(plan__in=plans, payer="buyer"), "due_minor")
    received = _sums(Receipt.objects.filter(plan__in=plans), "minor")
    rows = []
    for plan in plans:
        total = plan.goods_minor + plan.commission_minor + charged[plan.pk]
        rows.append(
            {
                "group": plan.group,
                "currency": plan.currency,
                "goods_minor": plan.goods_minor,
                "commission_minor": plan.commission_minor,
                "charges_minor": charged[plan.pk],
                "total_minor": total,
                "deposit_minor": plan.deposit_minor,
                "received_minor": received[plan.pk],
                "outstanding_minor": max(0, total - received[plan.pk]),
                "deposit_paid": received[plan.pk] >= plan.deposit_minor,
                "balance_trigger": plan.balance_trigger,
                "credit_days": plan.credit_days,
            }
        )
    return rows


def instalments(plan: PaymentPlan, *, triggered_on: date | None) -> list[Instalment]:
    """Deposit and balance with their days: the balance is due ``credit_days`` (net n) after the trigger of the terms.

    ``triggered_on`` is the day of the event that `PaymentPlan.balance_trigger` names, None while it has not happened.
    What was received pays the deposit first.
    """
    charged = _sums(Charge.objects.filter(plan=plan, payer="buyer"), "due_minor")[plan.pk]
    received = _sums(Receipt.objects.filter(plan=plan), "minor")[plan.pk]
    balance = plan.goods_minor - plan.deposit_minor + plan.commission_minor + charged
    first = min(received, plan.deposit_minor)
    due_on = None if triggered_on is None else triggered_on + timedelta(days=plan.credit_days)
    made = [
        Instalment("deposit", plan.currency, plan.deposit_minor, first, plan.planned_at.date()),
        Instalment("balance", plan.currency, balance, min(received - first, balance), due_on),
    ]
    return [one for one in made if one.minor]


def unmatched_entries() -> QuerySet[BankEntry]:
    """Entries of banks that are not settled: short, over, doubled, unknown, or of a group and not booked yet."""
    booked = Receipt.objects.filter(number=OuterRef("number"))
    paid = Payout.objects.filter(number=OuterRef("number"))
    met = Q(outcome__in=_DONE) & (Q(outcome="fee") | Exists(booked) | Exists(paid))
    return BankEntry.objects.exclude(met).select_related("statement").order_by("booked_on", "statement", "position")


def explained_statement(statement: BankStatement) -> dict[str, Any]:
    """A bank's statement with its entries and how many of each outcome, as JSON data."""
    names = ("position", "booked_on", "minor", "charges_minor", "reference", "party", "text")
    entries = list(
        statement.entries.order_by("position").values(*names, "outcome", "number", "difference_minor", "why")
    )
    return {
        "account": statement.account,
        "number": statement.number,
        "currency": statement.currency,
        "opened_minor": statement.opened_minor,
        "closed_minor": statement.closed_minor,
        "outcomes": dict(sorted(Counter(entry["outcome"] for entry in entries).items())),
        "entries": entries,
    }


def unmatched_receipts() -> QuerySet[Receipt]:
    """Receipts that no bank's statement confirms yet."""
    seen = BankEntry.objects.filter(number=OuterRef("number"), outcome__in=("matched", "short", "over"))
    return Receipt.objects.exclude(Exists(seen)).select_related("plan").order_by("stated_at", "number")


def unconfirmed_payouts() -> QuerySet[Payout]:
    """Payouts that no bank's statement confirms yet; ``filed`` says in which file they went to the bank."""
    seen = BankEntry.objects.filter(number=OuterRef("number"), outcome__in=("matched", "short", "over"))
    return Payout.objects.exclude(Exists(seen)).select_related("order", "filed__file").order_by("stated_at", "number")


def open_advances(*, at: datetime | None = None) -> QuerySet[Advance]:
    """Advances (垫付) that a funder has not got back; with ``at`` those that were due by then."""
    rows = Advance.objects.filter(repaid_minor__lt=F("minor")).select_related("order")
    return (rows if at is None else rows.filter(due_at__lte=at)).order_by("due_at", "number")


def open_holds() -> QuerySet[PayoutHold]:
    """Payouts that disputes hold back, the oldest first."""
    return PayoutHold.objects.filter(released_at=None).select_related("order").order_by("stated_at", "number")


def exchange_results() -> list[dict[str, Any]]:
    """By currency: spread kept, rounding, gain or loss against the bank, and what is sold but not squared yet."""
    found: dict[str, dict[str, Any]] = {}
    for balance in ledger.under("fx:"):
        what = balance.code.rpartition(":")[2]
        found.setdefault(balance.currency, {"currency": balance.currency})[f"{what}_minor"] = balance.posted
    waiting = Position.objects.filter(deal=None).values_list("sold").annotate(Sum("sold_minor")).order_by()
    for currency, minor in waiting:
        found.setdefault(currency, {"currency": currency})["unsquared_minor"] = minor
    names = ("spread_minor", "rounding_minor", "gain_minor", "liquidity_minor", "unsquared_minor")
    return [dict.fromkeys(names, 0) | found[currency] for currency in sorted(found)]


def finance_desk(*, at: datetime) -> dict[str, Any]:
    """How much waits for the finance desk: counts, each with the function of this module that lists it."""
    return {
        "unmatched_entries": unmatched_entries().count(),
        "unmatched_receipts": unmatched_receipts().count(),
        "unconfirmed_payouts": unconfirmed_payouts().count(),
        "unfiled_payouts": Payout.objects.filter(filed=None).count(),
        "overdue_advances": open_advances(at=at).count(),
        "open_holds": open_holds().count(),
        "exchange": exchange_results(),
    }


def _sums(rows: QuerySet[Any], column: str) -> defaultdict[int, int]:
    found: Sequence[tuple[int, int]] = list(rows.values_list("plan").annotate(Sum(column)).order_by())
    return defaultdict(int, found)
