"""Unpack pieces of a line (拆箱): cartons that are not needed are withdrawn, the last one kept holds what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.warehousing.errors import NotInTheWarehouse
from bolanggu.market.warehousing.models import Carton, CartonContent
from bolanggu.market.warehousing.services.measure import facts_of
from bolanggu.platform import lineage, outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.lineage.edges import supersede_between
from bolanggu.values.money import split


class NotUnpackable(ValueError):
    """A line that shares a carton with another, or of which fewer pieces are packed."""

    code = "not_unpackable"


@requires("carton", "label")
@transaction.atomic
def unpack(
    *, by: Actor, at: datetime, line: str, pieces: int, amount_minor: int, currency: str, reason: str
) -> list[str]:
    """Leave ``pieces`` of a line packed, worth ``amount_minor`` in all; returns the SSCCs that are withdrawn.

    Cartons are emptied from the last. Those kept are numbered n of N anew; the edges line → carton are written anew.

    Raises
    ------
    NotInTheWarehouse
        A carton of the line is not staged.
    NotUnpackable
        Fewer pieces are packed, or the line lies in mixed cartons.
    """
    rows = list(
        CartonContent.objects.select_for_update(of=("self",))
        .filter(line=line)
        .exclude(carton__state=Carton.State.WITHDRAWN)
        .select_related("carton")
        .order_by("carton__position", "carton__sscc")
    )
    if not rows:
        return []
    _unpackable(rows, line, pieces)
    keep = _kept(rows, pieces)
    before = [(row.carton.sscc, facts_of(row.carton)) for row in rows]
    versions.supersede(kind="carton", facts=before, at=at, by=by, reason=reason)
    _write(rows, keep)
    supersede_between(
        aspect="goods", from_kind="line", to_kind="carton", pairs=[(line, row.carton.sscc) for row in rows]
    )
    kept = [row for row, left in zip(rows, keep, strict=True) if left]
    values = split(amount_minor, [row.pieces for row in kept]) if kept else []
    lineage.record(
        Edge("goods", "line", line, "carton", row.carton.sscc, row.pieces, row.net_g, minor, currency)
        for row, minor in zip(kept, values, strict=True)
    )
    gone = [row.carton.sscc for row, left in zip(rows, keep, strict=True) if not left]
    outbox.write(
        kind="cartons.unpacked",
        subject=line,
        at=at,
        by=by,
        payload={"pieces": pieces, "withdrawn": gone, "reason": reason},
    )
    return gone


def _unpackable(rows: Sequence[CartonContent], line: str, pieces: int) -> None:
    for row in rows:
        if row.carton.state != Carton.State.STAGED:
            raise NotInTheWarehouse(
                f"carton {row.carton.sscc} of line {line} is {row.carton.state}; take it back first"
            )
    inside = sum(row.pieces for row in rows)
    if pieces > inside:
        raise NotUnpackable(f"line {line}: {inside} pieces are packed; {pieces} cannot be left; pack more instead")
    shared = CartonContent.objects.filter(carton__in=[row.carton for row in rows]).exclude(line=line).first()
    if shared is not None:
        raise NotUnpackable(f"line {line} shares a carton with line {shared.line}; unpack by hand")


def _kept(rows: Sequence[CartonContent], pieces: int) -> list[int]:
    """Pieces left in each carton, filled from the first."""
    left, keep = pieces, []
    for row in rows:
        inside = min(row.pieces, left)
        keep.append(inside)
        left -= inside
    return keep


def _write(rows: Sequence[CartonContent], keep: Sequence[int]) -> None:
    count = sum(1 for left in keep if left)
    position = 0
    for row, left in zip(rows, keep, strict=True):
        carton = row.carton
        carton.version += 1
        if not left:
            carton.state = Carton.State.WITHDRAWN
            continue
        position += 1
        net = max(1, row.net_g * left // row.pieces)
        carton.gross_g -= carton.net_g - net
        carton.net_g, row.net_g, row.pieces = net, net, left
        carton.position, carton.of = position, count
    cartons = [row.carton for row in rows]
    fields = ["version", "state", "gross_g", "net_g", "position", "of"]
    Carton.objects.bulk_update(cartons, fields, batch_size=300)
    CartonContent.objects.bulk_update(rows, ["pieces", "net_g"], batch_size=300)
