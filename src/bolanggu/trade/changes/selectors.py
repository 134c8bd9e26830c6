"""Reads of changes: what happened to a trade, what is stale, and which results were superseded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.platform.versions.models import Superseded
from bolanggu.trade.changes.models import Change
from bolanggu.trade.changes.staleness import open_marks


def changes(trade: str) -> list[dict[str, Any]]:
    """What happened to a trade, in order: act, what was asked and done, by whom, and what it made stale."""
    rows = Change.objects.filter(trade=trade).order_by("sequence").prefetch_related("stale")
    return [
        {
            "sequence": row.sequence,
            "act": row.act,
            "asked": row.asked,
            "done": row.done,
            "at": row.stated_at.isoformat(),
            "by": row.actor,
            "source": row.source,
            "made_stale": list(dict.fromkeys(mark.step for mark in row.stale.all())),
        }
        for row in rows
    ]


def stale(trade: str) -> list[dict[str, Any]]:
    """Results of a trade and of its shipments that are stale now, each with its reasons."""
    subjects = [("trade", trade), *(("shipment", number) for number in consolidation.shipments_of(trade))]
    return [
        {"of": kind, "subject": subject, "result": step, "reasons": reasons}
        for kind, subject in subjects
        for step, reasons in open_marks(kind, subject).items()
    ]


def superseded(trade: str) -> list[dict[str, Any]]:
    """Earlier versions of what a trade, its lines, cartons and results said, the oldest first."""
    shipments = consolidation.shipments_of(trade)
    names = ("kind", "number", "version", "facts", "reason", "actor", "source", "stated_at")
    starts = [f"{trade}-", f"{trade}/", *(f"{number}/" for number in shipments)]
    rows = Superseded.objects.filter(number__in=[trade, *shipments]).values(*names)
    found = list(rows)
    for start in starts:
        found += Superseded.objects.filter(number__startswith=start).values(*names)
    found += _of_cartons(trade, names)
    return [
        {**row, "stated_at": row["stated_at"].isoformat()}
        for row in sorted(found, key=lambda row: (row["stated_at"], row["kind"], row["number"], row["version"]))
    ]


def _of_cartons(trade: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    from bolanggu.market.warehousing.models import Carton

    ssccs = Carton.objects.filter(trade=trade).values("sscc")
    return list(Superseded.objects.filter(kind="carton", number__in=ssccs).values(*names))


def selected_for_inspection(trades: Collection[str]) -> str:
    """Why customs selected one of the trades for inspection before they were declared; empty where it did not."""
    rows = Change.objects.filter(trade__in=list(trades), act="customs_inspects").order_by("pk")
    return next((str(row.asked.get("reason", "")) for row in rows if row.done.get("selected")), "")
