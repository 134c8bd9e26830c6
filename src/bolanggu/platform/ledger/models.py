"""Rows of the ledger: accounts with stored balances, transfers that never change, closed periods."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.ledger.transfers import Kind, Limit
from bolanggu.platform.schema import InMarket

SIDES = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")


class Account(InMarket):
    """An account of one currency; its balances are changed by posting alone. Triggers keep what it is, and keep it."""

    code = models.CharField(max_length=96)
    currency = models.CharField(max_length=3, help_text="ISO 4217; amounts are in its minor unit")
    limited = models.CharField(max_length=7, choices=[(x.value, x.value) for x in Limit], default=Limit.NONE.value)
    debits_posted = models.BigIntegerField(default=0)
    credits_posted = models.BigIntegerField(default=0)
    debits_pending = models.BigIntegerField(default=0)
    credits_pending = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="ledger_account_code"),
            models.CheckConstraint(
                condition=Q(debits_posted__gte=0)
                & Q(credits_posted__gte=0)
                & Q(debits_pending__gte=0)
                & Q(credits_pending__gte=0),
                name="ledger_account_sides",
            ),
            models.CheckConstraint(
                condition=~Q(limited="debits") | Q(credits_posted__gte=F("debits_posted") + F("debits_pending")),
                name="ledger_account_debits_limited",
            ),
            models.CheckConstraint(
                condition=~Q(limited="credits") | Q(debits_posted__gte=F("credits_posted") + F("credits_pending")),
                name="ledger_account_credits_limited",
            ),
            models.CheckConstraint(
                condition=Q(limited__in=[x.value for x in Limit]), name="ledger_account_limit_known"
            ),
        ]


class TransferRow(InMarket):
    """A transfer that took effect. Never changed, never deleted: triggers refuse it.

    ``batch`` is the sequence of the journal entry (stream ``ledger``) that vouches for it, ``row`` its place in the
    batch as it was sent. In place of foreign keys a trigger sees to it that both accounts exist, in the transfer's own
    market and currency: on PostgreSQL once a statement, which is what makes large batches quick.
    """

    id = models.UUIDField(primary_key=True)
    batch = models.BigIntegerField()
    debit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount = models.BigIntegerField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    pending = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    row = models.IntegerField()
    kind = models.PositiveSmallIntegerField(choices=[(x.value, x.name.lower()) for x in Kind])
    linked = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    purpose = models.CharField(max_length=24, blank=True)
    ref = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "ledger_transfer"
        constraints = [
            models.UniqueConstraint(
                fields=["pending"], condition=Q(pending__isnull=False), name="ledger_transfer_one_ending"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_transfer_amount"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="ledger_transfer_two_accounts"),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.POST, Kind.PENDING], pending__isnull=True)
                | Q(kind__in=[Kind.POST_PENDING, Kind.VOID, Kind.EXPIRE], pending__isnull=False),
                name="ledger_transfer_kind",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(kind=Kind.PENDING), name="ledger_transfer_expiry"
            ),
        ]
        indexes = [
            models.Index(fields=["debit", "batch"], name="ledger_transfer_debit"),
            models.Index(fields=["credit", "batch"], name="ledger_transfer_credit"),
            models.Index(fields=["ref"], name="ledger_transfer_ref"),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="ledger_transfer_expires"),
        ]


class Closing(InMarket):
    """A period that is closed: nothing is posted at or before ``through`` any more."""

    through = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "through"], name="ledger_closing_once")]
