"""The pool (货池), shipments (出运批), load plans (装箱方案), real equipment (集装箱), each trade's share of a box."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.platform.schema import InMarket, Stated

TYPES = [(name, name) for name in ("20GP", "40GP", "40HC", "45HC")]


class Wish(models.TextChoices):
    """How the buyer wants her goods to travel; without a wish the cheapest way on the ground is taken."""

    NONE = "", "cheapest on the ground"
    SEA = "sea"
    RAIL = "rail"
    AIR = "air"


class PoolEntry(InMarket, Stated):
    """A carton that waits for one destination, until a shipment takes it.

    Cartons may share a box where destination, agent, terms and wish are the same.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        PLANNED = "planned"
        LOADED = "loaded"
        LEFT = "left"
        UNPACKED = "unpacked"

    sscc = models.CharField(max_length=18)
    trade = models.CharField(max_length=32)
    destination = models.CharField(max_length=8)
    agent = models.CharField(max_length=32, blank=True, help_text="number of the agent who works the pool")
    terms = models.CharField(max_length=60, blank=True, help_text="rule, place and freight, such as FOB CNNGB collect")
    wish = models.CharField(max_length=4, choices=Wish.choices, blank=True)
    not_before = models.DateField(null=True, blank=True, help_text="the buyer asked for no earlier departure")
    ready_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    shipment = models.CharField(max_length=32, blank=True, help_text="number of the shipment that took it")
    plan = models.ForeignKey(
        "LoadPlan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
        help_text="the box it is in",
    )
    reason = models.CharField(max_length=300, blank=True, help_text="why it was left")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "sscc"], name="consolidation_pool_once"),
            models.CheckConstraint(condition=~Q(state="left") | ~Q(reason=""), name="consolidation_pool_reason"),
            models.CheckConstraint(
                condition=~Q(state="taken") | ~Q(shipment=""), name="consolidation_pool_taken_by_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "loaded"], plan__isnull=False)
                | (~Q(state__in=["planned", "loaded"]) & Q(plan__isnull=True)),
                name="consolidation_pool_in_a_box",
            ),
        ]
        indexes = [
            models.Index(fields=["market", "destination", "state"], name="consolidation_pool_waiting"),
            models.Index(fields=["market", "shipment"], name="consolidation_pool_shipment"),
            models.Index(fields=["market", "trade"], name="consolidation_pool_trade"),
        ]


class Shipment(InMarket, Stated):
    """Cartons of one or more trades that leave together (出运批): one way, one booking, one kind of service.

    A trade that ships alone is the shipment of its own number.
    """

    number = models.CharField(max_length=32)
    destination = models.CharField(max_length=8)
    agent = models.CharField(max_length=32, blank=True)
    terms = models.CharField(max_length=60, blank=True)
    wish = models.CharField(max_length=4, choices=Wish.choices, blank=True)
    not_before = models.DateField(null=True, blank=True, help_text="no earlier departure is taken")
    most_boxes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="high cubes it may fill; what finds no room waits on; empty for no limit"
    )
    cast = models.JSONField(default=dict, help_text="role → number of the party that plays it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "number"], name="consolidation_shipment_number")]


class ShipmentTrade(InMarket):
    """A trade that has a part in a shipment."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="trades")
    trade = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "shipment", "trade"], name="consolidation_shipment_trade")
        ]
        indexes = [models.Index(fields=["market", "trade"], name="consolidation_trade_shipments")]


class LineChoice(InMarket, Stated):
    """Why cartons of a line went with a shipment, or waited when it was put together or when none left."""

    shipment = models.ForeignKey(Shipment, null=True, blank=True, on_delete=models.PROTECT, related_name="choices")
    trade = models.CharField(max_length=32)
    line = models.CharField(max_length=40)
    cartons = models.PositiveIntegerField()
    ships = models.BooleanField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "shipment", "line", "ships"], name="consolidation_choice_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="consolidation_choice_reason"),
            models.CheckConstraint(
                condition=Q(shipment__isnull=False) | Q(ships=False), name="consolidation_choice_ships_with_one"
            ),
            models.CheckConstraint(condition=Q(cartons__gte=1), name="consolidation_choice_cartons"),
        ]
        indexes = [models.Index(fields=["market", "trade"], name="consolidation_choice_trade")]


class LoadPlan(InMarket, Stated):
    """A planned box: which cartons, where. Not the box itself. A change is a new version."""

    number = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    shipment = models.CharField(max_length=32, help_text="number of the shipment it belongs to")
    superseded = models.BooleanField(default=False, help_text="a later version of the shipment's plans stands")
    destination = models.CharField(max_length=8)
    service = models.CharField(max_length=3, help_text="FCL | LCL")
    type = models.CharField(max_length=4, choices=TYPES)
    placements = models.JSONField(help_text="[[sscc, x, y, z, dx, dy, dz] …] in mm, lowest corner and edges")
    fill_percent = models.FloatField()
    gross_g = models.BigIntegerField(help_text="cargo, without the container's tare")
    cartons = models.PositiveIntegerField()
    certificate = models.JSONField(default=dict, help_text="what the validator checked, bound and gap")
    cost_minor = models.BigIntegerField(default=0, help_text="freight of the box, or of what lies in a groupage box")
    currency = models.CharField(max_length=3, blank=True)
    stale = models.CharField(max_length=200, blank=True, help_text="why the plan no longer holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="consolidation_plan_version"),
            models.CheckConstraint(
                condition=Q(fill_percent__gt=0) & Q(fill_percent__lte=100), name="consolidation_plan_fill"
            ),
            models.CheckConstraint(condition=Q(service__in=["FCL", "LCL"]), name="consolidation_plan_service"),
        ]
        indexes = [models.Index(fields=["market", "shipment"], name="consolidation_plan_shipment")]


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
    """What one trade has in one planned box, and what it bears of its cost; shares of a box add up to the box."""

    plan = models.ForeignKey(LoadPlan, on_delete=models.PROTECT, related_name="shares")
    trade = models.CharField(max_length=32)
    pieces = models.PositiveBigIntegerField()
    cartons = models.PositiveIntegerField()
    grams = models.PositiveBigIntegerField()
    cubic_mm = models.PositiveBigIntegerField()
    cost_minor = models.BigIntegerField(default=0, help_text="of the plan's cost, see `sharing`")
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "plan", "trade"], name="consolidation_share_once"),
            models.CheckConstraint(condition=Q(cost_minor__gte=0), name="consolidation_share_cost"),
        ]
        indexes = [models.Index(fields=["market", "trade"], name="consolidation_share_trade")]
