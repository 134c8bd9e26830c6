"""Step 6, make and receive (生产、收货): the deposit opens production; what is made is counted, packed and staged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bolanggu.market.consolidation.services import join_pool
from bolanggu.market.orders import selectors as orders
from bolanggu.market.production.services import DepositGate, Work, finish, start
from bolanggu.market.settlement.selectors import deposit_gates
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import Packed, measured_as_promised, pack
from bolanggu.trade.cargo import as_waiting
from bolanggu.trade.deliveries import accepted, count_in, ready_at
from bolanggu.trade.goods_facts import GoodsFacts, facts_of
from bolanggu.trade.shipping import pool_of
from bolanggu.trade.stages import Stage
from bolanggu.trade.world.assumptions import world
from bolanggu.values.quantity import Dimensions, Pack


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the merchants deliver: order lines, the goods' facts, the deposits held, and when each line is ready."""

    lines: list[dict[str, Any]]
    goods: dict[str, GoodsFacts]
    gates: list[DepositGate]
    ready: dict[str, datetime]


def delivered_at(stage: Stage) -> datetime:
    """When the last goods of a trade are delivered by what is promised now."""
    made = prepare(stage)
    if not made.lines:
        return stage.clock
    return max(made.ready.values()) + timedelta(hours=world("delivery_hours"))


def prepare(stage: Stage) -> Delivery:
    """Read the orders and their goods."""
    lines = orders.lines(stage.trade.number)
    goods = facts_of({line["product"] for line in lines})
    placed = sorted({line["order__number"] for line in lines})
    gates = [DepositGate(*gate) for gate in deposit_gates(placed)]
    ready = ready_at(lines, {code: facts.lead_days for code, facts in goods.items()}, stage.clock)
    return Delivery(lines, goods, gates, ready)


def act(stage: Stage, made: Delivery) -> tuple[datetime, dict[str, Any]]:
    """Start, finish, count, pack; the cartons wait in the pool."""
    by, numbers = stage.cast.world, stage.trade.number
    if not made.lines:
        return stage.clock, {"cartons": 0, "lines": 0}
    start(by=by, at=stage.clock, work=[_work(line, made.goods) for line in made.lines], gates=made.gates)
    finish(by=by, ready=sorted(made.ready.items()))
    at = max(made.ready.values()) + timedelta(hours=world("delivery_hours"))
    warehouse = stage.cast.warehouse.number
    count_in(made.lines, warehouse=warehouse, by=by, at=at)
    here = accepted(made.lines)
    cartons = pack(
        by=by,
        at=at,
        trade=numbers,
        warehouse=warehouse,
        destination=stage.trade.destination,
        packed=[
            _packed(stage, line, made.goods[line["product"]], here[line["line"]])
            for line in made.lines
            if here[line["line"]]
        ],
    )
    measured_as_promised(by=by, at=at, trade=numbers)
    join_pool(
        by=by,
        at=at,
        pool=pool_of(stage.trade),
        cartons=as_waiting(warehousing.cartons(numbers)),
        not_before=stage.trade.depart_on,
    )
    return at, {"cartons": cartons, "lines": len(made.lines)}


def _work(line: dict[str, Any], goods: dict[str, GoodsFacts]) -> Work:
    return Work(line["line"], line["order__number"], line["quantity"], goods[line["product"]].lead_days)


def _packed(stage: Stage, line: dict[str, Any], goods: GoodsFacts, pieces: int) -> Packed:
    size = Dimensions(goods.carton_l_mm, goods.carton_w_mm, goods.carton_h_mm)
    return Packed(
        line=line["line"],
        order=line["order__number"],
        product=line["product"],
        pieces=pieces,
        amount_minor=line["unit_minor"] * pieces,
        currency=line["order__currency"],
        pack=Pack(goods.pieces_per_carton, size, goods.carton_net_g, goods.carton_gross_g),
        mark=f"{stage.trade.buyer.number} / {stage.trade.destination} / {stage.trade.number}",
        this_side_up=goods.this_side_up,
        fragile=goods.fragile,
        apart=goods.apart,
    )
