"""Terms, order groups, orders a merchant, order lines. What was agreed is frozen; states follow from deeds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated


class Terms(InMarket):
    """What the two sides agreed on, frozen: a change is a new row. Triggers refuse to alter one."""

    class Incoterm(models.TextChoices):
        EXW = "EXW"
        FCA = "FCA"
        FOB = "FOB"
        CFR = "CFR"
        CIF = "CIF"
        CPT = "CPT"
        CIP = "CIP"
        DAP = "DAP"
        DPU = "DPU"
        DDP = "DDP"

    number = models.CharField(max_length=40)
    incoterm = models.CharField(max_length=3, choices=Incoterm.choices, default=Incoterm.FOB)
    place = models.CharField(max_length=64, default="CNNGB", help_text="named place, UN/LOCODE where there is one")
    tax_included = models.BooleanField(default=False, help_text="含税 / 不含税")
    deposit_bp = models.PositiveIntegerField(default=3000)
    balance_trigger = models.CharField(max_length=16, default="loading", help_text="inspection | loading | documents")
    credit_days = models.PositiveSmallIntegerField(default=0)
    freight = models.CharField(max_length=8, default="collect", help_text="prepaid | collect")
    charge_payers = models.JSONField(default=dict, help_text="local charge → buyer | merchant | agent")
    bill_of_lading = models.CharField(
        max_length=16, default="telex_release", help_text="original | telex_release | waybill"
    )
    direction = models.CharField(max_length=8, default="export", help_text="export | import | domestic")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="orders_terms_number"),
            models.CheckConstraint(condition=Q(deposit_bp__lte=10000), name="orders_terms_deposit"),
            models.CheckConstraint(
                condition=Q(direction__in=["export", "import", "domestic"]), name="orders_terms_way"
            ),
        ]


class OrderGroup(InMarket, Stated):
    """All orders that one inquiry led to, under one engagement and one set of terms, with the rates frozen."""

    number = models.CharField(max_length=32)
    inquiry = models.CharField(max_length=32)
    buyer = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    engagement = models.ForeignKey("parties.Engagement", on_delete=models.PROTECT, related_name="+")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3, help_text="the buyer pays in it")
    rates = models.JSONField(default=list, help_text="exchange rates frozen for this group")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "number"], name="orders_group_number")]


class Order(InMarket):
    """What one merchant sells to the group's buyer."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PLACED = "placed"
        CONFIRMED = "confirmed"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    number = models.CharField(max_length=40)
    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="orders")
    merchant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    quote = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLACED)
    placed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ready_on = models.DateField(null=True, blank=True, help_text="the merchant promised this day; empty: her lead time")
    reason = models.CharField(max_length=300, blank=True, help_text="why it was cancelled")
    version = models.PositiveSmallIntegerField(default=1, help_text="earlier versions are kept by platform.versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="orders_order_number"),
            models.UniqueConstraint(fields=["market", "quote"], name="orders_order_quote"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="orders_order_amount"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="orders_order_confirmed"
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="orders_order_cancelled"),
        ]


class OrderLine(InMarket):
    """One line of an order; ``line`` is the number it has had since the inquiry. It is open in one order at most."""

    line = models.CharField(max_length=40)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    product = models.CharField(max_length=40)
    asked = models.PositiveBigIntegerField()
    quantity = models.PositiveBigIntegerField()
    unit_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    remarks = models.CharField(max_length=500, blank=True)
    open = models.BooleanField(default=True, help_text="false: closed, neither delivered nor owed")
    reason = models.CharField(max_length=300, blank=True, help_text="why it was reduced or closed")
    version = models.PositiveSmallIntegerField(default=1, help_text="earlier versions are kept by platform.versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "line"], condition=Q(open=True), name="orders_line_number"),
            models.UniqueConstraint(fields=["market", "order", "line"], name="orders_line_in_order"),
            models.CheckConstraint(condition=Q(open=True) | ~Q(reason=""), name="orders_line_closed"),
            models.CheckConstraint(condition=Q(quantity__gte=1) & Q(unit_minor__gte=0), name="orders_line_quantity"),
            models.CheckConstraint(
                condition=Q(amount_minor=F("unit_minor") * F("quantity")), name="orders_line_amount"
            ),
        ]
