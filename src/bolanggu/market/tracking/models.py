"""Events of cartons and containers (跟踪事件), planned, estimated and actual apart; subscriptions to them (订阅)."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket, Stated
from bolanggu.values.evidence import Tense


class TrackingEvent(InMarket, Stated):
    """Something happened, or is to happen, to a carton or container at a place."""

    class Form(models.TextChoices):
        OWN = "own"
        EPCIS = "epcis"
        DCSA = "dcsa"

    position = models.PositiveBigIntegerField(help_text="order of capture; what is committed later stands later")
    event_id = models.CharField(max_length=100, help_text="ni:///sha-256; hash of the event's own facts")
    trade = models.CharField(max_length=32, help_text="trade or shipment; empty where none is known")
    thing_kind = models.CharField(max_length=16, help_text="trade | carton | equipment | order")
    thing = models.CharField(max_length=120)
    tense = models.CharField(max_length=3, choices=[(t.value, t.name.lower()) for t in Tense])
    milestone = models.CharField(max_length=40, help_text="received | loaded | gate_in | departed | arrived …")
    place = models.CharField(max_length=120)
    happens_at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    form = models.CharField(max_length=5, choices=Form.choices, default=Form.OWN)
    body = models.JSONField(null=True, help_text="the event as it came, where it came as a document")
    void = models.BooleanField(default=False, help_text="declared an error by a later event")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "event_id", "thing"], name="tracking_event_of_thing_once"),
            models.UniqueConstraint(fields=["market", "position"], name="tracking_event_position"),
        ]
        indexes = [
            models.Index(fields=["market", "thing", "happens_at"], name="tracking_event_thing"),
            models.Index(fields=["market", "trade", "happens_at"], name="tracking_event_trade"),
        ]


class Subscription(InMarket, Stated):
    """A standing query for events. Its place moves on only when what was handed out is acknowledged."""

    name = models.CharField(max_length=60)
    owner = models.CharField(max_length=150, help_text="who reads it")
    query = models.JSONField(default=dict)
    acknowledged = models.PositiveBigIntegerField(default=0, help_text="position up to which all was delivered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "owner", "name"], name="tracking_subscription_name"),
        ]
