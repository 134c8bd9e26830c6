"""Step 12, observe (入指数): each order line becomes an observation of the market index."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.analytics.market_index.lines import ObservedLine
from bolanggu.analytics.market_index.services import observe
from bolanggu.market.orders import selectors as orders
from bolanggu.trade.goods_facts import facts_of
from bolanggu.trade.stages import Stage
from bolanggu.values.period import month_of


def prepare(stage: Stage) -> list[ObservedLine]:
    """Order lines with the market category of their goods as class, in the month in which they were ordered."""
    if not stage.facts["order"]["orders"]:
        return []
    lines = orders.lines(stage.trade.number)
    goods = facts_of({line["product"] for line in lines})
    return [
        ObservedLine(
            line_id=line["line"],
            product=line["product"],
            goods_class=goods[line["product"]].category,
            period=month_of(stage.trade.stated_at.date()),
            unit_price_minor=line["unit_minor"],
            currency=line["order__currency"],
            pieces=line["quantity"],
        )
        for line in lines
    ]


def act(stage: Stage, rows: list[ObservedLine]) -> tuple[datetime, dict[str, Any]]:
    """Observe the lines and publish the points they touch."""
    if not rows:
        return stage.clock, {"points": []}
    points = observe(by=stage.cast.world, at=stage.clock, rows=rows)
    return stage.clock, {"points": [point.number for point in points]}
