"""Acts on orders, one file an act: place, confirm; refuse, close and reduce lines, redate, add, change the terms."""

from bolanggu.market.orders.errors import MoreThanOrdered, OrderNotOpen, UnknownOrder
from bolanggu.market.orders.inputs import AcceptedLine, GroupOpened, TermsOffered
from bolanggu.market.orders.services.add import add
from bolanggu.market.orders.services.change_terms import change_terms
from bolanggu.market.orders.services.close_lines import close_lines
from bolanggu.market.orders.services.confirm import confirm
from bolanggu.market.orders.services.place import place
from bolanggu.market.orders.services.redate import redate
from bolanggu.market.orders.services.reduce_lines import reduce_lines
from bolanggu.market.orders.services.refuse import refuse

__all__ = [
    "AcceptedLine",
    "GroupOpened",
    "MoreThanOrdered",
    "OrderNotOpen",
    "TermsOffered",
    "UnknownOrder",
    "add",
    "change_terms",
    "close_lines",
    "confirm",
    "place",
    "redate",
    "reduce_lines",
    "refuse",
]
