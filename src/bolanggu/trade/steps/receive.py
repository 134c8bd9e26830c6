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
from bolanggu.market.warehousing.services import Counted, Packed, count, pack
from bolanggu.trade.cargo import as_waiting
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


def prepare(stage: Stage) -> Delivery:
    """Read the orders and their goods."""
    lines = orders.lines(stage.trade.number)
    goods = facts_of({line["product"] for line in lines})
    placed = sorted({line["order__number"] for line in lines})
    gates = [DepositGate(*gate) for gate in deposit_gates(placed)]
    ready = {line["line"]: stage.clock + timedelta(days=goods[line["product"]].lead_days) for line in lines}
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
    count(by=by, at=at, warehouse=warehouse, counted=[_counted(line) for line in made.lines])
    cartons = pack(
        by=by,
        at=at,
        trade=numbers,
        warehouse=warehouse,
        destination=stage.trade.destination,
        packed=[_packed(stage, line, made.goods[line["product"]]) for line in made.lines],
    )
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


def _counted(line: dict[str, Any]) -> Counted:
    return Counted(line["line"], line["order__number"], line["quantity"], line["quantity"], line["quantity"])


def _packed(stage: Stage, line: dict[str, Any], goods: GoodsFacts) -> Packed:
    size = Dimensions(goods.carton_l_mm, goods.carton_w_mm, goods.carton_h_mm)
    return Packed(
        line=line["line"],
        order=line["order__number"],
        product=line["product"],
        pieces=line["quantity"],
        amount_minor=line["amount_minor"],
        currency=line["order__currency"],
        pack=Pack(goods.pieces_per_carton, size, goods.carton_net_g, goods.carton_gross_g),
        mark=f"{stage.trade.buyer.number} / {stage.trade.destination} / {stage.trade.number}",
        this_side_up=goods.this_side_up,
        fragile=goods.fragile,
        apart=goods.apart,
    )
