"""The next number of each series."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket


class Serial(InMarket):
    """One series, such as the SSCC serials of a company prefix; its row is locked while numbers are taken."""

    name = models.CharField(max_length=48)
    next = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "name"], name="numbering_serial_name")]
