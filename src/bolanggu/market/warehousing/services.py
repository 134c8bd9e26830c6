"""Acts of the warehouse: count what comes in, and pack, label and measure it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bolanggu.market.warehousing.models import Carton, CartonContent, Receipt
from bolanggu.market.warehousing.packing import Filled, fill_cartons
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.numbering.services import take
from bolanggu.values.code import sscc
from bolanggu.values.money import split
from bolanggu.values.quantity import Pack

#: GS1 company prefix of simulated labels: GS1 keeps 952 for demonstrations (GS1 General Specifications 1.4.3).
DEMONSTRATION_PREFIX = "9521234"


class CountDoesNotAddUp(ValueError):
    """Received pieces are not the accepted and the rejected together."""

    code = "count_does_not_add_up"


class PackedMoreThanAccepted(ValueError):
    """More pieces were to be packed than the warehouse accepted."""

    code = "packed_more_than_accepted"


@dataclass(frozen=True, slots=True)
class Counted:
    """Pieces of one line as counted at the door."""

    line: str
    order: str
    expected: int
    received: int
    accepted: int
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Packed:
    """Accepted pieces of one line to be packed: what is in the cartons and how they are marked."""

    line: str
    order: str
    product: str
    pieces: int
    amount_minor: int
    currency: str
    pack: Pack
    mark: str
    this_side_up: bool = False
    fragile: bool = False
    apart: str = ""


@requires("receipt", "count")
@transaction.atomic
def count(*, by: Actor, at: datetime, warehouse: str, counted: Sequence[Counted]) -> int:
    """Record receipts; a line counted before is left alone."""
    for row in counted:
        if row.received != row.accepted + row.rejected:
            raise CountDoesNotAddUp(
                f"line {row.line}: {row.received} received, but {row.accepted} accepted and {row.rejected} rejected"
            )
    standing = set(Receipt.objects.filter(line__in=[row.line for row in counted]).values_list("line", flat=True))
    fresh = [row for row in counted if row.line not in standing]
    Receipt.objects.bulk_create(
        [
            Receipt(
                line=row.line,
                order=row.order,
                warehouse=warehouse,
                expected=row.expected,
                received=row.received,
                accepted=row.accepted,
                rejected=row.rejected,
                source=by.source.value,
                stated_at=at,
            )
            for row in fresh
        ],
        batch_size=500,
    )
    orders = sorted({row.order for row in fresh})
    outbox.write_many(
        [outbox.Notice("goods.received", order, {"warehouse": warehouse}) for order in orders], at=at, by=by
    )
    return len(fresh)


@requires("carton", "label")
@transaction.atomic
def pack(*, by: Actor, at: datetime, trade: str, warehouse: str, destination: str, packed: Sequence[Packed]) -> int:
    """Pack accepted pieces, one kind a carton, label each with an SSCC-18 and stage it for ``destination``.

    Returns the number of cartons made. Lines that are packed already are left alone.
    """
    lines = [row.line for row in packed]
    accepted = dict(Receipt.objects.select_for_update().filter(line__in=lines).values_list("line", "accepted"))
    for row in packed:
        if row.pieces > accepted.get(row.line, row.pieces):
            raise PackedMoreThanAccepted(f"line {row.line}: {row.pieces} to pack, but {accepted[row.line]} accepted")
    standing = set(CartonContent.objects.filter(line__in=lines).values_list("line", flat=True))
    fresh = [(row, list(fill_cartons(row.pieces, row.pack))) for row in packed if row.line not in standing]
    serial = take(f"sscc:{DEMONSTRATION_PREFIX}", sum(len(filled) for _, filled in fresh))
    cartons, contents, edges = [], [], []
    for row, filled in fresh:
        values = split(row.amount_minor, [box.pieces for box in filled])
        for box, minor in zip(filled, values, strict=True):
            carton = _carton(row, box, serial, trade, warehouse, destination)
            carton.source, carton.stated_at = by.source.value, at
            serial += 1
            cartons.append(carton)
            contents.append(CartonContent(carton=carton, line=row.line, pieces=box.pieces, net_g=box.net_g))
            edges.append(
                Edge("goods", "line", row.line, "carton", carton.sscc, box.pieces, box.net_g, minor, row.currency)
            )
    Carton.objects.bulk_create(cartons, batch_size=300)
    CartonContent.objects.bulk_create(contents, batch_size=500)
    lineage.record(edges)
    notices = [outbox.Notice("cartons.staged", row.line, {"cartons": len(filled)}) for row, filled in fresh]
    outbox.write_many(notices, at=at, by=by)
    return len(cartons)


def _carton(row: Packed, box: Filled, serial: int, trade: str, warehouse: str, destination: str) -> Carton:
    size = row.pack.size
    return Carton(
        sscc=sscc(1, DEMONSTRATION_PREFIX, serial),
        trade=trade,
        order=row.order,
        warehouse=warehouse,
        destination=destination,
        mark=row.mark,
        article=row.product,
        position=box.position,
        of=box.of,
        promised_l_mm=size.length,
        promised_w_mm=size.width,
        promised_h_mm=size.height,
        promised_gross_g=box.gross_g,
        l_mm=size.length,
        w_mm=size.width,
        h_mm=size.height,
        gross_g=box.gross_g,
        net_g=box.net_g,
        this_side_up=row.this_side_up,
        fragile=row.fragile,
        apart=row.apart,
        state=Carton.State.STAGED,
    )


@requires("container", "load")
@transaction.atomic
def load_out(*, by: Actor, at: datetime, ssccs: Sequence[str]) -> int:
    """Cartons leave the warehouse into a container; loaded ones stay so."""
    moved = 0
    for start in range(0, len(ssccs), 500):
        part = Carton.objects.filter(sscc__in=ssccs[start : start + 500], state=Carton.State.STAGED)
        moved += part.update(state=Carton.State.LOADED)
    if moved:
        outbox.write(kind="cartons.loaded", subject=ssccs[0], at=at, by=by, payload={"cartons": moved})
    return moved
