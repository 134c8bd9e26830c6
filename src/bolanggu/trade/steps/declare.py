"""Step 9, declare (申报): loaded goods become declarations; each is checked, sent, and released or inspected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bolanggu.market.customs import selectors as customs
from bolanggu.market.customs.consignment import Buyer, Operator
from bolanggu.market.customs.filings import Filed, filed
from bolanggu.market.customs.loaded import LoadedGoods, Rates, Shipment
from bolanggu.market.customs.services import draft, release, send
from bolanggu.platform import lineage
from bolanggu.platform.lineage import Edge
from bolanggu.trade.loaded_goods import loaded_goods
from bolanggu.trade.money import group_rates
from bolanggu.trade.process import Stage
from bolanggu.trade.world.assumptions import world
from bolanggu.trade.world.identities import alpha3, passport


@dataclass(frozen=True, slots=True)
class Entry:
    """What the broker is given: the goods in the boxes, how they leave, who exports and buys, and the month's rates."""

    goods: list[LoadedGoods]
    shipment: Shipment
    filed: Filed
    operator: Operator
    buyer: Buyer
    rates: Rates


def prepare(stage: Stage) -> Entry | None:
    """Gather the loaded goods and the filings; None where nothing was loaded."""
    if not stage.facts["load"]["boxes"]:
        return None
    city = filed("yiwu")
    country = alpha3(stage.trade.buyer.country)
    return Entry(
        goods=loaded_goods(stage.trade.number, city.cluster.code, recognised_at=stage.clock),
        shipment=_shipment(stage, city, country),
        filed=city,
        operator=next(one for one in city.operators if one.uscc == stage.cast.operator_1039.uscc),
        buyer=Buyer(stage.trade.buyer.name_en, country, "PASSPORT", passport(stage.trade.buyer.number), verified=True),
        rates=_rates(stage),
    )


def act(stage: Stage, entry: Entry | None) -> tuple[datetime, dict[str, Any]]:
    """Draft, send what is in order, and let customs release it; what needs a person stays with the broker."""
    if entry is None:
        return stage.clock, {"declarations": 0}
    by, at = stage.cast.world, stage.clock + timedelta(hours=world("declare_hours"))
    made = draft(
        by=by,
        at=at,
        shipment=entry.shipment,
        goods=entry.goods,
        operator=entry.operator,
        buyer=entry.buyer,
        cluster=entry.filed.cluster,
        rates=entry.rates,
    )
    lineage.record(
        Edge(
            "goods",
            "container",
            one.container,
            "declaration",
            one.number,
            one.pieces,
            one.net_g,
            one.value_cents,
            "USD",
        )
        for one in made
    )
    clear = [one.number for one in made if one.verdict == "ok"]
    for number in clear:
        send(by=by, at=at, number=number)
        release(by=by, at=at, number=number)
    waiting = [one.number for one in customs.current(stage.trade.number) if one.number not in clear]
    return at, {"declarations": len(made), "released": clear, "with_the_broker": waiting}


def _shipment(stage: Stage, city: Filed, country: str) -> Shipment:
    first = stage.facts["book"]
    return Shipment(
        trade=stage.trade.number,
        bl_no=f"BL-{stage.trade.number}",
        vessel=first["vessel"],
        custom_master=city.cluster.customs_offices[0],
        exit_port=city.exit_customs.get(first["exit_place"], city.cluster.customs_offices[0]),
        destination=country,
        registered_at=stage.trade.stated_at,
        loaded_at=stage.clock,
    )


def _rates(stage: Stage) -> Rates:
    frozen = group_rates(stage.trade.number)
    currencies = {"CNY", *frozen.parities} - {"USD"}
    per_usd = {}
    for currency in sorted(currencies):
        rate = frozen.between("USD", currency)
        per_usd[currency] = f"{rate.numerator}/{rate.denominator}"
    sources = sorted({parity.source for parity in frozen.parities.values()})
    return Rates(f"{stage.clock:%Y-%m}", per_usd, "; ".join(sources))
