"""Parties (主体) and engagements (委托): everyone in a trade, and who does what for whom."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket, Stated


class Party(InMarket):
    """A registered entity: merchant, buyer, agent, warehouse, forwarder, carrier, broker, bank, office."""

    class State(models.TextChoices):
        APPLIED = "applied"
        VERIFIED = "verified"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        CLOSED = "closed"

    number = models.CharField(max_length=32)
    kind = models.CharField(max_length=16, help_text="merchant | buyer | agent | warehouse | forwarder | carrier | …")
    name_zh = models.CharField(max_length=128, blank=True)
    name_en = models.CharField(max_length=128, blank=True)
    country = models.CharField(max_length=2, default="CN", help_text="ISO 3166-1 alpha-2")
    uscc = models.CharField(max_length=18, null=True, blank=True, help_text="unified social credit code")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE, db_default=State.ACTIVE)
    synthetic = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="parties_party_number"),
            models.UniqueConstraint(fields=["market", "uscc"], name="parties_party_uscc"),
        ]
        indexes = [models.Index(fields=["market", "kind"], name="parties_party_kind")]


class Engagement(InMarket, Stated):
    """Who is who in one trade, agreed before the first order and frozen on it.

    Commission is in basis points of the goods' value, by side. ``funder`` names who carries advances (垫付) and
    credit days, None where nobody does.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        AGREED = "agreed"
        ENDED = "ended"

    number = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    principal = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", help_text="外贸公司 / 组货人")
    buyer_of_record = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    operator_1039 = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", help_text="市场采购经营者")
    consignee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    notify_party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    funder = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    commission_buyer_bp = models.PositiveIntegerField(default=0)
    commission_merchant_bp = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="parties_engagement_number"),
            models.CheckConstraint(
                condition=models.Q(commission_buyer_bp__lte=10000) & models.Q(commission_merchant_bp__lte=10000),
                name="parties_engagement_commission",
            ),
        ]
