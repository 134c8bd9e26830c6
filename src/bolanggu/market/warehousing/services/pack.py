"""Pack accepted pieces, one kind a carton, label and stage them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from bolanggu.market.warehousing.errors import PackedMoreThanAccepted
from bolanggu.market.warehousing.inputs import Packed
from bolanggu.market.warehousing.models import Carton, CartonContent, Receipt
from bolanggu.market.warehousing.packing import Filled, fill_cartons
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.platform.numbering.services import take
from bolanggu.values.code import sscc
from bolanggu.values.money import split

#: GS1 company prefix of simulated labels: GS1 keeps 952 for demonstrations (GS1 General Specifications 1.4.3).
DEMONSTRATION_PREFIX = "9521234"


@requires("carton", "label")
@transaction.atomic
def pack(*, by: Actor, at: datetime, trade: str, warehouse: str, destination: str, packed: Sequence[Packed]) -> int:
    """Pack accepted pieces, one kind a carton, label each with an SSCC-18 and stage it for ``destination``.

    Returns the number of cartons made. What is packed already is left alone: of a line whose rest came, the rest is
    packed, and its cartons are numbered on.
    """
    lines = [row.line for row in packed]
    _accepted(packed)
    standing = _packed_before(lines)
    fresh = [_rest(row, standing.get(row.line, [])) for row in packed]
    fresh = [part for part in fresh if part.pieces]
    serial = take(f"sscc:{DEMONSTRATION_PREFIX}", sum(len(part.filled) for part in fresh))
    cartons, contents, edges = [], [], []
    for part in fresh:
        row = part.row
        values = split(part.minor, [box.pieces for box in part.filled])
        for box, minor in zip(part.filled, values, strict=True):
            carton = _carton(row, box, serial, trade, warehouse, destination)
            carton.position, carton.of = part.before + box.position, part.before + box.of
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
    for part in fresh:
        if part.before:
            Carton.objects.filter(sscc__in=standing[part.row.line]).update(of=part.before + len(part.filled))
    notices = [outbox.Notice("cartons.staged", part.row.line, {"cartons": len(part.filled)}) for part in fresh]
    outbox.write_many(notices, at=at, by=by)
    return len(cartons)


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a line is packed now: its pieces in cartons and their worth, after so many cartons packed before."""

    row: Packed
    pieces: int
    filled: list[Filled]
    minor: int
    before: int


def _accepted(packed: Sequence[Packed]) -> None:
    counted = Receipt.objects.select_for_update().filter(line__in=[row.line for row in packed])
    accepted = {(line, order): pieces for line, order, pieces in counted.values_list("line", "order", "accepted")}
    for row in packed:
        most = accepted.get((row.line, row.order), row.pieces)
        if row.pieces > most:
            raise PackedMoreThanAccepted(f"line {row.line}: {row.pieces} to pack, but {most} accepted")


def _packed_before(lines: Sequence[str]) -> dict[str, list[str]]:
    """SSCCs of the cartons that hold pieces of each line."""
    rows = CartonContent.objects.filter(line__in=lines).exclude(carton__state=Carton.State.WITHDRAWN)
    found: dict[str, list[str]] = {}
    for line, number in rows.order_by("carton__sscc").values_list("line", "carton__sscc"):
        found.setdefault(line, []).append(number)
    return found


def _rest(row: Packed, before: Sequence[str]) -> _Part:
    """The pieces of a line that are not packed yet, worth what is left of its amount."""
    if not before:
        return _Part(row, row.pieces, list(fill_cartons(row.pieces, row.pack)), row.amount_minor, 0)
    inside = EdgeRow.objects.filter(aspect="goods", from_id=row.line, to_id__in=list(before), superseded=False)
    sums = inside.aggregate(pieces=Sum("pieces"), minor=Sum("minor"))
    pieces = max(0, row.pieces - (sums["pieces"] or 0))
    filled = list(fill_cartons(pieces, row.pack)) if pieces else []
    return _Part(row, pieces, filled, row.amount_minor - (sums["minor"] or 0), len(before))


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
