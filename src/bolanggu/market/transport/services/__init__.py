"""Acts of transport: book, confirm, roll, cancel; depart, arrive, and times as they are stated."""

from bolanggu.market.transport.services.book import book, confirm
from bolanggu.market.transport.services.change import cancel, roll
from bolanggu.market.transport.services.move import arrive, depart, state_time

__all__ = ["arrive", "book", "cancel", "confirm", "depart", "roll", "state_time"]
