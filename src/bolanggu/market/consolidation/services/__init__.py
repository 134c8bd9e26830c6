"""Acts of consolidation: cartons join the pool, a shipment takes them, boxes are planned, loaded and sealed."""

from bolanggu.market.consolidation.services.change_pool import LeftAlready, change_pool, drop_cartons, take_more
from bolanggu.market.consolidation.services.join_pool import join_pool
from bolanggu.market.consolidation.services.load import load
from bolanggu.market.consolidation.services.mark_stale import mark_stale
from bolanggu.market.consolidation.services.note_waits import note_waits
from bolanggu.market.consolidation.services.open_shipment import ShipmentDiffers, open_shipment
from bolanggu.market.consolidation.services.plan import plan
from bolanggu.market.consolidation.services.states import NotWaiting
from bolanggu.market.consolidation.services.withdraw import withdraw_plans
from bolanggu.market.consolidation.values import PlannedBox, Pool, Reasoned, ShipmentOpened, Waiting

__all__ = [
    "LeftAlready",
    "NotWaiting",
    "PlannedBox",
    "Pool",
    "Reasoned",
    "ShipmentDiffers",
    "ShipmentOpened",
    "Waiting",
    "change_pool",
    "drop_cartons",
    "join_pool",
    "load",
    "mark_stale",
    "note_waits",
    "open_shipment",
    "plan",
    "take_more",
    "withdraw_plans",
]
