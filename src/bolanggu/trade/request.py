"""What a trade is asked to be, checked before anything is written."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bolanggu.market.inquiries.purchase_list import PurchaseList, read_purchase_list
from bolanggu.values.fault import Fault

MOST_KEY = 200


@dataclass(frozen=True, slots=True)
class TradeRequest:
    """A purchase list, where to, not before which day, in whose currency, under which key."""

    purchase_list: PurchaseList
    destination: str
    depart_on: date | None
    currency: str
    key: str

    @property
    def number(self) -> str:
        """The trade's number: the same key gives the same number.

        >>> TradeRequest(PurchaseList("l.csv", "0", [], []), "ESBCN", None, "USD", "k").number
        'TQJKMGKNJFB'
        """
        digest = hashlib.sha256(self.key.encode()).digest()
        return "T" + base64.b32encode(digest)[:10].decode()


def ask(
    list_file: Path,
    *,
    destination: str,
    depart_on: date | None,
    currency: str,
    key: str | None,
    catalogue: str,
) -> TradeRequest:
    """Read and check a request. Without a key, the same list, wishes and catalogue are the same trade.

    Raises
    ------
    Fault
        The list or the key cannot be used.
    """
    if key is not None and not 0 < len(key) <= MOST_KEY:
        raise Fault("--key", f"has {len(key)} characters; give 1 to {MOST_KEY}")
    purchase_list = read_purchase_list(list_file)
    wishes = f"{purchase_list.sha256}|{destination}|{depart_on or ''}|{currency}|{catalogue}"
    return TradeRequest(purchase_list, destination, depart_on, currency, key or f"list:{wishes}")


def check_departure(request: TradeRequest, at: datetime) -> None:
    """Refuse a departure in the past for a trade that is to be opened; one that stands goes on whatever the day.

    Raises
    ------
    Fault
        The departure lies before the day of ``at``.
    """
    if request.depart_on is not None and request.depart_on < at.date():
        raise Fault("--depart", f"{request.depart_on} is in the past; give {at.date()} or later")
