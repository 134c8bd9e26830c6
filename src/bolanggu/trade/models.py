"""A trade and the steps it has come through, and the steps of shipments. Everything else lives in the links."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket, Stated


class Trade(InMarket, Stated):
    """One buyer's list on its way from inquiry to index point."""

    number = models.CharField(max_length=24)
    key = models.CharField(max_length=200, help_text="the caller's idempotency key")
    list_sha256 = models.CharField(max_length=64)
    destination = models.CharField(max_length=8)
    depart_on = models.DateField(
        null=True, blank=True, help_text="not before; empty for as soon as the goods are ready"
    )
    currency = models.CharField(max_length=3)
    wish = models.CharField(max_length=4, blank=True, help_text="sea | rail | air; empty: cheapest on the ground")
    buyer = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    cast = models.JSONField(default=dict, help_text="role → number of the party that plays it, chosen when it opened")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="trade_trade_number"),
            models.UniqueConstraint(fields=["market", "key"], name="trade_trade_key"),
        ]


class Mark(InMarket):
    """A step that was done, once: written in the same transaction as the step's own deeds."""

    name = models.CharField(max_length=16)
    at = models.DateTimeField(help_text="time in the story of the trade or shipment")
    facts = models.JSONField(default=dict)
    milliseconds = models.FloatField()

    class Meta:
        abstract = True


class StepDone(Mark):
    """A step that a trade took by itself."""

    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "trade", "name"], name="trade_step_once")]


class ShipmentStep(Mark):
    """A step that a shipment took for all trades in it."""

    shipment = models.ForeignKey("consolidation.Shipment", on_delete=models.PROTECT, related_name="steps")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "shipment", "name"], name="trade_shipment_step_once")]
