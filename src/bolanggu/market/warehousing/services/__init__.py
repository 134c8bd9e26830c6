"""Acts of the warehouse, one file an act: count, pack, measure, load out; count again, unpack, send elsewhere."""

from bolanggu.market.warehousing.errors import CountDoesNotAddUp, NotCounted, NotInTheWarehouse, PackedMoreThanAccepted
from bolanggu.market.warehousing.inputs import Counted, Measured, Packed
from bolanggu.market.warehousing.services.count import count
from bolanggu.market.warehousing.services.deliver import deliver, miss
from bolanggu.market.warehousing.services.load_out import load_out, take_back
from bolanggu.market.warehousing.services.measure import measure, measured_as_promised
from bolanggu.market.warehousing.services.pack import pack
from bolanggu.market.warehousing.services.recount import recount
from bolanggu.market.warehousing.services.redirect import redirect
from bolanggu.market.warehousing.services.unpack import unpack

__all__ = [
    "CountDoesNotAddUp",
    "Counted",
    "Measured",
    "NotCounted",
    "NotInTheWarehouse",
    "Packed",
    "PackedMoreThanAccepted",
    "count",
    "deliver",
    "load_out",
    "measure",
    "measured_as_promised",
    "miss",
    "pack",
    "recount",
    "redirect",
    "take_back",
    "unpack",
]
