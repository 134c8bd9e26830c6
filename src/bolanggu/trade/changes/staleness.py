"""Staleness (失效): which results of a trade rest on what, and which of them a change made stale, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bolanggu.trade.changes.models import Change, Stale
from bolanggu.trade.changes.scene import Stand

#: Step → aspects of the trade that its result was computed from. Aspects are what acts touch, or results of steps.
#: orders, dates, goods (what is packed), sizes (measures of cartons), terms, port, sailing (dates and vessel),
#: codes (customs), clearance (inspection, release), money.
DEPENDS: dict[str, frozenset[str]] = {
    "book": frozenset({"goods", "sizes", "port"}),
    "load": frozenset({"goods", "sizes", "port", "book"}),
    "declare": frozenset({"goods", "sizes", "port", "terms", "sailing", "codes", "book", "load"}),
    "depart": frozenset({"clearance", "declare"}),
    "follow": frozenset({"sailing", "book", "load", "depart"}),
    "papers": frozenset(
        {"orders", "dates", "goods", "sizes", "terms", "port", "sailing", "codes", "clearance", "money"}
    ),
}

#: The order in which stale results are made again.
RERUN = ("book", "load", "declare", "depart", "follow", "papers")


def resting_on(touched: Iterable[str]) -> list[str]:
    """Steps whose results rest on what was touched, directly or through other results, in the order of rerunning.

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
    stale = [step for step in resting_on(touched) if step in stand.done]
    reason = f"{change.act} on {stand.at:%Y-%m-%d} changed {', '.join(touched)}"
    Stale.objects.bulk_create(
        [Stale(trade=change.trade, step=step, change=change, reason=reason[:300]) for step in stale]
    )
    return tuple(stale)


def stale(trade: str) -> dict[str, list[str]]:
    """Steps whose results are stale now → why, the oldest reason first."""
    found: dict[str, list[str]] = {}
    for step, why in Stale.objects.filter(trade=trade, cleared_by=None).order_by("pk").values_list("step", "reason"):
        found.setdefault(step, []).append(why)
    return {step: found[step] for step in RERUN if step in found}
