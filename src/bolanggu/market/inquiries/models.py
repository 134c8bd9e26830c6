"""Inquiry (询盘), its lines, and quotes (报价) in versions. A line's number is its name for life."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated


class Inquiry(InMarket, Stated):
    """A buyer's purchase list as it came in."""

    number = models.CharField(max_length=32)
    buyer = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    list_name = models.CharField(max_length=200)
    list_sha256 = models.CharField(max_length=64)
    destination = models.CharField(max_length=8, help_text="UN/LOCODE")
    currency = models.CharField(max_length=3, help_text="the buyer pays in it")
    faults = models.JSONField(default=list, help_text="cells that could not be used, by row and column")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "number"], name="inquiries_inquiry_number")]


class InquiryLine(InMarket):
    """One line of the list. What could not be read or found keeps its place, with the reason."""

    class State(models.TextChoices):
        READ = "read"
        UNREADABLE = "unreadable"
        MATCHED = "matched"
        UNMATCHED = "unmatched"

    number = models.CharField(max_length=40)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField(help_text="from 1, the header not counted")
    text = models.CharField(max_length=1000)
    language = models.CharField(max_length=8, blank=True)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    target_minor = models.BigIntegerField(null=True, blank=True, help_text="the buyer's wish for one piece")
    target_currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    reason = models.CharField(max_length=500, blank=True)
    product = models.CharField(max_length=40, blank=True, help_text="code of the goods chosen")
    score = models.FloatField(null=True, blank=True)
    candidates = models.JSONField(default=list, help_text="[{code, score, title}], best first")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="inquiries_line_number"),
            models.UniqueConstraint(fields=["market", "inquiry", "row"], name="inquiries_line_row"),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=1), name="inquiries_line_pieces"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["unreadable", "unmatched"]) | ~Q(reason=""), name="inquiries_line_reason"
            ),
            models.CheckConstraint(condition=~Q(state="matched") | ~Q(product=""), name="inquiries_line_product"),
        ]


class Quote(InMarket, Stated):
    """One merchant's answer to an inquiry. A change is a new version that supersedes the one before."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        SUPERSEDED = "superseded"

    number = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="quotes")
    merchant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="inquiries_quote_version"),
            models.UniqueConstraint(
                fields=["market", "inquiry", "merchant", "currency"],
                condition=Q(state="sent"),
                name="inquiries_quote_one_open",
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("stated_at")), name="inquiries_quote_validity"),
        ]


class QuoteLine(InMarket):
    """Price of one line at the quantity sold: the rung reached, and how asked became sold."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    line = models.CharField(max_length=40, help_text="number of the inquiry line")
    product = models.CharField(max_length=40)
    asked = models.PositiveBigIntegerField()
    sold = models.PositiveBigIntegerField()
    rung = models.PositiveBigIntegerField(help_text="least quantity of the price rung that was reached")
    unit_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    remarks = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "quote", "line"], name="inquiries_quoteline_once"),
            models.CheckConstraint(condition=Q(sold__gte=1) & Q(unit_minor__gte=0), name="inquiries_quoteline_sold"),
            models.CheckConstraint(
                condition=Q(amount_minor=F("unit_minor") * F("sold")), name="inquiries_quoteline_amount"
            ),
        ]
