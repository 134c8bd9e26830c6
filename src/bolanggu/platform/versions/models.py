"""Superseded versions of facts. The version in force is the row that states it; what it replaced is here."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket, Stated


class Superseded(InMarket, Stated):
    """One version of a fact that a later one replaced: its facts, and why and by whom it was replaced."""

    kind = models.CharField(max_length=24, help_text="order | order_line | carton | receipt | terms | step …")
    number = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    actor = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "kind", "number", "version"], name="versions_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="versions_reason"),
        ]
