"""Proposals (修订稿) and their changes: how a new text changes the tree."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.blueprint.models.documents import Document
from bolanggu.platform.schema import InMarket, Stated


class Proposal(InMarket, Stated):
    """A set of changes, proposed by one person, reviewed line by line, and accepted by another."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        REVIEWED = "reviewed"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    number = models.CharField(max_length=40)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=64)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="blueprint_proposal_number"),
            models.CheckConstraint(
                condition=Q(accepted_by="") | ~Q(accepted_by=F("proposed_by")), name="blueprint_proposal_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="blueprint_proposal_accepted"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="blueprint_proposal_refused"),
        ]


class Change(InMarket):
    """One line of a proposal. ``before`` is what stood, ``after`` what is to stand, both as data."""

    class Verdict(models.TextChoices):
        OPEN = "open"
        KEEP = "keep"
        DROP = "drop"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="changes")
    position = models.PositiveIntegerField()
    act = models.CharField(max_length=8, help_text="add | alter | withdraw | mention")
    thing = models.CharField(max_length=11, help_text="node | indicator | target | observation")
    code = models.CharField(max_length=64)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True, help_text="why: new, agrees, agrees within rounding, differs")
    verdict = models.CharField(max_length=4, choices=Verdict.choices, default=Verdict.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="blueprint_change_position"),
            models.CheckConstraint(
                condition=Q(act__in=["add", "alter", "withdraw", "mention"]), name="blueprint_change_act"
            ),
            models.CheckConstraint(
                condition=Q(thing__in=["node", "indicator", "target", "observation"]), name="blueprint_change_thing"
            ),
        ]
