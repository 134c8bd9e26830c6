"""Pack accepted pieces, one kind a carton, label and stage them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.warehousing.errors import PackedMoreThanAccepted
from bolanggu.market.warehousing.inputs import Packed
from bolanggu.market.warehousing.models import Carton, CartonContent, Receipt
from bolanggu.market.warehousing.packing import Filled, fill_cartons
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.numbering.services import take
from bolanggu.values.code import sscc
from bolanggu.values.money import split

#: GS1 company prefix of simulated labels: GS1 keeps 952 for demonstrations (GS1 General Specifications 1.4.3).
DEMONSTRATION_PREFIX = "9521234"


@requires("carton", "label")
@transaction.atomic
def pack(*, by: Actor, at: datetime, trade: str, warehouse: str, destination: str, packed: Sequence[Packed]) -> int:
    """Pack accepted pieces, one kind a carton, label each with an SSCC-18 and stage it for ``destination``.

    Returns the number of cartons made. Lines that are packed already are left alone.
    """
    lines = [row.line for row in packed]
    counted = Receipt.objects.select_for_update().filter(line__in=lines)
    accepted = {(line, order): pieces for line, order, pieces in counted.values_list("line", "order", "accepted")}
    for row in packed:
        most = accepted.get((row.line, row.order), row.pieces)
        if row.pieces > most:
            raise PackedMoreThanAccepted(f"line {row.line}: {row.pieces} to pack, but {most} accepted")
    packed_before = CartonContent.objects.filter(line__in=lines).exclude(carton__state=Carton.State.WITHDRAWN)
    standing = set(packed_before.values_list("line", flat=True))
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
