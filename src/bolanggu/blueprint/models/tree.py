"""The tree (目标树): strategy, goal, tracks, scenes, places, measures, tasks and principles."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.blueprint.models.documents import Sourced, span_constraint
from bolanggu.platform.schema import InMarket, Stated


class Node(InMarket, Stated, Sourced):
    """One box of the plan. It changes by an accepted proposal only; what it was before stands in the changes.

    ``driver`` is what it is pulled by (以…为牵引), ``period`` the years it is meant for.
    """

    class Kind(models.TextChoices):
        STRATEGY = "strategy", "战略"
        GOAL = "goal", "目标"
        GROUP = "group", "组"
        TRACK = "track", "赛道"
        SCENE = "scene", "场景"
        PLACE = "place", "地"
        MEASURE = "measure", "举措"
        LEAP = "leap", "跃升"
        ASPECT = "aspect", "方面"
        PRINCIPLE = "principle", "原则"
        PLAN = "plan", "方案"
        SYSTEM = "system", "工作体系"
        TASK = "task", "任务"
        LOOP = "loop", "闭环"

    class State(models.TextChoices):
        STANDING = "standing"
        WITHDRAWN = "withdrawn"

    code = models.CharField(max_length=48)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    label_zh = models.CharField(max_length=120)
    label_en = models.CharField(max_length=160, blank=True)
    driver_zh = models.CharField(max_length=80, blank=True)
    driver_en = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=21, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State.choices, default=State.STANDING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="blueprint_node_code"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="blueprint_node_parent"),
            models.CheckConstraint(condition=~Q(label_zh="") | ~Q(label_en=""), name="blueprint_node_label"),
            span_constraint("blueprint_node_span"),
        ]


class Mention(InMarket, Stated, Sourced):
    """A later text names a box of the tree again: the plan is still drawn on."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "node", "document", "start"], name="blueprint_mention_once"),
            models.CheckConstraint(condition=Q(document__isnull=False), name="blueprint_mention_document"),
            span_constraint("blueprint_mention_span"),
        ]
