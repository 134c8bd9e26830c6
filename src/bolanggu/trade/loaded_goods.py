"""Loaded goods of a trade, joined for customs: the part of each line in each carton of each box, with its value."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.customs.loaded import LoadedGoods
from bolanggu.market.orders import selectors as orders
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.trade.changes.codes import stated_codes
from bolanggu.trade.goods_facts import GoodsFacts, facts_of
from bolanggu.trade.world.broker import broker_choice
from bolanggu.values.money import split


def loaded_goods(trade: str, shipment: str, cluster: str | None, *, recognised_at: datetime) -> list[LoadedGoods]:
    """One row for each line of a trade in each carton loaded with a shipment.

    Grams and minor units add up to the carton's and the line's.
    """
    box_of = {
        placed[0]: box["number"] for box in consolidation.boxes_of_shipment(shipment) for placed in box["placements"]
    }
    lines = {line["line"]: line for line in orders.lines(trade)}
    merchants = {order["number"]: order for order in orders.orders(trade)}
    goods = facts_of({line["product"] for line in lines.values()})
    for line, hs10 in stated_codes(lines).items():
        lines[line]["hs10"] = hs10
    worth = _worth(list(lines))
    made = []
    for carton in warehousing.cartons(trade):
        if carton["sscc"] in box_of:
            made += _of_carton(carton, box_of[carton["sscc"]], lines, merchants, goods, worth, cluster, recognised_at)
    return made


def _worth(lines: list[str]) -> dict[tuple[str, str], int]:
    """Minor units of each line in each carton."""
    edges = EdgeRow.objects.filter(
        aspect="goods", from_kind="line", from_id__in=lines, to_kind="carton", superseded=False
    )
    return {(line, carton): minor for line, carton, minor in edges.values_list("from_id", "to_id", "minor")}


def _of_carton(
    carton: dict[str, Any],
    box: str,
    lines: dict[str, dict[str, Any]],
    merchants: dict[str, dict[str, Any]],
    goods: dict[str, GoodsFacts],
    worth: dict[tuple[str, str], int],
    cluster: str | None,
    recognised_at: datetime,
) -> list[LoadedGoods]:
    contents = carton["contents"]
    gross = split(carton["gross_g"], [content["net_g"] for content in contents])
    made = []
    for content, gross_g in zip(contents, gross, strict=True):
        line = lines[content["line"]]
        merchant = merchants[line["order__number"]]
        facts = goods[line["product"]]
        made.append(
            LoadedGoods(
                line=line["line"],
                carton=carton["sscc"],
                container=box,
                merchant=merchant["merchant__number"],
                merchant_name=merchant["merchant__name_zh"] or merchant["merchant__name_en"],
                hs10=line.get("hs10") or f"{facts.hs6 or broker_choice(facts.category)}0000",
                name_zh=facts.title_zh,
                name_en=facts.title_en,
                pieces=content["pieces"],
                net_g=content["net_g"],
                gross_g=gross_g,
                minor=worth[line["line"], carton["sscc"]],
                currency=line["order__currency"],
                cluster=cluster,
                agreement_no=f"PA-{merchant['number']}",
                agreement_signed_on=merchant["placed_at"].date(),
                recognised_at=recognised_at,
                hs_status="confirmed" if "hs10" in line else "assumed",
                battery=facts.battery,
                liquid=facts.liquid,
                brand=facts.brand,
            )
        )
    return made
