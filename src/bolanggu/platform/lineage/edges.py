"""Recording edges, walking them with shares, and the sums that must be conserved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Aspect = Literal["order", "goods", "declared", "money", "index"]
Direction = Literal["back", "forward"]


@dataclass(frozen=True, slots=True)
class Edge:
    """An amount that went from one thing to another."""

    aspect: Aspect
    from_kind: str
    from_id: str
    to_kind: str
    to_id: str
    pieces: int = 0
    grams: int = 0
    minor: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing met on a walk, with the part of it that belongs to the start (back: the part of the start it made)."""

    kind: str
    id: str
    aspect: str
    depth: int
    pieces: int
    grams: int
    minor: int
    currency: str
    share: Fraction


def record(edges: Iterable[Edge], *, market: int = 1) -> None:
    """Write edges; the same edge written again changes nothing."""
    from bolanggu.platform.lineage.models import EdgeRow

    EdgeRow.objects.bulk_create(
        [
            EdgeRow(
                market=market,
                aspect=edge.aspect,
                from_kind=edge.from_kind,
                from_id=edge.from_id,
                to_kind=edge.to_kind,
                to_id=edge.to_id,
                pieces=edge.pieces,
                grams=edge.grams,
                minor=edge.minor,
                currency=edge.currency,
            )
            for edge in edges
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def supersede(*, to_kind: str, to_ids: Sequence[str], market: int = 1) -> None:
    """Mark the edges into things that a later version replaced; they stay for the record and leave the walks."""
    from bolanggu.platform.lineage.models import EdgeRow

    EdgeRow.objects.filter(market=market, to_kind=to_kind, to_id__in=to_ids).update(superseded=True)
