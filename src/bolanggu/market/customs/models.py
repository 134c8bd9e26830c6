"""Declarations (报关单), their items (商品项), the order lines behind each item, and the steps of the workflow."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated

MODES = [(code, code) for code in ("1039", "0110", "9610", "9710", "9810")]
#: USD cents of the cap of one 1039 declaration; the dated figure with its source is in rules/market_procurement.yaml.
CAP_CENTS = 15_000_000


class Declaration(InMarket, Stated):
    """One version of a declaration. A correction is a new version; the old one stays, superseded.

    Values are USD cents at the month's rate frozen in ``rates``; ``document`` is what was checked, in the form
    ``bolanggu-1039/1``.
    """

    class State(models.TextChoices):
        FILED = "filed", "主体备案"
        REGISTERED = "registered", "交易登记"
        LOADED = "loaded", "组货装箱"
        DECLARED = "declared", "申报"
        INSPECTING = "inspecting", "查验"
        RELEASED = "released", "放行"
        SETTLED = "settled", "收结汇"
        EXEMPTED = "exempted", "免税申报"
        CLOSED = "closed", "结关"

    class Verdict(models.TextChoices):
        OK = "ok"
        REVIEW = "review"
        REFUSED = "refused"

    number = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    superseded = models.BooleanField(default=False)
    trade = models.CharField(max_length=32)
    container = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=4, choices=MODES)
    state = models.CharField(max_length=10, choices=State.choices)
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    reason = models.CharField(max_length=500, blank=True, help_text="the broker's signed reason where review was asked")
    declared_at = models.DateTimeField(help_text="the time by whose day every rule and rate was read")
    custom_master = models.CharField(max_length=4)
    exit_port = models.CharField(max_length=6)
    destination = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3")
    bl_no = models.CharField(max_length=40, blank=True)
    vessel = models.CharField(max_length=64, blank=True)
    operator_uscc = models.CharField(max_length=18)
    buyer_id_no = models.CharField(max_length=32, blank=True)
    simplified = models.BooleanField(default=False)
    packages = models.PositiveIntegerField()
    pieces = models.PositiveBigIntegerField()
    net_g = models.PositiveBigIntegerField()
    gross_g = models.PositiveBigIntegerField()
    value_cents = models.PositiveBigIntegerField()
    rates = models.JSONField(help_text="{month, per_usd, source}")
    findings = models.JSONField(default=list)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="customs_declaration_version"),
            models.UniqueConstraint(
                fields=["market", "number"], condition=Q(superseded=False), name="customs_declaration_current"
            ),
            models.CheckConstraint(
                condition=~Q(mode="1039") | Q(value_cents__lte=CAP_CENTS), name="customs_declaration_cap"
            ),
            models.CheckConstraint(condition=Q(value_cents__gt=0), name="customs_declaration_value"),
            models.CheckConstraint(condition=Q(gross_g__gte=F("net_g")), name="customs_declaration_weight"),
            models.CheckConstraint(
                condition=~Q(verdict="refused") | Q(state__in=["filed", "registered", "loaded"]),
                name="customs_declaration_refused_stays",
            ),
        ]
        indexes = [
            models.Index(fields=["market", "trade"], name="customs_declaration_trade"),
            models.Index(fields=["market", "operator_uscc", "declared_at"], name="customs_declaration_operator"),
        ]


class DeclarationItem(InMarket):
    """One item of a declaration; ``kinds`` counts the codes merged into it. Weights in g, value in USD cents."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="items")
    number = models.CharField(max_length=48)
    position = models.PositiveSmallIntegerField()
    hs10 = models.CharField(max_length=10)
    hs_status = models.CharField(
        max_length=12, help_text="confirmed | assumed; the tariff line unverified if it ends in 0000"
    )
    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    brand_type = models.PositiveSmallIntegerField(default=0)
    kinds = models.PositiveSmallIntegerField()
    pieces = models.PositiveBigIntegerField()
    net_g = models.PositiveBigIntegerField()
    value_cents = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="customs_item_number"),
            models.UniqueConstraint(fields=["declaration", "position"], name="customs_item_position"),
            models.CheckConstraint(condition=Q(kinds__gte=1), name="customs_item_kinds"),
        ]


class ItemSource(InMarket):
    """What one order line gave to an item: pieces, net grams and USD cents add up to the item."""

    item = models.ForeignKey(DeclarationItem, on_delete=models.PROTECT, related_name="sources")
    line = models.CharField(max_length=40)
    merchant = models.CharField(max_length=32)
    hs10 = models.CharField(max_length=10)
    pieces = models.PositiveBigIntegerField()
    net_g = models.PositiveBigIntegerField()
    value_cents = models.PositiveBigIntegerField()
    minor = models.PositiveBigIntegerField(help_text="amount in the line's own currency")
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "item", "line"], name="customs_source_once")]
        indexes = [models.Index(fields=["market", "line"], name="customs_source_line")]


class Step(InMarket, Stated):
    """A declaration entered a state: when, by whom, and when the next step is due."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Declaration.State.choices)
    actor = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "stated_at"], name="customs_step_order")]


class Inspection(InMarket, Stated):
    """An inspection by customs (查验) of one version of a declaration, and what it found."""

    class Outcome(models.TextChoices):
        CONFORMS = "conforms", "查验正常"
        DIFFERS = "differs", "查验异常"
        REFERRED = "referred", "移送处理"

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="inspections")
    reason = models.CharField(max_length=500, blank=True, help_text="why these goods: a finding, a signal, at random")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    found = models.CharField(max_length=500, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(concluded_at=None), name="customs_inspection_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", concluded_at=None) | (~Q(outcome="") & Q(concluded_at__isnull=False)),
                name="customs_inspection_concluded",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["differs", "referred"]) | ~Q(found=""), name="customs_inspection_says_what"
            ),
        ]


class RiskReview(InMarket, Stated):
    """A review that a risk signal opened (风险研判): score and reasons as they stood, and what a person found.

    A review stops nothing and punishes nobody: an inspection is an act of its own.
    """

    class Outcome(models.TextChoices):
        CLEARED = "cleared", "排除"
        CONFIRMED = "confirmed", "属实"

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="reviews")
    score_ppm = models.PositiveIntegerField(help_text="calibrated probability in millionths")
    lane = models.CharField(max_length=6)
    reasons = models.JSONField(default=list)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    found = models.CharField(max_length=500, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration"], condition=Q(outcome=""), name="customs_review_one_open"),
            models.CheckConstraint(condition=Q(score_ppm__lte=1_000_000), name="customs_review_score"),
            models.CheckConstraint(
                condition=Q(outcome="", concluded_at=None)
                | (~Q(outcome="") & ~Q(found="") & Q(concluded_at__isnull=False)),
                name="customs_review_concluded",
            ),
        ]
