"""Gathering (单证取数): the facts of a trade's papers, for the trade as a whole and for each of its shipments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.documents.facts import Carton, Facts
from bolanggu.market.orders.models import OrderGroup
from bolanggu.trade.marks import marks_of
from bolanggu.trade.models import ShipmentStep, Trade
from bolanggu.trade.papers.gathering.customs import declarations_of
from bolanggu.trade.papers.gathering.goods import cartons_of, goods_of, orders_of
from bolanggu.trade.papers.gathering.money import buyer_account, buyer_goods, merchant_accounts
from bolanggu.trade.papers.gathering.parties import roles_of, terms_of
from bolanggu.trade.papers.gathering.transport import booking_of, boxes_of, place_name
from bolanggu.trade.papers.gathering.when import day, instant


def gather(trade: Trade) -> Facts | None:
    """Everything the papers say of a trade as it stands; None before anything is ordered."""
    if not OrderGroup.objects.filter(number=trade.number).exists():
        return None
    marks = marks_of(trade)
    own = [mark for mark in marks if not isinstance(mark, ShipmentStep)]
    goods = goods_of(trade.number)
    cartons = cartons_of(trade.number)
    whole = Facts(
        trade=trade.number,
        simulated=trade.source == "simulated",
        destination=trade.destination,
        destination_name=place_name(trade.destination),
        currency=trade.currency,
        days={mark.name: day(mark.at) for mark in own},
        times={mark.name: instant(mark.at) for mark in own},
        roles=roles_of(trade, trade.cast),
        terms=terms_of(trade.number),
        orders=orders_of(trade.number, goods),
        goods=goods,
        buyer_goods_minor=buyer_goods(trade.number, goods),
        cartons=cartons,
        buyer_account=buyer_account(trade.number, trade.buyer),
        merchant_accounts=merchant_accounts(trade.number),
    )
    shipped = [mark for mark in marks if isinstance(mark, ShipmentStep)]
    parts = [_part(whole, trade, number, shipped) for number in consolidation.shipments_of(trade.number)]
    return replace(whole, cartons=_boxed(cartons, parts), shipments=tuple(parts))


def _part(whole: Facts, trade: Trade, shipment: str, marks: list[ShipmentStep]) -> Facts:
    """The trade's part in one shipment."""
    own = {mark.name: mark for mark in marks if mark.shipment.number == shipment}
    facts: dict[str, Any] = {name: mark.facts for name, mark in own.items()}
    taken = consolidation.taken(shipment)
    boxes, box_of = boxes_of(trade.number, shipment)
    cartons = [replace(one, box=box_of.get(one.sscc, "")) for one in whole.cartons if one.sscc in taken]
    cast = next(iter(own.values())).shipment.cast if own else trade.cast
    return replace(
        whole,
        shipment=shipment,
        roles=roles_of(trade, {**trade.cast, **cast}),
        days={**whole.days, **{name: day(mark.at) for name, mark in own.items()}},
        times={**whole.times, **{name: instant(mark.at) for name, mark in own.items()}},
        cartons=tuple(cartons),
        boxes=boxes,
        declarations=declarations_of(trade.number, {box.plan for box in boxes}) if "declare" in own else (),
        booking=booking_of(shipment) if facts.get("book") else None,
    )


def _boxed(cartons: tuple[Carton, ...], parts: list[Facts]) -> tuple[Carton, ...]:
    box_of = {carton.sscc: carton.box for part in parts for carton in part.cartons}
    return tuple(replace(carton, box=box_of.get(carton.sscc, "")) for carton in cartons)
