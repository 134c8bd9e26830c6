"""Acts of transport: book, confirm, restate, roll, cancel; depart, arrive, and times as they are stated."""

from bolanggu.market.transport.services.book import book, confirm
from bolanggu.market.transport.services.change import cancel, roll
from bolanggu.market.transport.services.move import arrive, depart, state_time
from bolanggu.market.transport.services.restate import restate
from bolanggu.market.transport.services.stock import move_stock

__all__ = ["arrive", "book", "cancel", "confirm", "depart", "move_stock", "restate", "roll", "state_time"]
