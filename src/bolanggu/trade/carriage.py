"""Carriage (承运): whether goods can be carried at all, asked before anybody orders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bolanggu.market.inquiries.services import QuotedLine
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.planning import plan
from bolanggu.market.warehousing.packing import fill_cartons
from bolanggu.trade.cargo import Cargo
from bolanggu.trade.freight import space_needed
from bolanggu.trade.goods_facts import GoodsFacts
from bolanggu.trade.models import Trade
from bolanggu.trade.stowing import refused
from bolanggu.trade.world.assumptions import world
from bolanggu.values.fault import Fault
from bolanggu.values.quantity import Dimensions, Pack, ceil_div


def too_large(quoted: Sequence[QuotedLine], goods: Mapping[str, GoodsFacts]) -> dict[str, str]:
    """Lines whose cartons, as they are promised, no container takes: line → reason."""
    rules = str(world("loading_profile"))
    reasons = {}
    for line in quoted:
        reason = refused(_row(goods[line.product], line.sold), rules)
        if reason is not None:
            reasons[line.line] = f"no container takes a carton of {line.product}: {reason}"
    return reasons


def ask_for_space(trade: Trade, quoted: Sequence[QuotedLine], goods: Mapping[str, GoodsFacts], at: datetime) -> None:
    """Refuse a list that no departure can hold, before anything of it is ordered.

    A list that needs no more than the least space that departures of any mode hold is not asked about.

    Raises
    ------
    Fault
        Nothing leaves for the destination with so much space.
    """
    if not quoted:
        return
    teu = space_needed(_promised(quoted, goods))
    if teu <= min(mode["value"] for mode in assumed("space").values()):
        return
    ready = at + timedelta(days=max(goods[line.product].lead_days for line in quoted))
    if trade.depart_on is not None:
        ready = max(ready, datetime.combine(trade.depart_on, time(), UTC))
    if not any(way.legs for way in plan(trade.destination, ready, teu=teu, left=transport.space_left(at))):
        raise Fault(
            "--to",
            f"no departure from Yiwu to {trade.destination} has space for {teu:.0f} TEU in the coming months, which is"
            " what the list would fill; nothing was ordered: split the list, or choose another destination",
        )


def _promised(quoted: Sequence[QuotedLine], goods: Mapping[str, GoodsFacts]) -> Cargo:
    filled = [(_pack(goods[line.product]), line.sold) for line in quoted]
    counts = [ceil_div(pieces, pack.pieces) for pack, pieces in filled]
    return Cargo(
        sum(counts),
        sum(n * pack.size.cubic_mm for n, (pack, _) in zip(counts, filled, strict=True)),
        sum(n * pack.gross_g for n, (pack, _) in zip(counts, filled, strict=True)),
    )


def _pack(facts: GoodsFacts) -> Pack:
    size = Dimensions(facts.carton_l_mm, facts.carton_w_mm, facts.carton_h_mm)
    return Pack(facts.pieces_per_carton, size, facts.carton_net_g, facts.carton_gross_g)


def _row(facts: GoodsFacts, pieces: int) -> dict[str, Any]:
    """The heaviest carton of a line, as a stower sees it."""
    heaviest = max(box.gross_g for box in fill_cartons(min(pieces, facts.pieces_per_carton), _pack(facts)))
    return {
        "trade": "",
        "l_mm": facts.carton_l_mm,
        "w_mm": facts.carton_w_mm,
        "h_mm": facts.carton_h_mm,
        "gross_g": heaviest,
        "this_side_up": facts.this_side_up,
        "fragile": facts.fragile,
        "apart": facts.apart,
    }
