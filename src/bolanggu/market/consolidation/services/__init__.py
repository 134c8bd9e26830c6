"""Acts of consolidation: cartons join the pool, a shipment takes them, boxes are planned, loaded and sealed."""

from bolanggu.market.consolidation.services.join_pool import join_pool
from bolanggu.market.consolidation.services.load import load
from bolanggu.market.consolidation.services.mark_stale import mark_stale
from bolanggu.market.consolidation.services.open_shipment import ShipmentDiffers, open_shipment
from bolanggu.market.consolidation.services.plan import plan
from bolanggu.market.consolidation.services.states import NotWaiting
from bolanggu.market.consolidation.values import PlannedBox, Pool, Reasoned, ShipmentOpened, Waiting

__all__ = [
    "NotWaiting",
    "PlannedBox",
    "Pool",
    "Reasoned",
    "ShipmentDiffers",
    "ShipmentOpened",
    "Waiting",
    "join_pool",
    "load",
    "mark_stale",
    "open_shipment",
    "plan",
]
