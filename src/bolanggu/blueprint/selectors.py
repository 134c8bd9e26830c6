"""Reads of the blueprint: the tree, series with all their sources, targets with their pace, reforms, sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from bolanggu.blueprint.models import Document, Indicator, LoadedText, Node, Observation, Reform, Target
from bolanggu.blueprint.pace import Aim, Pace, Seen, pace
from bolanggu.blueprint.sentences import Quote, quote
from bolanggu.blueprint.vintages import RANK, Relation, Stated, relation, shown

Key = tuple[str, str, str]


def tree() -> list[Node]:
    """All standing boxes in the order of the trees, with ``level`` (0 at the root) and counts of what hangs on them."""
    found = (
        Node.objects.filter(state=Node.State.STANDING)
        .select_related("document")
        .annotate(n_indicators=Count("servings", distinct=True), n_targets=Count("targets", distinct=True))
    )
    under: dict[int | None, list[Node]] = defaultdict(list)
    for node in found.order_by("position", "pk"):
        under[node.parent_id].append(node)
    ordered: list[Node] = []

    def walk(parent: int | None, level: int) -> None:
        for node in under[parent]:
            node.level = level  # type: ignore[attr-defined]
            ordered.append(node)
            walk(node.pk, level + 1)

    walk(None, 0)
    return ordered


def node(code: str) -> Node:
    """One box with the boxes above and below it, its indicators and targets.

    Raises
    ------
    Node.DoesNotExist
    """
    standing = Node.objects.filter(state=Node.State.STANDING).order_by("position", "pk")
    return (
        Node.objects.select_related("document", "parent")
        .prefetch_related(Prefetch("children", standing), "servings__indicator", "mentions__document", "reforms")
        .get(code=code)
    )


def above(one: Node) -> list[Node]:
    """The boxes above, the root first."""
    way: list[Node] = []
    while one.parent is not None:
        one = one.parent
        way.insert(0, one)
    return way


def stated(observation: Observation) -> Stated:
    """An observation as the rule of vintages reads it."""
    kind = observation.document.kind if observation.document else "records"
    return Stated(
        key=observation.pk,
        value=observation.value,
        precision=observation.precision,
        bound=observation.bound,
        kind=kind if kind in RANK else "speech",
        vintage=observation.vintage,
        basis=observation.basis,
    )


def stated_values(*, without: Document | None = None) -> dict[Key, list[Stated]]:
    """All observed values by (indicator, period, comparator), leaving one document out."""
    found: dict[Key, list[Stated]] = defaultdict(list)
    rows = Observation.objects.select_related("indicator", "document")
    for row in rows.exclude(document=without) if without else rows:
        found[row.indicator.code, row.period, row.comparator].append(stated(row))
    return found


def observations(indicator: Indicator) -> QuerySet[Observation]:
    """Every observation of an indicator, all vintages, in the order of periods."""
    rows = Observation.objects.filter(indicator=indicator).select_related("document", "indicator")
    return rows.order_by("area", "period", "comparator", "pk")


def series(indicator: Indicator) -> list[dict[str, Any]]:
    """One entry a period and comparator: the observation to show, and the others with how they stand to it."""
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for one in observations(indicator):
        groups[one.area, one.period, one.comparator].append(one)
    return [_point(group) for group in groups.values()]


def _point(group: list[Observation]) -> dict[str, Any]:
    of_key = {one.pk: one for one in group}
    values = [stated(one) for one in group]
    chosen = shown(values)
    others = [(of_key[one.key], relation(one, chosen)) for one in values if one.key != chosen.key]
    return {
        "shown": of_key[chosen.key],
        "others": others,
        "conflict": any(how is Relation.DIFFERS for _, how in others),
    }


def standing_of(target: Target) -> Pace:
    """The pace of a target by the values that are shown of its indicator."""
    indicator = target.indicator
    aim = Aim(
        by=target.by,
        value=None if target.value is None else float(target.value),
        nature=indicator.nature if indicator else None,
        direction=indicator.direction if indicator else 1,
        base_value=None if target.base_value is None else float(target.base_value),
        base_period=target.base_period,
    )
    seen = [_seen(point["shown"]) for point in series(indicator)] if indicator else []
    return pace(aim, [one for one in seen if one.period])


def _seen(one: Observation) -> Seen:
    return Seen(one.period, float(one.value), one.bound)


def targets(nodes: Sequence[Node] | None = None) -> list[tuple[Target, Pace]]:
    """Targets in the order they are due, each with its pace."""
    found = Target.objects.select_related("node", "indicator", "document").order_by("by", "pk")
    return [(one, standing_of(one)) for one in (found if nodes is None else found.filter(node__in=nodes))]


def reforms() -> list[Reform]:
    """The register, the oldest first, with who copied each."""
    return list(Reform.objects.select_related("document", "node").prefetch_related("copies").order_by("since", "pk"))


def sentence(fact: Any) -> Quote | None:
    """The sentence that a sourced fact stands on, where its text is loaded; None otherwise."""
    if fact.document_id is None:
        return None
    loaded = LoadedText.objects.filter(document_id=fact.document_id).first()
    return quote(loaded.text, fact.start, fact.end) if loaded else None


def reporting() -> dict[str, int]:
    """How much of the tree is told of: indicators with and without values, targets with and without a number."""
    told = Observation.objects.values("indicator").distinct().count()
    numbered = Target.objects.exclude(value=None).count()
    return {
        "indicators": Indicator.objects.count(),
        "with_values": told,
        "targets": Target.objects.count(),
        "with_numbers": numbered,
    }
