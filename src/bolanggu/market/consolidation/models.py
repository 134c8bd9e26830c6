"""The pool (货池), load plans (装箱方案), real equipment (集装箱) and each trade's share of a box."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.platform.schema import InMarket, Stated

TYPES = [(name, name) for name in ("20GP", "40GP", "40HC", "45HC")]


class PoolEntry(InMarket, Stated):
    """A carton that waits for one destination, until a plan takes it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        PLANNED = "planned"
        LOADED = "loaded"
        LEFT = "left"

    sscc = models.CharField(max_length=18)
    trade = models.CharField(max_length=32)
    destination = models.CharField(max_length=8)
    ready_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was left")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "sscc"], name="consolidation_pool_once"),
            models.CheckConstraint(condition=~Q(state="left") | ~Q(reason=""), name="consolidation_pool_reason"),
        ]
        indexes = [models.Index(fields=["market", "destination", "state"], name="consolidation_pool_waiting")]


class LoadPlan(InMarket, Stated):
    """A planned box: which cartons, where. Not the box itself. A change is a new version."""

    number = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    trade = models.CharField(max_length=32, help_text="the trade that asked for it; others may share it")
    destination = models.CharField(max_length=8)
    service = models.CharField(max_length=3, help_text="FCL | LCL")
    type = models.CharField(max_length=4, choices=TYPES)
    placements = models.JSONField(help_text="[[sscc, x, y, z, dx, dy, dz] …] in mm, lowest corner and edges")
    fill_percent = models.FloatField()
    gross_g = models.BigIntegerField(help_text="cargo, without the container's tare")
    cartons = models.PositiveIntegerField()
    certificate = models.JSONField(default=dict, help_text="what the validator checked, bound and gap")
    stale = models.CharField(max_length=200, blank=True, help_text="why the plan no longer holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="consolidation_plan_version"),
            models.CheckConstraint(
                condition=Q(fill_percent__gt=0) & Q(fill_percent__lte=100), name="consolidation_plan_fill"
            ),
            models.CheckConstraint(condition=Q(service__in=["FCL", "LCL"]), name="consolidation_plan_service"),
        ]
        indexes = [models.Index(fields=["market", "trade"], name="consolidation_plan_trade")]


class Equipment(InMarket, Stated):
    """A real container: ISO 6346 number, who owns it, tare, seal, verified gross mass, free days."""

    number = models.CharField(max_length=11)
    plan = models.OneToOneField(LoadPlan, on_delete=models.PROTECT, related_name="equipment")
    type = models.CharField(max_length=4, choices=TYPES)
    owner = models.CharField(max_length=8, help_text="carrier | shipper | rail")
    tare_g = models.PositiveIntegerField()
    payload_g = models.PositiveIntegerField()
    seal = models.CharField(max_length=20)
    vgm_g = models.PositiveIntegerField(help_text="verified gross mass, SOLAS VI/2 method 2: cargo, dunnage and tare")
    free_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "plan"], name="consolidation_equipment_use"),
            models.UniqueConstraint(fields=["market", "seal"], name="consolidation_equipment_seal"),
            models.CheckConstraint(condition=Q(vgm_g__gte=models.F("tare_g")), name="consolidation_equipment_vgm"),
            models.CheckConstraint(
                condition=Q(vgm_g__lte=models.F("tare_g") + models.F("payload_g")),
                name="consolidation_equipment_payload",
            ),
        ]


class Share(InMarket):
    """What one trade has in one planned box; shares of a box add up to the box."""

    plan = models.ForeignKey(LoadPlan, on_delete=models.PROTECT, related_name="shares")
    trade = models.CharField(max_length=32)
    pieces = models.PositiveBigIntegerField()
    cartons = models.PositiveIntegerField()
    grams = models.PositiveBigIntegerField()
    cubic_mm = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "plan", "trade"], name="consolidation_share_once")]
        indexes = [models.Index(fields=["market", "trade"], name="consolidation_share_trade")]
