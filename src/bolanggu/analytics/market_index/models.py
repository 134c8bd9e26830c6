"""Observed lines, series and index points. Lines and points are append-only: a revised point is a further version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.platform.schema import InMarket, Stated

FREQUENCIES = ["day", "week", "month", "quarter", "year"]


class Series(InMarket):
    """One class of goods in one currency at one frequency, and the period whose value is 100 for good (once known)."""

    goods_class = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    frequency = models.CharField(max_length=7)
    base_period = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "goods_class", "currency", "frequency"], name="market_index_series_key"
            ),
            models.CheckConstraint(condition=Q(frequency__in=FREQUENCIES), name="market_index_series_frequency"),
        ]


class Observation(InMarket, Stated):
    """A line that was sold: so many pieces of a product at a unit price in minor units.

    A price of 0 (a gift, a sample) is kept for the record and no index reads it.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations")
    frequency = models.CharField(max_length=7)
    line_id = models.CharField(max_length=64)
    product = models.CharField(max_length=64)
    period = models.CharField(max_length=10)
    unit_price_minor = models.BigIntegerField()
    pieces = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "line_id", "frequency"], name="market_index_observation_line"),
            models.CheckConstraint(condition=Q(unit_price_minor__gte=0), name="market_index_observation_price"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="market_index_observation_pieces"),
        ]
        indexes = [models.Index(fields=["series", "period", "product"], name="market_index_observation_cell")]


class IndexPoint(InMarket):
    """One published value. ``number`` names the point in every version; the highest version is the one to show.

    ``value`` is 100 in the base period, and empty when no chain of products joins the period to a published one:
    ``why`` then says so. ``coverage`` is the share of the period's turnover in products also sold in the period
    before (in the base period: 1).
    """

    number = models.CharField(max_length=96)
    version = models.PositiveIntegerField()
    goods_class = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=20, decimal_places=8, null=True, blank=True)
    method = models.CharField(max_length=48)
    coverage = models.DecimalField(max_digits=7, decimal_places=6)
    thin = models.BooleanField(default=False)
    n_products = models.PositiveIntegerField()
    n_lines = models.PositiveIntegerField()
    pieces = models.BigIntegerField()
    amount_minor = models.BigIntegerField(help_text="turnover of the period's lines")
    why = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="market_index_point_version"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gt=0), name="market_index_point_value"),
            models.CheckConstraint(condition=Q(coverage__gte=0, coverage__lte=1), name="market_index_point_coverage"),
            models.CheckConstraint(condition=Q(value__isnull=False) | ~Q(why=""), name="market_index_point_why"),
        ]
        indexes = [
            models.Index(fields=["market", "goods_class", "currency", "period"], name="market_index_point_class")
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}: {self.value if self.value is not None else self.why}"
