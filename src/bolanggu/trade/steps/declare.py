"""Step 9, declare (申报): loaded goods become declarations; each is checked, sent, and released or inspected.

A declaration is of one buyer, whoever else has goods in the box: goods of several lists of one buyer in one box are
declared together, those of another buyer apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bolanggu.market.customs import selectors as customs
from bolanggu.market.customs.consignment import Buyer, Operator
from bolanggu.market.customs.filings import Filed, filed
from bolanggu.market.customs.loaded import LoadedGoods, Rates, Shipment
from bolanggu.market.customs.models import Declaration, ItemSource
from bolanggu.market.customs.services import draft, inspect, release, send
from bolanggu.platform import lineage
from bolanggu.platform.lineage import Edge
from bolanggu.trade.changes.selectors import selected_for_inspection
from bolanggu.trade.loaded_goods import loaded_goods
from bolanggu.trade.models import Trade
from bolanggu.trade.money import group_rates
from bolanggu.trade.stages import ShippingStage
from bolanggu.trade.world.assumptions import world
from bolanggu.trade.world.identities import alpha3, passport


@dataclass(frozen=True, slots=True)
class Entry:
    """What the broker is given for one buyer: her trades and goods, how they leave, who exports, the month's rates."""

    trades: list[str]
    goods: list[LoadedGoods]
    shipment: Shipment
    filed: Filed
    operator: Operator
    buyer: Buyer
    rates: Rates


def prepare(stage: ShippingStage) -> list[Entry]:
    """Gather the loaded goods and the filings, buyer by buyer; none where nothing was loaded."""
    if not stage.facts["load"]["boxes"]:
        return []
    of: dict[tuple[str, str], list[Trade]] = defaultdict(list)
    for trade in stage.trades.values():
        of[trade.buyer.number, trade.cast["operator_1039"]].append(trade)
    entries = []
    for position, (_, trades) in enumerate(sorted(of.items()), 1):
        reference = stage.number if len(of) == 1 else f"{stage.number}-{position}"
        entry = _entry(stage, trades, reference)
        entries += [entry] if entry.goods else []
    return entries


def act(stage: ShippingStage, entries: list[Entry]) -> tuple[datetime, dict[str, Any]]:
    """Draft, send what is in order, and let customs release it; what needs a person stays with the broker."""
    if not entries:
        return stage.clock, {"declarations": 0}
    by, at = stage.cast.world, stage.clock + timedelta(hours=world("declare_hours"))
    clear: list[str] = []
    waiting: list[str] = []
    for entry in entries:
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
        lineage.record(_cleared(made, entry.goods))
        for one in made:
            if one.verdict == "ok":
                send(by=by, at=at, number=one.number)
                if why := selected_for_inspection(entry.trades):
                    inspect(by=by, at=at, number=one.number, note=why)
                    continue
                release(by=by, at=at, number=one.number)
                clear.append(one.number)
        waiting += [one.number for one in customs.current(entry.shipment.trade) if one.number not in clear]
    return at, {
        "declarations": len(clear) + len(waiting),
        "released": clear,
        "with_the_broker": waiting,
        "references": [{"ref": entry.shipment.trade, "trades": entry.trades} for entry in entries],
    }


def _entry(stage: ShippingStage, trades: Sequence[Trade], reference: str) -> Entry:
    city, first = filed("yiwu"), trades[0]
    country = alpha3(first.buyer.country)
    uscc = first.cast["operator_1039"].removeprefix("OP-")
    return Entry(
        trades=[trade.number for trade in trades],
        goods=[
            part
            for trade in trades
            for part in loaded_goods(trade.number, stage.number, city.cluster.code, recognised_at=stage.clock)
        ],
        shipment=_shipment(stage, reference, city, country, min(trade.stated_at for trade in trades)),
        filed=city,
        operator=next(one for one in city.operators if one.uscc == uscc),
        buyer=Buyer(first.buyer.name_en, country, "PASSPORT", passport(first.buyer.number), verified=True),
        rates=_rates(stage, trades),
    )


def _cleared(made: Sequence[Declaration], goods: Sequence[LoadedGoods]) -> list[Edge]:
    """Edges carton → declaration: the part of each carton that a declaration clears."""
    cleared_by: dict[tuple[str, str], str] = {}
    rows = ItemSource.objects.filter(item__declaration__in=made)
    for line, box, number in rows.values_list("line", "item__declaration__container", "item__declaration__number"):
        cleared_by[line, box] = number
    parts: dict[tuple[str, str], list[LoadedGoods]] = defaultdict(list)
    for part in goods:
        parts[part.carton, cleared_by[part.line, part.container]].append(part)
    return [_cleared_part(carton, number, of) for (carton, number), of in parts.items()]


def _cleared_part(carton: str, number: str, parts: Sequence[LoadedGoods]) -> Edge:
    """What a declaration clears of a carton; goods of several currencies have no sum."""
    currencies = {part.currency for part in parts}
    one = currencies.pop() if len(currencies) == 1 else ""
    pieces, net_g, minor = (sum(getattr(part, what) for part in parts) for what in ("pieces", "net_g", "minor"))
    return Edge("cleared", "carton", carton, "declaration", number, pieces, net_g, minor if one else 0, one)


def _shipment(stage: ShippingStage, reference: str, city: Filed, country: str, registered_at: datetime) -> Shipment:
    first = stage.facts["book"]
    return Shipment(
        trade=reference,
        bl_no=f"BL-{reference}",
        vessel=first["vessel"],
        custom_master=city.cluster.customs_offices[0],
        exit_port=city.exit_customs.get(first["exit_place"], city.cluster.customs_offices[0]),
        destination=country,
        registered_at=registered_at,
        loaded_at=stage.clock,
    )


def _rates(stage: ShippingStage, trades: Sequence[Trade]) -> Rates:
    """The month's rates: those frozen on the buyer's groups."""
    per_usd: dict[str, str] = {}
    sources: set[str] = set()
    for frozen in (group_rates(trade.number) for trade in trades):
        for currency in sorted({"CNY", *frozen.parities} - {"USD"}):
            rate = frozen.between("USD", currency)
            per_usd.setdefault(currency, f"{rate.numerator}/{rate.denominator}")
        sources |= {parity.source for parity in frozen.parities.values()}
    return Rates(f"{stage.clock:%Y-%m}", per_usd, "; ".join(sorted(sources)))
