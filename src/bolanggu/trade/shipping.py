"""Shipping (出运): shipments made of one trade, or of what waits in a pool."""

from __future__ import annotations

from datetime import datetime

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import PoolEntry, Shipment
from bolanggu.market.consolidation.services import Pool, ShipmentOpened, open_shipment
from bolanggu.market.orders import selectors as orders
from bolanggu.market.orders.models import OrderGroup
from bolanggu.trade.models import Trade
from bolanggu.trade.world.cast import WORLD


def pool_of(trade: Trade) -> Pool:
    """The pool in which a trade's cartons wait: destination, agent, frozen terms, and the buyer's wish."""
    terms = ""
    if OrderGroup.objects.filter(number=trade.number).exists():
        group = orders.group(trade.number)
        terms = f"{group['terms__incoterm']} {group['terms__place']} {group['terms__freight']}"
    return Pool(trade.destination, trade.cast["agent"], terms, trade.wish)


def ship_alone(trade: Trade, *, at: datetime) -> Shipment:
    """The shipment of a trade that shares its boxes with nobody: it has the trade's number and takes what waits."""
    standing = Shipment.objects.filter(number=trade.number).first()
    if standing is not None:
        return standing
    waits = PoolEntry.objects.filter(trade=trade.number, state=PoolEntry.State.WAITING)
    opened = ShipmentOpened(trade.number, pool_of(trade), trade.cast, [trade.number], trade.depart_on)
    return open_shipment(by=WORLD, at=at, opened=opened, ssccs=sorted(waits.values_list("sscc", flat=True)))


def is_complete(trade: str, *, beside: str = "") -> bool:
    """True if no carton of the trade waits for a further shipment, and all its shipments but ``beside`` are loaded."""
    if consolidation.still_waiting([trade]):
        return False
    open_ = PoolEntry.objects.filter(trade=trade, state__in=[PoolEntry.State.TAKEN, PoolEntry.State.PLANNED])
    return not open_.exclude(shipment=beside).exists()
