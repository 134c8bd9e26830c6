"""Users, and grants held by one user beyond those of a role."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from bolanggu.platform.schema import InMarket


class User(AbstractUser):
    """A person who signs in."""

    language = models.CharField(max_length=8, default="en")


class Grant(InMarket):
    """Role × thing × action × area or party × field × purpose, for one user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, help_text="key of data/grants/roles.yaml; empty for a single act")
    thing = models.CharField(max_length=32, blank=True)
    action = models.CharField(max_length=32, blank=True)
    party = models.CharField(max_length=32, blank=True, help_text="number of the party it is over; empty for none")
    area = models.CharField(max_length=32, blank=True)
    field = models.CharField(max_length=32, blank=True)
    purpose = models.CharField(max_length=32, default="trade")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "user", "role", "thing", "action", "party", "area", "field", "purpose"],
                name="accounts_grant_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="accounts_grant_period",
            ),
        ]
