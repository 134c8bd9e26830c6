"""Papers issued (单证): what they are, of which version, the digest of each file and its seal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.platform.schema import InMarket, Stated


class Document(InMarket, Stated):
    """One file of an issued paper: in one language and form. A change is a new version that supersedes it.

    ``facts`` is the digest of what the paper says; ``stated_at`` is the time of those facts, which is set on the paper
    and in its seal. Only the marks of being superseded are ever written later.
    """

    number = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=32, help_text="dossier_page | packing_list | commercial_invoice | …")
    trade = models.CharField(max_length=32)
    file = models.CharField(max_length=300, help_text="relative to the home's papers folder")
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    paper = models.CharField(max_length=64, blank=True, help_text="number of the paper that the file is a form of")
    language = models.CharField(max_length=5, blank=True, help_text="zh | en | both")
    facts = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=64, blank=True, help_text="public key of the seal, hex")
    signature = models.CharField(max_length=128, blank=True)
    journal_sequence = models.BigIntegerField(default=0)
    journal_head = models.CharField(max_length=64, blank=True)
    superseded = models.BooleanField(default=False, db_default=False)
    superseded_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why a later version replaced it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="documents_document_version"),
            models.UniqueConstraint(
                fields=["market", "number"], condition=Q(superseded=False), name="documents_document_current"
            ),
            models.CheckConstraint(condition=Q(superseded=False) | ~Q(reason=""), name="documents_document_reason"),
        ]
        indexes = [models.Index(fields=["market", "trade"], name="documents_document_trade")]
