"""Rows of settlement: plans with their orders and lines, receipts, allocations, charges, advances, deals, payouts.

Balances are not here: they are the ledger's. What is here says which order, line and party a transfer was for.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated

PAYERS = ["buyer", "merchant", "agent"]
STAGES = ["deposit", "balance"]
OUTCOMES = ["matched", "short", "over", "doubled", "fee", "unknown"]


class PaymentPlan(InMarket):
    """How an order group is to be paid, frozen when it was placed. Amounts in the buyer's currency."""

    group = models.CharField(max_length=32)
    buyer = models.CharField(max_length=32)
    agent = models.CharField(max_length=32)
    funder = models.CharField(max_length=32, blank=True)
    payees = models.JSONField(default=list)
    currency = models.CharField(max_length=3)
    deposit_bp = models.PositiveIntegerField()
    balance_trigger = models.CharField(max_length=16)
    credit_days = models.PositiveSmallIntegerField(default=0)
    incoterm = models.CharField(max_length=3)
    freight = models.CharField(max_length=8)
    charge_payers = models.JSONField(default=dict)
    goods_minor = models.BigIntegerField()
    deposit_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField(help_text="the buyer's side, frozen")
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "group"], name="settlement_plan_group"),
            models.CheckConstraint(
                condition=Q(deposit_minor__gte=0)
                & Q(deposit_minor__lte=F("goods_minor"))
                & Q(commission_minor__gte=0)
                & Q(deposit_bp__lte=10000),
                name="settlement_plan_amounts",
            ),
        ]


class FrozenRate(InMarket):
    """A rate frozen for a plan: buyer's currency for one unit of ``base``, as parity, and the spread on it."""

    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="rates")
    base = models.CharField(max_length=3)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    date = models.CharField(max_length=10)
    source = models.TextField()
    spread_bp = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "base"], name="settlement_rate_once"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0) & Q(denominator__gt=0), name="settlement_rate_positive"
            ),
        ]


class PlanOrder(InMarket):
    """One order of a plan. ``minor`` is in the order's currency, ``due_minor`` what the buyer pays for it in hers."""

    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="orders")
    order = models.CharField(max_length=40)
    merchant = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    due_minor = models.BigIntegerField()
    deposit_due_minor = models.BigIntegerField(help_text="of due_minor")
    deposit_minor = models.BigIntegerField(help_text="of minor")
    commission_minor = models.BigIntegerField(help_text="the merchant's side, frozen, order's currency")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "order"], name="settlement_order_once"),
            models.CheckConstraint(
                condition=Q(minor__gte=0)
                & Q(deposit_minor__gte=0)
                & Q(deposit_minor__lte=F("minor"))
                & Q(deposit_due_minor__gte=0)
                & Q(deposit_due_minor__lte=F("due_minor"))
                & Q(commission_minor__gte=0)
                & Q(commission_minor__lte=F("minor")),
                name="settlement_order_amounts",
            ),
        ]


class PlanLine(InMarket):
    """One line of a plan's order, with the part of it that the deposit pays."""

    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, related_name="lines")
    line = models.CharField(max_length=40)
    minor = models.BigIntegerField()
    deposit_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "line"], name="settlement_line_once"),
            models.CheckConstraint(
                condition=Q(deposit_minor__gte=0) & Q(deposit_minor__lte=F("minor")), name="settlement_line_amounts"
            ),
        ]


class Receipt(InMarket, Stated):
    """Money that came in from the buyer, by the bank's number."""

    number = models.CharField(max_length=64)
    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="receipts")
    payer = models.CharField(max_length=32)
    payee = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    transfer = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_receipt_number"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="settlement_receipt_amount"),
        ]


class Allocation(InMarket):
    """What a line got of the buyer's money at one stage, in the order's currency, and the transfer that brought it."""

    number = models.CharField(max_length=64)
    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, related_name="allocations")
    line = models.CharField(max_length=40)
    stage = models.CharField(max_length=8)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    transfer = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_allocation_number"),
            models.UniqueConstraint(fields=["market", "line", "stage"], name="settlement_allocation_stage"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="settlement_allocation_amount"),
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="settlement_allocation_stage_known"),
        ]


