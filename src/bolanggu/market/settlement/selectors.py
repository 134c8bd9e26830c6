"""Reads of settlement: the deposit gate, what is due, statements, and what the books of a trade sum to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from bolanggu.market.settlement import accounts
from bolanggu.market.settlement.exchange import Quoted
from bolanggu.market.settlement.models import (
    Allocation,
    BankDeal,
    Charge,
    PaymentPlan,
    Payout,
    PlanOrder,
    Receipt,
    Unmatched,
    UsedRecord,
)
from bolanggu.platform.ledger import key
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.values.money import Rate


class UnknownPlan(LookupError):
    """An order group for which no payment plan stands."""

    code = "unknown_plan"


@dataclass(frozen=True, slots=True)
class Due:
    """What the buyer of a group owes and has paid, minor units of her currency."""

    currency: str
    goods: int
    commission: int
    charges: int
    deposit: int
    received: int
    credited: int = 0
    returned: int = 0

    @property
    def total(self) -> int:
        """Goods, her commission, and the charges she bears."""
        return self.goods + self.commission + self.charges

    @property
    def paid(self) -> int:
        """What she paid in, with what was credited to her (refunds, claims), less what went back to her."""
        return self.received + self.credited - self.returned

    @property
    def outstanding(self) -> int:
        """What is still to be paid."""
        return max(0, self.total - self.paid)


def plan_of(group: str, *, lock: bool = False) -> PaymentPlan:
    """The plan of an order group, or UnknownPlan; ``lock`` keeps other acts on the group waiting."""
    plans = PaymentPlan.objects.select_for_update() if lock else PaymentPlan.objects
    plan = plans.filter(group=group).first()
    if plan is None:
        raise UnknownPlan(f"no payment plan stands for order group {group}; plan it first")
    return plan


def orders_of(plan: PaymentPlan, wanted: Collection[str] | None = None) -> list[PlanOrder]:
    """Orders of a plan by number, all or those wanted, with their lines at hand."""
    orders = plan.orders.order_by("order").prefetch_related("lines")
    return list(orders if wanted is None else orders.filter(order__in=list(wanted)))


def quotes(plan: PaymentPlan) -> dict[str, Quoted]:
    """Frozen rates of a plan: currency → what one unit of it costs in the buyer's currency."""
    return {
        row.base: Quoted(
            Rate(row.base, plan.currency, row.numerator, row.denominator, row.date, row.source), row.spread_bp
        )
        for row in plan.rates.all()
    }


def deposit_hold(order: str) -> Any:
    """Id of the hold that keeps an order's deposit."""
    return key("deposit", order)


def is_deposit_held(order: str) -> bool:
    """True if the order's whole deposit is held or was released to the merchant; an order without one is free."""
    (_, asked, held), *_ = deposit_gates([order]) or [("", 1, 0)]
    return held >= asked


def deposit_gates(orders: Collection[str]) -> list[tuple[str, int, int]]:
    """Order, minor units of deposit asked, and minor units held or released, in the buyer's currency."""
    rows = PlanOrder.objects.filter(order__in=list(orders)).order_by("order")
    found = []
    states = ledger.hold_states([deposit_hold(row.order) for row in rows])
    for row in rows:
        held = states.get(deposit_hold(row.order)) in ("held", "posted")
        found.append((row.order, row.deposit_due_minor, row.deposit_due_minor if held else 0))
    return found


def due(group: str) -> Due:
    """What is due and paid for a group."""
    plan = plan_of(group)
    charged = Charge.objects.filter(plan=plan, payer="buyer").aggregate(minor=Sum("due_minor"))["minor"] or 0
    received = Receipt.objects.filter(plan=plan).aggregate(minor=Sum("minor"))["minor"] or 0
    funds = ledger.balance(accounts.funds(group, plan.currency))
    credited = funds.credits_posted - received if funds else 0
    returned = ledger.moved(group, "returned", "claim_paid") if funds else 0
    return Due(
        plan.currency,
        plan.goods_minor,
        plan.commission_minor,
        charged,
        plan.deposit_minor,
        received,
        credited,
        returned,
    )


