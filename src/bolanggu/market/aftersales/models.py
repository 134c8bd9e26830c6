"""Claims (索赔) and their lines. States follow the clock and the deeds; what was claimed is never altered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated


class Claim(InMarket, Stated):
    """What a buyer claims for one box, against one party; in her currency."""

    class State(models.TextChoices):
        NEGOTIATING = "negotiating"
        ESCALATED = "escalated"
        SETTLED = "settled"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    class Liable(models.TextChoices):
        CARRIER = "carrier"
        MERCHANT = "merchant"
        AGENT = "agent"

    number = models.CharField(max_length=48)
    trade = models.CharField(max_length=32)
    box = models.CharField(max_length=40)
    liable = models.CharField(max_length=8, choices=Liable.choices)
    party = models.CharField(max_length=32, help_text="number of the party it is against")
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField(help_text="claimed")
    settled_minor = models.BigIntegerField(null=True, blank=True, help_text="paid in the end")
    state = models.CharField(max_length=11, choices=State.choices, default=State.NEGOTIATING)
    reason = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True, help_text="why it was settled so, rejected or withdrawn")
    escalates_at = models.DateTimeField(help_text="talks that led nowhere are decided from then on")
    ended_at = models.DateTimeField(null=True, blank=True)
    transfer = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="aftersales_claim_number"),
            models.CheckConstraint(condition=Q(minor__gt=0) & ~Q(reason=""), name="aftersales_claim_states"),
            models.CheckConstraint(
                condition=Q(settled_minor__isnull=True)
                | (Q(settled_minor__gte=1) & Q(settled_minor__lte=F("minor")) & Q(state="settled")),
                name="aftersales_claim_settled",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["settled", "rejected", "withdrawn"]) | Q(ended_at__isnull=False),
                name="aftersales_claim_ended",
            ),
        ]
        indexes = [models.Index(fields=["market", "trade"], name="aftersales_claim_trade")]


class ClaimLine(InMarket):
    """What is claimed of one order line in one carton: pieces, and their part of what the buyer paid."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    line = models.CharField(max_length=40)
    carton = models.CharField(max_length=18)
    pieces = models.PositiveBigIntegerField()
    minor = models.BigIntegerField()
    open = models.BooleanField(default=True, help_text="false once the claim was rejected or withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "carton", "line"], condition=Q(open=True), name="aftersales_claimed_once"
            ),
            models.CheckConstraint(condition=Q(pieces__gte=1) & Q(minor__gte=0), name="aftersales_claimline_amounts"),
        ]
