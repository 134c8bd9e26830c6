"""Papers issued (单证): what they are, of which version, and the digest of the file."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket, Stated


class Document(InMarket, Stated):
    """One issued paper. It is never changed: a change is a new version that supersedes it."""

    number = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=32, help_text="dossier | packing_list | commercial_invoice | …")
    trade = models.CharField(max_length=32)
    file = models.CharField(max_length=300, help_text="relative to the home's papers folder")
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number", "version"], name="documents_document_version")
        ]
        indexes = [models.Index(fields=["market", "trade"], name="documents_document_trade")]
