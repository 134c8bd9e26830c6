"""Indicators (指标), what they serve, targets (目标值) and observations (观测值)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.blueprint.models.documents import Sourced, span_constraint
from bolanggu.blueprint.models.tree import Node
from bolanggu.platform.schema import InMarket, Stated

BOUNDS = [(name, name) for name in ("exact", "lower", "upper", "approx")]


class Indicator(InMarket, Stated):
    """What is measured, in which unit, and which way is better.

    ``nature``: a flow adds up within a year (exports), a stock stands at a day (firms), a rate, a share and a rank
    are read as they are. ``names`` are how texts write it. ``base`` is the indicator that a growth, share or rank
    belongs to.
    """

    class Nature(models.TextChoices):
        FLOW = "flow", "时期数"
        STOCK = "stock", "时点数"
        RATE = "rate", "速度"
        SHARE = "share", "比重"
        RANK = "rank", "位次"

    code = models.CharField(max_length=40)
    label_zh = models.CharField(max_length=80)
    label_en = models.CharField(max_length=120, blank=True)
    names = models.JSONField(default=list)
    definition = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=12)
    nature = models.CharField(max_length=5, choices=Nature.choices)
    direction = models.SmallIntegerField(default=1, help_text="+1 more is better, -1 less is better")
    frequency = models.CharField(max_length=1, default="A", help_text="SDMX CL_FREQ: A, S, Q, M, W, D")
    owner = models.CharField(max_length=80, blank=True)
    base = models.CharField(max_length=40, blank=True)
    constant_prices = models.BooleanField(default=False, help_text="growth is at constant prices (可比价)")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="blueprint_indicator_code"),
            models.CheckConstraint(condition=Q(direction__in=[-1, 1]), name="blueprint_indicator_direction"),
        ]


class Serving(InMarket):
    """An indicator tells of a node; the same indicator may serve several."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="servings")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="servings")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "node", "indicator"], name="blueprint_serving_once")]


class Target(InMarket, Stated, Sourced):
    """What is to be reached by when. Without a number it is not assessable until a person names indicator and value."""

    code = models.CharField(max_length=64)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="targets")
    label_zh = models.CharField(max_length=120)
    label_en = models.CharField(max_length=160, blank=True)
    stage_zh = models.CharField(max_length=20, blank=True)
    stage_en = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=10, help_text="period at whose end it is due")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(max_digits=26, decimal_places=6, null=True, blank=True)
    bound = models.CharField(max_length=6, choices=BOUNDS, default="lower")
    base_value = models.DecimalField(max_digits=26, decimal_places=6, null=True, blank=True)
    base_period = models.CharField(max_length=10, blank=True)
    assigned_by = models.CharField(max_length=64, blank=True, help_text="who named indicator and value of a direction")
    assigned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="blueprint_target_code"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(indicator__isnull=False), name="blueprint_target_number_of"
            ),
            models.CheckConstraint(
                condition=Q(base_value__isnull=True) | ~Q(base_period=""), name="blueprint_target_base"
            ),
            models.CheckConstraint(
                condition=Q(assigned_by="", assigned_at__isnull=True)
                | (~Q(assigned_by="") & Q(assigned_at__isnull=False)),
                name="blueprint_target_assigned",
            ),
            span_constraint("blueprint_target_span"),
        ]


class Observation(InMarket, Stated, Sourced):
    """One value of one indicator, as one source gave it. Append-only: sources that disagree stand side by side.

    Either read from ``document`` or measured from the city's own records (``origin`` starts with ``records``).
    ``precision`` is the worth of the last digit given, in the unit of the value. ``comparator`` is the field of a
    rank, the base of a share, the area compared with.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    area = models.CharField(max_length=12, default="330782", help_text="code of the area (GB/T 2260)")
    period = models.CharField(
        max_length=21, blank=True, help_text="ISO-like; empty where the source does not settle it"
    )
    value = models.DecimalField(max_digits=26, decimal_places=6)
    precision = models.DecimalField(max_digits=26, decimal_places=6, default=0)
    bound = models.CharField(max_length=6, choices=BOUNDS, default="exact")
    status = models.CharField(
        max_length=1, default="A", help_text="SDMX CL_OBS_STATUS: A normal, E estimate, P provisional"
    )
    comparator = models.CharField(max_length=60, blank=True)
    qualifier = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=60, blank=True, help_text="what makes it incomparable with others, if anything")
    vintage = models.CharField(max_length=10, blank=True, help_text="day from which the value is known")
    origin = models.CharField(max_length=90, help_text="text:sha256:start-end | records:key:version")
    reader = models.CharField(max_length=24, blank=True, help_text="what read or counted it")
    checked_by = models.CharField(max_length=64, blank=True)
    records = models.PositiveIntegerField(null=True, blank=True, help_text="records counted, for a measured value")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "indicator", "area", "period", "comparator", "origin"],
                name="blueprint_observation_once",
            ),
            models.CheckConstraint(condition=Q(status__in=["A", "E", "P"]), name="blueprint_observation_status"),
            models.CheckConstraint(condition=Q(precision__gte=0), name="blueprint_observation_precision"),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(origin__startswith="records:"),
                name="blueprint_observation_sourced",
            ),
            span_constraint("blueprint_observation_span"),
        ]
        indexes = [models.Index(fields=["market", "indicator", "period"], name="blueprint_observation_series")]
