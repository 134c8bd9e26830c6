"""Recording edges, walking them with shares, and the sums that must be conserved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from fractions import Fraction
from typing import Literal

from bolanggu.platform.bulk import insert

Aspect = Literal["order", "goods", "cleared", "declared", "money", "index", "claim"]
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


class EdgeDiffers(ValueError):
    """An edge stands already with other amounts; a changed deed supersedes it first, or writes under a new number."""

    code = "edge_differs"


def record(edges: Iterable[Edge], *, market: int = 1) -> None:
    """Write edges; the same edge written again changes nothing.

    Raises
    ------
    EdgeDiffers
        The same two things are joined already with other amounts.
    """
    from bolanggu.platform.lineage.models import EdgeRow

    fresh = _fresh(list(edges), market)
    insert(EdgeRow, ("market", *Edge.__slots__), [(market, *astuple(edge)) for edge in fresh])


def _fresh(edges: Sequence[Edge], market: int) -> list[Edge]:
    """Edges that do not stand yet; those that stand must carry the same amounts."""
    from bolanggu.platform.lineage.models import EdgeRow

    wanted = {(e.aspect, e.from_kind, e.from_id, e.to_kind, e.to_id): e for e in edges}
    ends = sorted({edge.to_id for edge in wanted.values()})
    for start in range(0, len(ends), 500):
        rows = EdgeRow.objects.filter(market=market, superseded=False, to_id__in=ends[start : start + 500])
        for row in rows.values_list(*Edge.__slots__):
            standing = Edge(*row)
            key = (standing.aspect, standing.from_kind, standing.from_id, standing.to_kind, standing.to_id)
            if wanted.get(key, standing) != standing:
                raise EdgeDiffers(f"{standing.from_id} → {standing.to_id} stands as {standing}, not {wanted[key]}")
            wanted.pop(key, None)
    return list(wanted.values())


def supersede(*, to_kind: str, to_ids: Sequence[str], market: int = 1) -> None:
    """Mark the edges into things that a later version replaced; they stay for the record and leave the walks."""
    from bolanggu.platform.lineage.models import EdgeRow

    EdgeRow.objects.filter(market=market, to_kind=to_kind, to_id__in=to_ids).update(superseded=True)


def supersede_between(
    *, aspect: Aspect, from_kind: str, to_kind: str, pairs: Sequence[tuple[str, str]], market: int = 1
) -> int:
    """Mark the edges between these pairs (from, to) as superseded; returns how many stood."""
    from bolanggu.platform.lineage.models import EdgeRow

    wanted = set(pairs)
    ends = sorted({end for _, end in wanted})
    found = []
    for start in range(0, len(ends), 500):
        rows = EdgeRow.objects.filter(
            market=market,
            aspect=aspect,
            from_kind=from_kind,
            to_kind=to_kind,
            to_id__in=ends[start : start + 500],
            superseded=False,
        )
        found += [pk for pk, a, b in rows.values_list("pk", "from_id", "to_id") if (a, b) in wanted]
    for start in range(0, len(found), 500):
        EdgeRow.objects.filter(pk__in=found[start : start + 500]).update(superseded=True)
    return len(found)
