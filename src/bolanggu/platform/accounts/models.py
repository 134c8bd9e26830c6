"""Users, grants held by one user, failed sign-ins, and keys for programs."""

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


class SignInFailure(InMarket):
    """A wrong password: by which name, from which address, when. Read to lock out, kept for thirty days."""

    name = models.CharField(max_length=150)
    address = models.CharField(max_length=45, help_text="IPv4 or IPv6")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "at"], name="accounts_failure_name"),
            models.Index(fields=["address", "at"], name="accounts_failure_address"),
        ]


class ApiKey(InMarket):
    """A key by which a program acts as its user in one role. Only its SHA-256 is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    role = models.CharField(max_length=24)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    valid_to = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "sha256"], name="accounts_api_key_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("made_at")), name="accounts_api_key_period"
            ),
        ]


class Look(InMarket):
    """Somebody looked at a thing: who, as what, which thing, on which day first. One row a day, person and thing."""

    name = models.CharField(max_length=150, help_text="of the user")
    role = models.CharField(max_length=24)
    thing = models.CharField(max_length=32)
    number = models.CharField(max_length=64)
    whole = models.CharField(max_length=32, blank=True, help_text="number of the trade it is part of")
    day = models.DateField()
    at = models.DateTimeField(help_text="the first time that day")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "number", "thing", "name", "role", "day"], name="accounts_look_once"
            ),
        ]
        indexes = [models.Index(fields=["market", "whole", "at"], name="accounts_look_whole")]
