"""Register of reforms and pilots (改革试点清单): what, since when, from which source, and who copied it."""

from __future__ import annotations

from django.db import models

from bolanggu.blueprint.models.documents import Sourced, span_constraint
from bolanggu.blueprint.models.tree import Node
from bolanggu.platform.schema import InMarket, Stated


class Reform(InMarket, Stated, Sourced):
    """A reform or pilot. Its source is a span of a document, or named in ``reference``."""

    class Level(models.TextChoices):
        STATE = "state", "国家级"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"

    code = models.CharField(max_length=48)
    label_zh = models.CharField(max_length=120)
    label_en = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    pilot = models.BooleanField(default=False)
    since = models.CharField(max_length=10, blank=True, help_text="year or day; empty where the source gives none")
    reference = models.CharField(max_length=200, blank=True)
    node = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="reforms")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="blueprint_reform_code"),
            models.CheckConstraint(
                condition=models.Q(document__isnull=False) | ~models.Q(reference=""), name="blueprint_reform_sourced"
            ),
            span_constraint("blueprint_reform_span"),
        ]


class Copy(InMarket, Stated):
    """Another place took the reform over."""

    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="copies")
    place = models.CharField(max_length=120)
    since = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "reform", "place"], name="blueprint_copy_once"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="blueprint_copy_sourced"),
        ]