class Charge(InMarket, Stated):
    """Freight or a local charge, booked to the side that bears it. ``due_minor`` is in the payer's currency."""

    number = models.CharField(max_length=64)
    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="charges")
    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="charges")
    kind = models.CharField(max_length=32)
    payer = models.CharField(max_length=8)
    payee = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    due_currency = models.CharField(max_length=3)
    due_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_charge_number"),
            models.CheckConstraint(condition=Q(minor__gt=0) & Q(due_minor__gt=0), name="settlement_charge_amount"),
            models.CheckConstraint(condition=Q(payer__in=PAYERS), name="settlement_charge_payer"),
            models.CheckConstraint(
                condition=~Q(payer="merchant") | Q(order__isnull=False), name="settlement_charge_merchant"
            ),
        ]


class Advance(InMarket, Stated):
    """Money that a named funder advanced (垫付) on an order; comes back out of what the buyer pays."""

    number = models.CharField(max_length=64)
    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, related_name="advances")
    funder = models.CharField(max_length=32)
    minor = models.BigIntegerField()
    recovered_minor = models.BigIntegerField(default=0, help_text="the buyer paid it")
    repaid_minor = models.BigIntegerField(default=0, help_text="the funder has it back")
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_advance_number"),
            models.CheckConstraint(
                condition=Q(minor__gt=0)
                & Q(repaid_minor__gte=0)
                & Q(recovered_minor__gte=F("repaid_minor"))
                & Q(recovered_minor__lte=F("minor")),
                name="settlement_advance_amounts",
            ),
        ]


class Refund(InMarket, Stated):
    """Money that went back from a merchant's line to the buyer's funds, in the order's currency."""

    number = models.CharField(max_length=64)
    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, related_name="refunds")
    line = models.CharField(max_length=40)
    minor = models.BigIntegerField()
    transfer = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "line"], name="settlement_refund_number"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="settlement_refund_amount"),
        ]


class Position(InMarket):
    """A conversion at a frozen rate that the bank has not squared yet: sold one currency, owes another."""

    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="positions")
    number = models.CharField(max_length=64)
    what = models.CharField(max_length=8, help_text="goods | charge | refund | receipt")
    sold = models.CharField(max_length=3)
    sold_minor = models.BigIntegerField()
    bought = models.CharField(max_length=3)
    bought_minor = models.BigIntegerField(help_text="at the frozen parity")
    deal = models.ForeignKey("BankDeal", on_delete=models.PROTECT, null=True, blank=True, related_name="positions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_position_number"),
            models.CheckConstraint(condition=~Q(sold=F("bought")), name="settlement_position_two"),
        ]


class BankDeal(InMarket, Stated):
    """A conversion at the bank (结汇) at a dated rate; under 1039 it uses up trade records."""

    number = models.CharField(max_length=64)
    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="deals")
    sold = models.CharField(max_length=3)
    sold_minor = models.BigIntegerField()
    bought = models.CharField(max_length=3)
    bought_minor = models.BigIntegerField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    date = models.CharField(max_length=10)
    rate_source = models.TextField()
    gain_minor = models.BigIntegerField(help_text="bought currency; negative for a loss")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_deal_number"),
            models.CheckConstraint(
                condition=Q(sold_minor__gte=0) & Q(bought_minor__gte=0), name="settlement_deal_amounts"
            ),
        ]


class UsedRecord(InMarket):
    """A trade record (交易记录) that a receipt in foreign currency was settled on; it cannot be used again."""

    record = models.CharField(max_length=64)
    deal = models.ForeignKey(BankDeal, on_delete=models.PROTECT, related_name="records")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "record"], name="settlement_record_once")]


