"""Rows of the journal: entries chained by hash, the head of each market's chain, and seals."""

from __future__ import annotations

from django.db import models

from bolanggu.platform.schema import InMarket


class Entry(InMarket):
    """One thing that happened. Never changed, never deleted: triggers refuse it."""

    sequence = models.BigIntegerField()
    stream = models.CharField(max_length=16, help_text="event | ledger | case")
    kind = models.CharField(max_length=48)
    subject = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    source = models.CharField(max_length=9)
    payload = models.TextField(help_text="canonical JSON")
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "sequence"], name="journal_entry_sequence"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="journal_entry_sequence_positive"),
        ]
        indexes = [
            models.Index(fields=["market", "subject", "sequence"], name="journal_entry_subject"),
            models.Index(fields=["market", "stream", "sequence"], name="journal_entry_stream"),
        ]


class Head(InMarket):
    """The last entry of a market's chain; locking this row serialises writers."""

    sequence = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market"], name="journal_head_market")]


class Seal(InMarket):
    """A signature over the chain's head at one moment (Ed25519)."""

    sequence = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    key = models.CharField(max_length=64, help_text="public key, hex")
    signature = models.BinaryField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "sequence", "key"], name="journal_seal_once")]
