"""Opening a trade: one key, one trade."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.transport.places import find
from bolanggu.platform import outbox
from bolanggu.platform.parties.services import register
from bolanggu.trade.models import Trade
from bolanggu.trade.request import Buyer, TradeRequest, check_departure
from bolanggu.trade.world.cast import WORLD, choose_cast
from bolanggu.values.fault import Fault


class KeyInUse(Fault):
    """The key belongs to another trade."""


def open_trade(request: TradeRequest, *, at: datetime) -> Trade:
    """Return the trade of the request's key, opening it if there is none.

    Raises
    ------
    KeyInUse
        The key stands for another list or other wishes; a new trade needs a new key.
    """
    with transaction.atomic():
        standing = Trade.objects.filter(key=request.key).first()
        if standing is None:
            check_departure(request, at)
        trade = standing or _opened(request, at)
    asked = (request.purchase_list.sha256, request.destination, request.depart_on, request.currency, request.wish)
    given = (trade.list_sha256, trade.destination, trade.depart_on, trade.currency, trade.wish)
    if asked != given:
        raise KeyInUse(
            "--key",
            f'"{request.key}" belongs to trade {trade.number} of another list or with other wishes; choose a new key',
        )
    return trade


def _opened(request: TradeRequest, at: datetime) -> Trade:
    who = request.buyer or _somebody_at(request.destination)
    buyer = register(
        by=WORLD,
        at=at,
        number=who.number,
        kind="buyer",
        name_en=who.name_en,
        name_zh=who.name_zh,
        country=who.country,
    )
    trade, made = Trade.objects.get_or_create(
        key=request.key,
        defaults={
            "number": request.number,
            "list_sha256": request.purchase_list.sha256,
            "destination": request.destination,
            "depart_on": request.depart_on,
            "currency": request.currency,
            "wish": request.wish,
            "buyer": buyer,
            "cast": choose_cast(request.number, at=at, agent=who.agent),
            "source": WORLD.source.value,
            "stated_at": at,
        },
    )
    if made:
        outbox.write(kind="trade.opened", subject=trade.number, at=at, by=WORLD, payload={"key": request.key})
    return trade


def _somebody_at(destination: str) -> Buyer:
    return Buyer(
        number=f"BUYER-{destination}",
        name_en=f"Buyer at {destination} (simulated)",
        name_zh=f"{destination} 采购商（模拟）",
        country=find(destination).country,
        agent="",
    )
