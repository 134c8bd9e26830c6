"""Marks (步骤记录): the steps that a trade has come through, its own and those of its shipments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bolanggu.trade.models import Mark, ShipmentStep, StepDone, Trade


def marks_of(trade: Trade, *, as_of: datetime | None = None) -> list[Mark]:
    """Marks in the order of the twelve steps; a trade that goes in several shipments has a mark of each.

    ``as_of`` leaves out what was done later, by the time of the story.
    """
    from bolanggu.trade.process import STEPS

    marks: list[Mark] = [*trade.steps.all(), *shipping_marks(trade.number)]
    if as_of is not None:
        marks = [mark for mark in marks if mark.at <= as_of]
    return sorted(marks, key=lambda mark: (STEPS.index(mark.name), mark.pk))


def shipping_marks(trade: str, names: Sequence[str] = ()) -> list[ShipmentStep]:
    """Marks of the shipments of a trade, those of the named steps or all, in the order they were done."""
    rows = ShipmentStep.objects.filter(shipment__trades__trade=trade).select_related("shipment")
    return list((rows.filter(name__in=names) if names else rows).order_by("pk"))


def steps_done(trades: Collection[str]) -> dict[str, int]:
    """How many of the twelve steps each trade has come through, in any of its shipments."""
    done: dict[str, set[str]] = {trade: set() for trade in trades}
    own = StepDone.objects.filter(trade__number__in=list(trades)).values_list("trade__number", "name")
    shipped = ShipmentStep.objects.filter(shipment__trades__trade__in=list(trades))
    for trade, name in [*own, *shipped.values_list("shipment__trades__trade", "name")]:
        if trade in done:
            done[trade].add(name)
    return {trade: len(names) for trade, names in done.items()}
