"""Production tasks (生产任务): one a line, with promised and actual dates both kept."""

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

    line = models.CharField(max_length=40)
    order = models.CharField(max_length=40)
    pieces = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.STARTED)
    started_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "line"], name="production_task_line"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="production_task_pieces"),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | Q(ready_at__gte=F("started_at")), name="production_task_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(ready_at__isnull=False), name="production_task_ready"
            ),
        ]
        indexes = [models.Index(fields=["market", "order"], name="production_task_order_idx")]
