"""Positions of the readers of events."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket


class Reader(InMarket):
    """How far one named reader has come in the journal's events."""

    name = models.CharField(max_length=48)
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "name"], name="outbox_reader_name")]
