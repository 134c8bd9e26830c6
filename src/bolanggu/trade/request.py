"""What a trade is asked to be, checked before anything is written."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bolanggu.market.inquiries.purchase_list import PurchaseList, read_purchase_list
from bolanggu.values.fault import Fault

MOST_KEY = 200
#: quotes, rates and timetables say nothing of later days
MOST_DAYS_AHEAD = 365


@dataclass(frozen=True, slots=True)
class Buyer:
    """A known buyer: her number, names and country (ISO 3166 alpha-2), and the number of her agent."""

    number: str
    name_en: str
    name_zh: str
    country: str
    agent: str


@dataclass(frozen=True, slots=True)
class TradeRequest:
    """A purchase list, where to, not before which day, in whose currency, under which key.

    ``wish`` is how the goods shall travel (sea, rail, air; empty: the cheapest way on the ground); without a ``buyer``
    a simulated one at the destination buys.
    """

    purchase_list: PurchaseList
    destination: str
    depart_on: date | None
    currency: str
    key: str
    wish: str = ""
    buyer: Buyer | None = None

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
    wish: str = "",
    buyer: Buyer | None = None,
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
    return TradeRequest(purchase_list, destination, depart_on, currency, key or f"list:{wishes}", wish, buyer)


def check_departure(request: TradeRequest, at: datetime) -> None:
    """Refuse a departure in the past or beyond a year for a trade to be opened; one that stands goes on as it is.

    Raises
    ------
    Fault
        The departure lies before the day of ``at``, or more than `MOST_DAYS_AHEAD` after it.
    """
    if request.depart_on is None:
        return
    if request.depart_on < at.date():
        raise Fault("--depart", f"{request.depart_on} is in the past; give {at.date()} or later")
    last = at.date() + timedelta(days=MOST_DAYS_AHEAD)
    if request.depart_on > last:
        raise Fault(
            "--depart", f"{request.depart_on} is too far ahead: departures are known for a year; give {last} or earlier"
        )
