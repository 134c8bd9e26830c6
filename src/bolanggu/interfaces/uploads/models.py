"""A list that was handed in, and how far its trade has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bolanggu.platform.schema import InMarket


class Upload(InMarket):
    """A purchase list with its wishes; a worker takes it, and takes it up again when it broke off."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    trade = models.CharField(max_length=24, help_text="number of the trade it becomes; follows from the key")
    key = models.CharField(max_length=200)
    by = models.CharField(max_length=150, help_text="name of the user who handed it in")
    party = models.CharField(max_length=32, blank=True, help_text="number of the party it was handed in for")
    list_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, help_text="of the file, which lies in the home under this name")
    destination = models.CharField(max_length=8)
    depart_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    until = models.CharField(max_length=16, blank=True, help_text="stop after this step; empty for all")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=2000, blank=True, help_text="what stopped it")
    worker = models.CharField(max_length=80, blank=True)
    held_until = models.DateTimeField(null=True, blank=True, help_text="after that another worker may take it")
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "key"], name="uploads_upload_key"),
            models.UniqueConstraint(fields=["market", "trade"], name="uploads_upload_trade"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(why=""), name="uploads_upload_why"),
        ]
        indexes = [
            models.Index(fields=["state", "handed_in_at"], name="uploads_upload_waiting"),
            models.Index(fields=["by"], name="uploads_upload_by"),
        ]
