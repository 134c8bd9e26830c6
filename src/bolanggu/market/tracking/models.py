"""Events of cartons and containers (跟踪事件) in the shape of EPCIS 2.0, planned, estimated and actual apart."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket, Stated
from bolanggu.values.evidence import Tense


class TrackingEvent(InMarket, Stated):
    """Something happened, or is to happen, to a carton or container at a place."""

    event_id = models.CharField(max_length=80, help_text="ni:///sha-256; hash of the event's own facts")
    trade = models.CharField(max_length=32)
    thing_kind = models.CharField(max_length=16, help_text="trade | carton | equipment | order")
    thing = models.CharField(max_length=64)
    tense = models.CharField(max_length=3, choices=[(t.value, t.name.lower()) for t in Tense])
    milestone = models.CharField(max_length=24, help_text="received | loaded | gate_in | departed | arrived …")
    place = models.CharField(max_length=16)
    happens_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "event_id"], name="tracking_event_once")]
        indexes = [
            models.Index(fields=["market", "thing", "happens_at"], name="tracking_event_thing"),
            models.Index(fields=["market", "trade", "happens_at"], name="tracking_event_trade"),
        ]
