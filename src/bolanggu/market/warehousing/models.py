"""Receipts (收货) and cartons (箱): counted, measured, accepted or rejected; each carton has an SSCC-18."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated


class Receipt(InMarket, Stated):
    """What came in of one order line: received = accepted + rejected, by constraint."""

    line = models.CharField(max_length=40)
    order = models.CharField(max_length=40)
    warehouse = models.CharField(max_length=32, help_text="number of the warehouse party")
    expected = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField(default=0)
    rest_on = models.DateField(null=True, blank=True, help_text="the rest is awaited on this day; empty: none is")
    reason = models.CharField(max_length=300, blank=True, help_text="why less was accepted than expected")
    version = models.PositiveSmallIntegerField(default=1, help_text="earlier counts are kept by platform.versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "line", "order"], name="warehousing_receipt_line"),
            models.CheckConstraint(condition=Q(accepted__lte=F("expected")), name="warehousing_receipt_not_over"),
            models.CheckConstraint(
                condition=Q(received=F("accepted") + F("rejected")), name="warehousing_receipt_adds_up"
            ),
        ]


class Carton(InMarket, Stated):
    """A carton with its mark, n of N, promised and measured size and weight. It waits for one destination."""

    class State(models.TextChoices):
        SEALED = "sealed"
        STAGED = "staged"
        LOADED = "loaded"
        DELIVERED = "delivered"
        MISSING = "missing"
        WITHDRAWN = "withdrawn"

    sscc = models.CharField(max_length=18)
    trade = models.CharField(max_length=32)
    order = models.CharField(max_length=40)
    warehouse = models.CharField(max_length=32)
    destination = models.CharField(max_length=8)
    mark = models.CharField(max_length=200, help_text="shipping mark (唛头)")
    article = models.CharField(max_length=40, help_text="article number: code of the goods, MIXED for several")
    position = models.PositiveIntegerField(help_text="n of N")
    of = models.PositiveIntegerField()
    promised_l_mm = models.PositiveIntegerField()
    promised_w_mm = models.PositiveIntegerField()
    promised_h_mm = models.PositiveIntegerField()
    promised_gross_g = models.PositiveIntegerField()
    l_mm = models.PositiveIntegerField(help_text="as measured; as promised until then")
    w_mm = models.PositiveIntegerField()
    h_mm = models.PositiveIntegerField()
    gross_g = models.PositiveIntegerField()
    net_g = models.PositiveIntegerField()
    this_side_up = models.BooleanField(default=False)
    fragile = models.BooleanField(default=False)
    apart = models.CharField(max_length=16, blank=True, help_text="stowed apart: battery, liquid")
    measured_at = models.DateTimeField(null=True, blank=True, help_text="empty: nobody measured it yet")
    measured_source = models.CharField(max_length=9, blank=True, help_text="person | device | simulated")
    state = models.CharField(max_length=9, choices=State.choices, default=State.SEALED)
    version = models.PositiveSmallIntegerField(default=1, help_text="earlier versions are kept by platform.versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "sscc"], name="warehousing_carton_sscc"),
            models.CheckConstraint(
                condition=Q(measured_at__isnull=True, measured_source="")
                | (Q(measured_at__isnull=False) & ~Q(measured_source="")),
                name="warehousing_carton_measured",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1) & Q(position__lte=F("of")), name="warehousing_carton_n"
            ),
            models.CheckConstraint(condition=Q(gross_g__gte=F("net_g")), name="warehousing_carton_weight"),
            models.CheckConstraint(
                condition=Q(l_mm__gte=1) & Q(w_mm__gte=1) & Q(h_mm__gte=1), name="warehousing_carton_size"
            ),
        ]
        indexes = [
            models.Index(fields=["market", "trade"], name="warehousing_carton_trade"),
            models.Index(fields=["market", "destination", "state"], name="warehousing_carton_pool"),
        ]


class CartonContent(InMarket):
    """Pieces of one order line in a carton; a mixed carton holds several lines."""

    carton = models.ForeignKey(Carton, on_delete=models.PROTECT, related_name="contents")
    line = models.CharField(max_length=40)
    pieces = models.PositiveBigIntegerField()
    net_g = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "carton", "line"], name="warehousing_content_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="warehousing_content_pieces"),
        ]
        indexes = [models.Index(fields=["market", "line"], name="warehousing_content_line")]