def free_funds(group: str) -> int:
    """Minor units in the buyer's funds that no deposit holds."""
    balance = ledger.balance(accounts.funds(group, plan_of(group).currency))
    return balance.available if balance else 0


def unmatched(group: str) -> list[dict[str, Any]]:
    """Receipts of a group of which a part is, or was, unmatched."""
    names = ("number", "payer", "currency", "received_minor", "minor", "left_minor", "reason", "stated_at")
    return list(Unmatched.objects.filter(plan=plan_of(group)).order_by("pk").values(*names))


def receipts(group: str) -> int:
    """How many receipts of a group stand."""
    return Receipt.objects.filter(plan=plan_of(group)).count()


def unused(records: Collection[str]) -> set[str]:
    """Trade records among those named on which no money was settled yet."""
    used = UsedRecord.objects.filter(record__in=list(records)).values_list("record", flat=True)
    return set(records) - set(used)


def transfers(group: str) -> list[dict[str, Any]]:
    """Every transfer of a group and its orders, in the order they were posted."""
    plan = plan_of(group)
    refs = [group, *plan.orders.values_list("order", flat=True)]
    return ledger.transfers_of(refs)


def books(group: str) -> dict[str, Any]:
    """Entries of a group (two a transfer) and what the ledger sums to in each currency it moved: always zero."""
    moved = transfers(group)
    sums = ledger.sums()
    return {
        "entries": 2 * len(moved),
        "transfers": len(moved),
        "sums": {currency: sums[currency].posted for currency in sorted({t["currency"] for t in moved})},
    }


def merchant_statement(merchant: str, currency: str) -> list[dict[str, Any]]:
    """到账明细: every movement of a merchant's account with the balance after it, minor units."""
    after, lines = 0, []
    for entry in ledger.entries(accounts.payable(merchant, currency)):
        after += entry.minor
        lines.append(
            {
                "at": entry.at,
                "purpose": entry.purpose,
                "ref": entry.ref,
                "minor": entry.minor,
                "balance_minor": after,
                "transfer": str(entry.transfer),
            }
        )
    return lines


def allocations(group: str) -> list[dict[str, Any]]:
    """What each line got at each stage, with the transfer that brought it."""
    rows = Allocation.objects.filter(order__plan__group=group).order_by("line", "-stage")
    return [dict(r) for r in rows.values("line", "order__order", "stage", "minor", "currency", "transfer", "at")]


def summary(group: str) -> dict[str, Any]:
    """The money of a group as a document shows it: due, receipts, conversions, payouts, books."""
    plan, owed = plan_of(group), due(group)
    return {
        "currency": plan.currency,
        "due_minor": owed.total,
        "goods_minor": owed.goods,
        "commission_minor": owed.commission,
        "charges_minor": owed.charges,
        "received_minor": owed.received,
        "returned_minor": owed.returned,
        "outstanding_minor": owed.outstanding,
        "unmatched": [row | {"stated_at": row["stated_at"].isoformat()} for row in unmatched(group)],
        "rates": list(plan.rates.order_by("base").values("base", "numerator", "denominator", "date", "source")),
        "receipts": list(plan.receipts.order_by("stated_at", "number").values("number", "minor", "stated_at")),
        "charges": list(
            plan.charges.order_by("number").values("number", "kind", "payer", "payee", "currency", "minor")
        ),
        "deals": list(
            BankDeal.objects.filter(plan=plan)
            .order_by("number")
            .values("number", "sold", "sold_minor", "bought", "bought_minor", "gain_minor", "date")
        ),
        "payouts": list(
            Payout.objects.filter(order__plan=plan)
            .order_by("number")
            .values("number", "order__order", "order__merchant", "currency", "minor")
        ),
        "ledger": books(group),
    }
