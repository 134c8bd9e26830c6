"""Starting a trade from the command line: a city to trade in, a known destination, a currency with a rate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bolanggu.market.goods.models import Catalogue
from bolanggu.market.settlement import rates
from bolanggu.market.transport.connections import origin
from bolanggu.market.transport.places import find
from bolanggu.trade.models import Trade
from bolanggu.trade.request import TradeRequest, ask, check_departure
from bolanggu.trade.world.build import ensure
from bolanggu.values.fault import Fault


def start_trade(
    list_file: Path,
    *,
    to: str,
    depart_on: date | None,
    currency: str,
    key: str | None,
    at: datetime,
    say: Callable[[str], None],
) -> TradeRequest:
    """Check everything that can be checked before the first deed; build the demo city if there is no city.

    Raises
    ------
    Fault
        The list, destination, departure or currency cannot be used.
    """
    destination = find(to).code
    if destination == origin().code or destination == "CNYIW":
        raise Fault("--to", f"the goods are in {destination} already; name a place abroad, such as ESBCN")
    rates.on(at.date()).between(currency, "CNY")

    def asked() -> TradeRequest:
        return ask(
            list_file,
            destination=destination,
            depart_on=depart_on,
            currency=currency,
            key=key,
            catalogue=_catalogue(),
        )

    request = asked()
    if not Trade.objects.filter(key=request.key).exists():
        check_departure(request, at)
    ensure(at=at, say=say)
    return asked()


def _catalogue() -> str:
    standing = Catalogue.objects.filter(market=1).first()
    return f"{standing.origin}-{standing.generation}" if standing else ""
