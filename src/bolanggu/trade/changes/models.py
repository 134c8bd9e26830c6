"""Changes of a trade, and the results that each of them made stale."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.platform.schema import InMarket, Stated


class Change(InMarket, Stated):
    """One act on a trade that stands: what was asked, what was done. Written once with the deed; never altered."""

    trade = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField(help_text="from 1 in each trade")
    key = models.CharField(max_length=200, help_text="the caller's idempotency key")
    act = models.CharField(max_length=32)
    asked = models.JSONField(default=dict)
    done = models.JSONField(default=dict)
    touches = models.JSONField(default=list, help_text="aspects of the trade that it changed")
    reached = models.CharField(max_length=16, blank=True, help_text="the last step that was done")
    actor = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "trade", "key"], name="changes_change_key"),
            models.UniqueConstraint(fields=["market", "trade", "sequence"], name="changes_change_sequence"),
        ]


class Stale(InMarket):
    """A result that was computed before a change it depends on. Cleared when it was made again.

    ``subject`` is the trade itself, or a shipment in which it has a part; then the change may be of another trade.
    """

    subject_kind = models.CharField(max_length=8, choices=[("trade", "trade"), ("shipment", "shipment")])
    subject = models.CharField(max_length=32)
    step = models.CharField(max_length=16)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="stale")
    reason = models.CharField(max_length=300)
    cleared_by = models.PositiveIntegerField(null=True, blank=True, help_text="version of the result made after it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "change", "subject_kind", "subject", "step"], name="changes_stale_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="changes_stale_reason"),
        ]
        indexes = [models.Index(fields=["market", "subject", "step"], name="changes_stale_open")]


class StatedCode(InMarket, Stated):
    """A customs code that a broker stated for a line; the last one stands."""

    line = models.CharField(max_length=40)
    hs10 = models.CharField(max_length=10)
    reason = models.CharField(max_length=300)
    actor = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["market", "line"], name="changes_code_line")]
