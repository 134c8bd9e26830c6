"""Staleness (失效): which results of a trade rest on what, and which of them a change made stale, with the reason.

Results of a trade's own steps and papers are the trade's; those from booking on are its shipments', and there a change
in one trade makes the result of all trades in the shipment stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max

from bolanggu.market.consolidation.models import ShipmentTrade
from bolanggu.trade.changes.models import Change, Stale
from bolanggu.trade.changes.scene import Stand

#: Step → what its result was computed from: aspects that acts touch, or results of steps before.
#: lines (a line was added, or its rest came), orders, goods (what is packed), sizes (measures of cartons), terms, port,
#: sailing (dates and vessel), codes (customs), clearance (inspection, release), dates, money.
DEPENDS: dict[str, frozenset[str]] = {
    "receive": frozenset({"lines"}),
    "book": frozenset({"goods", "sizes", "port", "receive"}),
    "load": frozenset({"goods", "sizes", "port", "book"}),
    "declare": frozenset({"goods", "sizes", "port", "sailing", "codes", "book", "load"}),
    "depart": frozenset({"clearance", "declare"}),
    "follow": frozenset({"sailing", "book", "load", "depart"}),
    "papers": frozenset(
        {"lines", "orders", "dates", "goods", "sizes", "terms", "port", "sailing", "codes", "clearance", "money"}
    ),
}

#: The order in which stale results are made again.
RERUN = ("receive", "book", "load", "declare", "depart", "follow", "papers")
OWN = ("receive", "papers")


def resting_on(touched: Iterable[str]) -> list[str]:
    """Results that rest on what was touched, directly or through other results, in the order of making them again.

    >>> resting_on(["sizes"])
    ['book', 'load', 'declare', 'depart', 'follow', 'papers']
    >>> resting_on(["sailing"])
    ['declare', 'depart', 'follow', 'papers']
    """
    moved = set(touched)
    found = []
    for step in RERUN:
        if DEPENDS[step] & moved:
            found.append(step)
            moved.add(step)
    return found


def mark(change: Change, stand: Stand, touched: Collection[str]) -> tuple[str, ...]:
    """Mark the results that stand and rest on what a change touched; the marks carry the act as their reason."""
    reason = f"{change.act} on {stand.at:%Y-%m-%d} changed {', '.join(touched)}"
    rows: list[tuple[str, str, str]] = []
    for step in resting_on(touched):
        if step in OWN:
            if step in stand.done or (step == "papers" and stand.done):
                rows.append(("trade", stand.number, step))
            continue
        rows += [("shipment", number, step) for number, done in stand.shipments.items() if step in done]
    others = set(
        ShipmentTrade.objects.filter(shipment__number__in=[n for k, n, _ in rows if k == "shipment"])
        .exclude(trade=stand.number)
        .values_list("trade", flat=True)
    )
    rows += [("trade", other, "papers") for other in sorted(others)]
    Stale.objects.bulk_create(
        [
            Stale(subject_kind=kind, subject=subject, step=step, change=change, reason=reason[:300])
            for kind, subject, step in rows
        ]
    )
    return tuple(dict.fromkeys(step for _, _, step in rows))


def open_marks(kind: str, subject: str) -> dict[str, list[str]]:
    """Results of a trade or shipment that are stale now → why, the oldest reason first, in the order of making."""
    rows = Stale.objects.filter(subject_kind=kind, subject=subject, cleared_by=None).order_by("pk")
    found: dict[str, list[str]] = {}
    for step, why in rows.values_list("step", "reason"):
        found.setdefault(step, []).append(why)
    return {step: found[step] for step in RERUN if step in found}


def shipments_touched(trade: str) -> list[str]:
    """Shipments with results that changes of a trade made stale, also those that it has left."""
    rows = Stale.objects.filter(subject_kind="shipment", change__trade=trade, cleared_by=None)
    return list(dict.fromkeys(rows.order_by("pk").values_list("subject", flat=True)))


def last_stated(subjects: Collection[str], at: datetime) -> datetime:
    """When the last change was stated that left something of these subjects stale; ``at`` where that is later."""
    rows = Stale.objects.filter(subject__in=subjects, cleared_by=None)
    return max(at, rows.aggregate(last=Max("change__stated_at"))["last"] or at)


def clear(kind: str, subject: str, step: str, version: int) -> int:
    """Say that a stale result was made again, as that version; returns how many marks it answered."""
    rows = Stale.objects.filter(subject_kind=kind, subject=subject, step=step, cleared_by=None)
    return rows.update(cleared_by=version)