class Payout(InMarket, Stated):
    """Money paid out to a merchant for an order, with the figures that allowed it."""

    number = models.CharField(max_length=64)
    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, related_name="payouts")
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    allocated_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()
    charged_minor = models.BigIntegerField()
    advanced_minor = models.BigIntegerField(help_text="advances less what was recovered")
    earlier_minor = models.BigIntegerField()
    transfer = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_payout_number"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="settlement_payout_amount"),
            models.CheckConstraint(
                condition=Q(
                    minor__lte=F("allocated_minor")
                    - F("refunded_minor")
                    - F("commission_minor")
                    - F("charged_minor")
                    + F("advanced_minor")
                    - F("earlier_minor")
                ),
                name="settlement_payout_covered",
            ),
        ]


class PayoutHold(InMarket, Stated):
    """What is not paid out for an order while a dispute runs; ``minor`` None is all of it."""

    number = models.CharField(max_length=64)
    order = models.ForeignKey(PlanOrder, on_delete=models.PROTECT, related_name="payout_holds")
    reason = models.CharField(max_length=200)
    minor = models.BigIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_payout_hold_number"),
            models.CheckConstraint(condition=Q(minor=None) | Q(minor__gt=0), name="settlement_payout_hold_amount"),
        ]


class BankStatement(InMarket, Stated):
    """A bank's statement (银行对账单) of one account, as a file of it was read; amounts in its currency."""

    number = models.CharField(max_length=64)
    account = models.CharField(max_length=34)
    currency = models.CharField(max_length=3)
    opened_minor = models.BigIntegerField()
    closed_minor = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "account", "number"], name="settlement_statement_once")
        ]


class BankEntry(InMarket):
    """One entry of a bank's statement, and how it was explained. ``minor`` is positive where money came in."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    booked_on = models.DateField()
    minor = models.BigIntegerField()
    charges_minor = models.BigIntegerField(default=0, help_text="what banks kept on the way, where the file says it")
    reference = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=500, blank=True)
    party = models.CharField(max_length=140, blank=True)
    outcome = models.CharField(max_length=8)
    number = models.CharField(max_length=64, blank=True, help_text="the receipt, payout or group it belongs to")
    difference_minor = models.BigIntegerField(default=0, help_text="the bank's amount less what was expected")
    why = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="settlement_entry_position"),
            models.CheckConstraint(condition=~Q(minor=0), name="settlement_entry_amount"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="settlement_entry_outcome"),
        ]
        indexes = [models.Index(fields=["market", "reference"], name="settlement_entry_reference")]


class PayoutFile(InMarket, Stated):
    """A file of payouts (pain.001) handed to the bank; written again from its rows it has the same bytes."""

    number = models.CharField(max_length=35)
    currency = models.CharField(max_length=3)
    sha256 = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "number"], name="settlement_payout_file_number")]


class PayoutFiled(InMarket):
    """A payout stands in one file and no other."""

    file = models.ForeignKey(PayoutFile, on_delete=models.PROTECT, related_name="payouts")
    payout = models.OneToOneField(Payout, on_delete=models.PROTECT, related_name="filed")


class Unmatched(InMarket, Stated):
    """What of a receipt is not owed, or came in another currency: kept in full until it is matched or goes back."""

    number = models.CharField(max_length=64, help_text="the bank's number of the receipt")
    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="unmatched")
    payer = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    received_minor = models.BigIntegerField(help_text="the whole receipt")
    minor = models.BigIntegerField(help_text="the part of it that was not matched when it came in")
    left_minor = models.BigIntegerField(help_text="the part of it that is unmatched now")
    reason = models.CharField(max_length=300)
    transfer = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="settlement_unmatched_number"),
            models.CheckConstraint(
                condition=Q(left_minor__gte=0)
                & Q(left_minor__lte=F("minor"))
                & Q(minor__gt=0)
                & Q(minor__lte=F("received_minor")),
                name="settlement_unmatched_amounts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_unmatched_reason"),
        ]
