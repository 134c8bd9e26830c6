"""Production tasks (生产任务), with promised and actual dates both kept, and inspections of goods (验货) by lot."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated


class ProductionTask(InMarket, Stated):
    """Making, or taking from stock, the pieces of one order line."""

    class State(models.TextChoices):
        PLANNED = "planned"
        STARTED = "started"
        READY = "ready"
        CANCELLED = "cancelled"

    line = models.CharField(max_length=40)
    order = models.CharField(max_length=40)
    pieces = models.PositiveBigIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.STARTED)
    started_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_source = models.CharField(max_length=9, blank=True, help_text="who reported it ready: person | device | …")
    ready_stated_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was redated or cancelled")
    version = models.PositiveSmallIntegerField(default=1, help_text="earlier versions are kept by platform.versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "line"], condition=~Q(state="cancelled"), name="production_task_line"
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="production_task_cancelled"),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(ready_source=""), name="production_task_ready_source"
            ),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="production_task_pieces"),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | Q(ready_at__gte=F("started_at")), name="production_task_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(ready_at__isnull=False), name="production_task_ready"
            ),
        ]
        indexes = [models.Index(fields=["market", "order"], name="production_task_order_idx")]


class GoodsInspection(InMarket, Stated):
    """An inspection of one lot: the pieces of an order line, by a sample and its acceptance numbers (ISO 2859-1)."""

    class Verdict(models.TextChoices):
        PASSED = "passed"
        FAILED = "failed"

    number = models.CharField(max_length=64)
    line = models.CharField(max_length=40)
    order = models.CharField(max_length=40)
    lot = models.PositiveBigIntegerField(help_text="pieces")
    sample = models.PositiveIntegerField(help_text="pieces drawn")
    critical = models.PositiveIntegerField(help_text="defective pieces found, by the gravest defect")
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    accept_major = models.PositiveIntegerField(help_text="most major defectives with which the lot is accepted")
    accept_minor = models.PositiveIntegerField()
    verdict = models.CharField(max_length=6, choices=Verdict.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="production_inspection_number"),
            models.CheckConstraint(condition=Q(lot__gte=1) & Q(sample__lte=F("lot")), name="production_inspection_lot"),
            models.CheckConstraint(
                condition=Q(verdict="failed")
                | (Q(critical=0) & Q(major__lte=F("accept_major")) & Q(minor__lte=F("accept_minor"))),
                name="production_inspection_verdict",
            ),
        ]
        indexes = [models.Index(fields=["market", "line"], name="production_inspection_line")]
