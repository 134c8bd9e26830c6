"""Edges: what came from what."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket

ASPECTS = [(name, name) for name in ("order", "goods", "cleared", "declared", "money", "index", "claim")]


class EdgeRow(InMarket):
    """An amount that went from one thing to another: pieces, grams and minor units of one currency.

    An edge that a later version of the deed superseded is kept with ``superseded`` set; the new version writes its own.
    """

    aspect = models.CharField(max_length=8, choices=ASPECTS)
    from_kind = models.CharField(max_length=16)
    from_id = models.CharField(max_length=64)
    to_kind = models.CharField(max_length=16)
    to_id = models.CharField(max_length=64)
    pieces = models.BigIntegerField(default=0)
    grams = models.BigIntegerField(default=0)
    minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "aspect", "from_kind", "from_id", "to_kind", "to_id"],
                condition=models.Q(superseded=False),
                name="lineage_edge_once",
            ),
            models.CheckConstraint(
                condition=models.Q(pieces__gte=0) & models.Q(grams__gte=0), name="lineage_edge_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["market", "to_id"], name="lineage_edge_back"),
            models.Index(fields=["market", "from_id"], name="lineage_edge_forward"),
        ]
