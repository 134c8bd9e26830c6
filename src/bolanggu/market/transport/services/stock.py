"""Move stock of overseas warehouses: in with a shipment, out to a buyer; no more goes out than there is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from bolanggu.market.transport.models import StationMove, StationStock
from bolanggu.market.transport.overseas import stations
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class UnknownStation(LookupError):
    """No overseas warehouse has this code."""

    code = "unknown_station"


class NotInStock(ValueError):
    """Fewer pieces are there than are to go out."""

    code = "not_in_stock"


class MoveStated(ValueError):
    """A move of this key stands with another number of pieces."""

    code = "move_stated"


@requires("stock", "move")
@transaction.atomic
def move_stock(*, by: Actor, at: datetime, station: str, product: str, pieces: int, key: str) -> StationMove:
    """Take pieces in (above 0) or out (below 0); a move of the same key counts once.

    Raises
    ------
    UnknownStation, NotInStock, MoveStated
        As they say.
    """
    if station not in stations():
        raise UnknownStation(f"{station} is no overseas warehouse; there are {', '.join(stations())}")
    facts = {"pieces": pieces, "source": by.source.value, "stated_at": at}
    move, made = StationMove.objects.get_or_create(market=1, station=station, product=product, key=key, defaults=facts)
    if not made:
        if move.pieces != pieces:
            raise MoveStated(f"move {key} of {product} stands with {move.pieces} pieces, not {pieces}")
        return move
    stated = {"source": by.source.value, "stated_at": at}
    row, _ = StationStock.objects.get_or_create(market=1, station=station, product=product, defaults=stated)
    if not StationStock.objects.filter(pk=row.pk, pieces__gte=-pieces).update(pieces=F("pieces") + pieces):
        row.refresh_from_db()
        raise NotInStock(f"{station} has {row.pieces} pieces of {product}, {-pieces} are to go out")
    outbox.write(kind="stock.moved", subject=station, at=at, by=by, payload={"product": product, "pieces": pieces})
    return move
