"""Documents (文件): what a fact was read from, by digest; the text itself only where the city loaded it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated


class Document(InMarket, Stated):
    """A published text, known by the SHA-256 of its UTF-8 bytes. Offsets into it are code points.

    ``kind`` ranks its word where documents disagree; ``dated`` is the latest day that the text itself or its
    publisher gives.
    """

    class Kind(models.TextChoices):
        COMMUNIQUE = "communique", "统计公报"
        RELEASE = "release", "部门发布"
        REPORT = "report", "政府工作报告、全会报告"
        NEWSPAPER = "newspaper", "报纸"
        SPEECH = "speech", "讲话"

    key = models.CharField(max_length=32, help_text="short name used in data files and addresses")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="title as published")
    label_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    dated = models.DateField(null=True, blank=True)
    characters = models.PositiveIntegerField(help_text="length in code points")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "sha256"], name="blueprint_document_digest"),
            models.UniqueConstraint(fields=["market", "key"], name="blueprint_document_key"),
            models.CheckConstraint(condition=Q(characters__gt=0), name="blueprint_document_not_empty"),
        ]


class LoadedText(InMarket, Stated):
    """The text of a document, as the city loaded it. The product ships none."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="loaded")
    text = models.TextField()


class Sourced(models.Model):
    """Words of a document that a fact stands on: code points from 0, end exclusive. No document: stated by a person."""

    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


def span_constraint(name: str) -> models.CheckConstraint:
    """A document and its span stand together, and the span is not empty."""
    whole = Q(document__isnull=False, start__isnull=False, end__isnull=False, end__gt=F("start"))
    none = Q(document__isnull=True, start__isnull=True, end__isnull=True)
    return models.CheckConstraint(condition=whole | none, name=name)
